import type { App } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../../../../src/playground/slack/index.ts'
import { call, far, general, mei, socketApp, tom, until, workspace } from '../kit.ts'

/** Presses a card's button and returns the response_url the app was given. */
async function responseUrl(
  slack: Workspace,
  post: (args: object) => Promise<{ ts: string }>,
): Promise<{ url: string; ts: string }> {
  let url = ''
  await socketApp(slack, (app: App) => {
    app.action('go', async ({ ack, body }) => {
      if ('response_url' in body) url = String(body.response_url)
      await ack()
    })
  })
  const elements = [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }]
  const { ts } = await post({ channel: general, text: 'card', blocks: [{ type: 'actions', elements }] })
  await slack.as(mei).press(general, ts, 'go')
  await until(() => url !== '')
  return { url, ts }
}

const inChannel = (slack: Workspace) => async (args: object) => ({
  ts: (await call(slack, 'chat.postMessage', { ...args })).ts as string,
})

async function send(url: string, body: object): Promise<[number, unknown]> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return [response.status, await response.json()]
}

describe('response_url', () => {
  it('answers to one person, to all, replaces and deletes', async () => {
    const slack = await workspace()
    const { url, ts } = await responseUrl(slack, inChannel(slack))
    expect(await send(url, { text: 'only you' })).toEqual([200, { ok: true }])
    expect(slack.ephemeral(mei)).toMatchObject([{ text: 'only you' }])
    expect(slack.ephemeral(tom)).toEqual([])
    await send(url, { text: 'all', response_type: 'in_channel' })
    expect(slack.messages(general).at(-1)).toMatchObject({ text: 'all' })
    const off = slack.inject(({ method }) => (method === 'response_url' ? { reset: 'after' } : undefined))
    await expect(send(url, { text: 'replaced', replace_original: true })).rejects.toThrow()
    off()
    expect(slack.message(general, ts)).toMatchObject({ text: 'replaced' })
    expect(slack.message(general, ts)?.blocks).toBeUndefined()
    await send(url, { delete_original: true })
    expect(slack.message(general, ts)).toBeUndefined()
    expect(slack.calls('response_url')).toHaveLength(4)
  })

  it('serves five times', async () => {
    const slack = await workspace()
    const { url } = await responseUrl(slack, inChannel(slack))
    expect(await send(url, { text: 'x', blocks: [{ type: 'section' }] })).toMatchObject([
      400,
      { error: 'invalid_blocks' },
    ])
    for (let i = 0; i < 5; i++) expect((await send(url, { text: `${i}` }))[0]).toBe(200)
    expect(await send(url, { text: '6' })).toEqual([404, { ok: false, error: 'used_url' }])
    expect(slack.ephemeral(mei)).toHaveLength(5)
  })

  it('serves half an hour', async () => {
    let now = Date.now()
    const slack = await workspace({ now: () => now })
    const { url } = await responseUrl(slack, inChannel(slack))
    now += 30 * 60_000
    expect((await send(url, { text: 'in time' }))[0]).toBe(200)
    now += 1
    expect(await send(url, { text: 'late' })).toEqual([404, { ok: false, error: 'expired_url' }])
    const other = url.replace('/actions/', '/actions/x')
    expect(await send(other, { text: 'x' })).toEqual([404, { ok: false, error: 'expired_url' }])
  })

  it('changes an ephemeral message, which chat.update cannot', async () => {
    const slack = await workspace()
    const { url, ts } = await responseUrl(slack, async (args) => ({
      ts: (await call(slack, 'chat.postEphemeral', { ...args, user: mei })).message_ts as string,
    }))
    expect(await call(slack, 'chat.update', { channel: general, ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
    await send(url, { text: 'changed', replace_original: true })
    expect(slack.ephemeral(mei)).toMatchObject([{ ts, text: 'changed' }])
    await send(url, { delete_original: true })
    expect(slack.ephemeral(mei)).toEqual([])
  })

  it('lets a command answer where the bot is not', async () => {
    const slack = await workspace()
    await socketApp(slack, (app) => {
      app.command('/rollback', async ({ ack, respond }) => {
        await ack()
        await respond({ text: 'here', response_type: 'in_channel' })
      })
    })
    await slack.as(tom).command(far, '/rollback x')
    await until(() => slack.messages(far).some((message) => message.text === 'here'))
    expect(slack.calls('chat.postMessage')).toEqual([])
  })
})
