import { describe, expect, it } from 'vitest'
import { call, far, general, mei, secret, tom, until, workspace } from '../kit.ts'

const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'card' } }]

describe('chat.*', () => {
  it('posts into threads, with counts on the parent', async () => {
    const slack = await workspace()
    const parent = await call(slack, 'chat.postMessage', { channel: general, text: 'parent' })
    const reply = await call(slack, 'chat.postMessage', {
      channel: general,
      text: 'reply',
      thread_ts: parent.ts as string,
    })
    await call(slack, 'chat.postMessage', {
      channel: general,
      text: 'all',
      thread_ts: reply.ts as string,
      reply_broadcast: true,
    })
    const thread = await call(slack, 'conversations.replies', { channel: general, ts: parent.ts as string })
    expect(thread.messages).toMatchObject([
      { text: 'parent', thread_ts: parent.ts, reply_count: 2, reply_users: ['U0BOT00001'] },
      { text: 'reply', thread_ts: parent.ts, parent_user_id: 'U0BOT00001' },
      { text: 'all', thread_ts: parent.ts },
    ])
    const history = await call(slack, 'conversations.history', { channel: general })
    expect(history.messages).toMatchObject([{ text: 'all', subtype: 'thread_broadcast' }, { text: 'parent' }])
  })

  it('fills in ids, and takes blocks away when only text is sent', async () => {
    const slack = await workspace()
    const posted = await call(slack, 'chat.postMessage', { channel: general, text: 'a', blocks })
    expect(posted.message).toMatchObject({
      bot_id: 'B0BOT00001',
      blocks: [{ block_id: expect.stringMatching(/^\w{5}$/), text: { verbatim: false } }],
    })
    const edited = await call(slack, 'chat.update', { channel: general, ts: posted.ts as string, text: 'b' })
    expect(edited).toMatchObject({ ok: true, text: 'b', message: { edited: { user: 'U0BOT00001' } } })
    expect(edited.message).not.toHaveProperty('blocks')
  })

  it.each([
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['channel_not_found', { channel: secret, text: 'x' }],
    ['not_in_channel', { channel: far, text: 'x' }],
    ['no_text', { channel: general }],
    ['no_text', { channel: general, text: '' }],
    ['invalid_blocks_format', { channel: general, blocks: '[{' }],
    ['invalid_blocks', { channel: general, blocks: [{ type: 'section' }] }],
    [
      'msg_blocks_too_long',
      {
        channel: general,
        blocks: Array(5).fill({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2700) } }),
      },
    ],
    ['too_many_attachments', { channel: general, attachments: Array(101).fill({ text: 'x' }) }],
    ['thread_not_found', { channel: general, text: 'x', thread_ts: '1.000001' }],
    [
      'metadata_too_large',
      { channel: general, text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(20_000) } } },
    ],
    ['invalid_metadata_schema', { channel: general, text: 'x', metadata: { event_payload: {} } }],
    [
      'invalid_metadata_schema',
      { channel: general, text: 'x', metadata: { event_type: 'a', event_payload: { a: { b: 1 } } } },
    ],
  ])('refuses with %s', async (error, args) => {
    const slack = await workspace()
    expect(await call(slack, 'chat.postMessage', args)).toMatchObject({ ok: false, error })
    expect(slack.messages(general)).toEqual([])
  })

  it('says where blocks are wrong', async () => {
    const slack = await workspace()
    const answer = await call(slack, 'chat.postMessage', { channel: general, blocks: [{ type: 'section' }] })
    expect(answer.response_metadata?.messages).toEqual([
      '[ERROR] missing required field: text [json-pointer:/blocks/0]',
    ])
  })

  it('edits and deletes only its own messages', async () => {
    const slack = await workspace()
    const { ts = '' } = await slack.as(mei).say(general, 'mine')
    expect(await call(slack, 'chat.update', { channel: general, ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    })
    expect(await call(slack, 'chat.delete', { channel: general, ts })).toMatchObject({ error: 'cant_delete_message' })
    expect(await call(slack, 'chat.update', { channel: general, ts: '1.2', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
    const own = await call(slack, 'chat.postMessage', { channel: general, text: 'x' })
    const tooLong = { channel: general, ts: own.ts as string, text: 'x'.repeat(4001) }
    expect(await call(slack, 'chat.update', tooLong)).toMatchObject({ error: 'msg_too_long' })
    expect(await call(slack, 'chat.delete', { channel: general, ts: own.ts as string })).toMatchObject({ ok: true })
    expect(slack.message(general, own.ts as string)).toBeUndefined()
  })

  it('shows ephemeral messages to one person and in no history', async () => {
    const slack = await workspace()
    expect(await call(slack, 'chat.postEphemeral', { channel: general, user: tom, text: 'psst' })).toMatchObject({
      ok: true,
    })
    expect(slack.ephemeral(tom)).toMatchObject([{ text: 'psst' }])
    expect(slack.ephemeral(mei)).toEqual([])
    expect((await call(slack, 'conversations.history', { channel: general })).messages).toEqual([])
    const outsider = { channel: general, user: 'U0GUEST001', text: 'psst' }
    expect(await call(slack, 'chat.postEphemeral', outsider)).toMatchObject({ error: 'user_not_in_channel' })
  })

  it('returns metadata only when asked', async () => {
    const slack = await workspace()
    const metadata = { event_type: 'astern', event_payload: { key: 'k1' } }
    await call(slack, 'chat.postMessage', { channel: general, text: 'x', metadata })
    const bare = await call(slack, 'conversations.history', { channel: general })
    const full = await call(slack, 'conversations.history', { channel: general, include_all_metadata: true })
    expect((bare.messages as object[])[0]).not.toHaveProperty('metadata')
    expect(full.messages).toMatchObject([{ metadata }])
  })

  it('opens a direct message for a user id, and links messages', async () => {
    const slack = await workspace()
    const posted = await call(slack, 'chat.postMessage', { channel: mei, text: 'hello' })
    expect(posted.channel).toMatch(/^D/)
    const link = await call(slack, 'chat.getPermalink', {
      channel: posted.channel as string,
      message_ts: posted.ts as string,
    })
    expect(link.permalink).toBe(
      `https://local.slack.com/archives/${posted.channel}/p${String(posted.ts).replace('.', '')}`,
    )
  })

  it('streams changes', async () => {
    const slack = await workspace()
    const seen: string[] = []
    const off = slack.onChange((change) => seen.push(change.kind))
    await call(slack, 'chat.postMessage', { channel: general, text: 'x' })
    off()
    expect(seen).toEqual(['message', 'call'])
    const changes = slack.changes()
    const next = changes.next()
    await slack.as(mei).say(general, 'x')
    expect((await next).value).toMatchObject({ kind: 'message', channel: general })
    await changes.return()
    await until(() => true)
  })
})
