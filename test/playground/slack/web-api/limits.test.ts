import { describe, expect, it } from 'vitest'
import { call, client, far, general, mei, workspace } from '../kit.ts'

describe('rate limits', () => {
  it('lets one chat.postMessage a second through per channel, after a burst', async () => {
    let now = Date.UTC(2026, 0, 1)
    const slack = await workspace({ limits: 'slack', now: () => now })
    const post = async (): Promise<boolean> =>
      (await call(slack, 'chat.postMessage', { channel: general, text: 'x' })).ok
    expect([await post(), await post(), await post(), await post(), await post()]).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
    await call(slack, 'conversations.join', { channel: far })
    expect((await call(slack, 'chat.postMessage', { channel: far, text: 'x' })).ok).toBe(true)
    now += 1000
    expect([await post(), await post()]).toEqual([true, false])
    expect(slack.messages(general)).toHaveLength(5)
  })

  it('answers 429 with Retry-After when a tier is used up', async () => {
    let now = Date.UTC(2026, 0, 1)
    const slack = await workspace({ limits: 'slack', now: () => now })
    for (let i = 0; i < 20; i++) await call(slack, 'conversations.setTopic', { channel: general, topic: `${i}` })
    now += 20_000
    const response = await fetch(`${slack.url}conversations.setTopic`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test' },
      body: new URLSearchParams({ channel: general, topic: 'x' }),
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '40'])
    expect(await response.json()).toEqual({ ok: false, error: 'ratelimited' })
    const rejected = client(slack).conversations.setTopic({ channel: general, topic: 'x' })
    await expect(rejected).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 40 })
    now += 40_000
    expect(await call(slack, 'conversations.setTopic', { channel: general, topic: 'x' })).toMatchObject({ ok: true })
    expect(await call(slack, 'users.info', { user: mei })).toMatchObject({ ok: true })
  })
})
