import { describe, expect, it } from 'vitest'
import { botToken, call, client, general, workspace } from '../kit.ts'

const png = Buffer.from('89504e470d0a1a0a', 'hex')

describe('files and canvases', () => {
  it('takes filesUploadV2 of the real client', async () => {
    const slack = await workspace()
    const parent = await call(slack, 'chat.postMessage', { channel: general, text: 'x' })
    await client(slack).filesUploadV2({
      channel_id: general,
      thread_ts: parent.ts as string,
      initial_comment: 'the plot',
      file: png,
      filename: 'plot.png',
      title: 'Plot',
    })
    const [file] = slack.files()
    expect(file).toMatchObject({ name: 'plot.png', title: 'Plot', mimetype: 'image/png' })
    expect(file?.bytes.equals(png)).toBe(true)
    expect(slack.thread(general, parent.ts as string).at(-1)).toMatchObject({ text: 'the plot', files: [file?.id] })

    const info = await call(slack, 'files.info', { file: file?.id ?? '' })
    expect(info.file).toMatchObject({ shares: { public: { [general]: [{ thread_ts: parent.ts }] } } })
    const address = (info.file as { url_private: string }).url_private
    const bytes = await fetch(address, { headers: { authorization: `Bearer ${botToken}` } })
    expect(Buffer.from(await bytes.arrayBuffer()).equals(png)).toBe(true)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(302)

    const image = (id: string) => [{ type: 'image', alt_text: 'plot', slack_file: { id } }]
    expect(await call(slack, 'chat.postMessage', { channel: general, blocks: image(file?.id ?? '') })).toMatchObject({
      ok: true,
    })
    expect(await call(slack, 'chat.postMessage', { channel: general, blocks: image('F0NONE') })).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
    })
    expect(await call(slack, 'files.delete', { file: file?.id ?? '' })).toMatchObject({ ok: true })
    expect(await call(slack, 'files.info', { file: file?.id ?? '' })).toMatchObject({ error: 'file_not_found' })
  })

  it('refuses to complete what was never uploaded', async () => {
    const slack = await workspace()
    expect(await call(slack, 'files.getUploadURLExternal', { filename: 'x.md', length: 0 })).toMatchObject({
      error: 'missing_argument',
    })
    const reserved = await call(slack, 'files.getUploadURLExternal', { filename: 'x.md', length: 3 })
    const complete = { files: [{ id: reserved.file_id }], channel_id: general }
    expect(await call(slack, 'files.completeUploadExternal', complete)).toMatchObject({ error: 'file_not_found' })
    await fetch(reserved.upload_url as string, { method: 'POST', body: 'raw' })
    expect(await call(slack, 'files.completeUploadExternal', complete)).toMatchObject({ ok: true })
    expect(slack.files()[0]?.bytes.toString()).toBe('raw')
  })

  it('edits a canvas by its sections', async () => {
    const slack = await workspace()
    const document_content = { type: 'markdown' as const, markdown: '# Post-mortem\n\nfacts\n\n## Impact\n\n12 min' }
    const { canvas_id = '' } = await client(slack).canvases.create({ title: 'INC-7', document_content })
    const found = await call(slack, 'canvases.sections.lookup', {
      canvas_id,
      criteria: { section_types: ['h2'], contains_text: 'Impact' },
    })
    const section_id = (found.sections as { id: string }[])[0]?.id ?? ''
    const change = {
      operation: 'insert_after' as const,
      section_id,
      document_content: { type: 'markdown' as const, markdown: 'orders lost: 3' },
    }
    await client(slack).canvases.edit({ canvas_id, changes: [change] })
    expect(slack.canvas(canvas_id)?.sections.map((section) => section.markdown)).toEqual([
      ...['# Post-mortem', 'facts', '## Impact', 'orders lost: 3', '12 min'],
    ])
    const gone = { canvas_id, changes: [{ operation: 'delete', section_id: 'temp:C:none' }] }
    expect(await call(slack, 'canvases.edit', gone)).toMatchObject({ error: 'canvas_editing_failed' })
    expect(await call(slack, 'files.info', { file: canvas_id })).toMatchObject({ file: { filetype: 'quip' } })
    await client(slack).canvases.access.set({ canvas_id, access_level: 'read', channel_ids: [general] })
    expect(slack.canvas(canvas_id)?.access).toMatchObject([{ level: 'read', channels: [general] }])
    await client(slack).canvases.delete({ canvas_id })
    expect(await call(slack, 'canvases.edit', gone)).toMatchObject({ error: 'canvas_not_found' })
  })

  it('gives a free team one canvas a channel and no other', async () => {
    const slack = await workspace({ team: { id: 'T0LOCAL001', domain: 'local', name: 'Local', plan: 'free' } })
    expect(await call(slack, 'canvases.create', {})).toMatchObject({
      error: 'free_teams_cannot_create_non_tabbed_canvases',
    })
    expect(await call(slack, 'canvases.create', { channel_id: general })).toMatchObject({ ok: true })
    expect(await call(slack, 'canvases.create', { channel_id: general })).toMatchObject({
      error: 'free_team_canvas_tab_already_exists',
    })
    expect(await call(slack, 'conversations.canvases.create', { channel_id: general })).toMatchObject({
      error: 'channel_canvas_already_exists',
    })
  })

  it('validates blocks, messages and views on request', async () => {
    const slack = await workspace()
    expect(await call(slack, 'blocks.validate', { blocks: [{ type: 'divider' }] })).toEqual({ ok: true })
    expect(
      await call(slack, 'blocks.validate', { blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] }),
    ).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/text/text', code: 'failed_constraint' }],
    })
    expect(await call(slack, 'blocks.validate', { view: { type: 'modal', blocks: [] } })).toMatchObject({
      error: 'invalid_view',
      errors: [{ pointer: '', message: 'missing required field: title' }],
    })
    expect(await call(slack, 'blocks.validate', {})).toMatchObject({ error: 'invalid_arguments' })
  })
})
