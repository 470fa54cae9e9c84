import { describe, expect, it } from 'vitest'
import { call, client, general, mei, workspace } from '../kit.ts'

describe('injected faults', () => {
  it('cuts the connection before or after the effect', async () => {
    const slack = await workspace()
    const post = (text: string) => client(slack).chat.postMessage({ channel: general, text })
    const off = slack.inject(({ args }) => ({ reset: args.text === 'lost' ? 'before' : 'after' }))
    await expect(post('lost')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
    await expect(post('kept')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
    off()
    await post('fine')
    expect(slack.messages(general).map((message) => message.text)).toEqual(['kept', 'fine'])
    expect(slack.calls().map((one) => one.fault)).toEqual(['reset', 'reset_after_effect', undefined])
  })

  it('answers with what a test wants, once', async () => {
    const slack = await workspace()
    slack.inject(({ method, earlier }) =>
      method === 'auth.test' && earlier === 0 ? { status: 503, body: 'busy' } : undefined,
    )
    slack.inject(({ method }) => (method === 'team.info' ? { rateLimitedForS: 7 } : undefined))
    slack.inject(({ method }) => (method === 'users.list' ? { body: '{"ok"', contentType: 'text/html' } : undefined))
    slack.inject(({ method }) => (method === 'pins.list' ? { error: 'internal_error', delayMs: 30 } : undefined))
    await expect(client(slack).auth.test()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 503 })
    expect(await client(slack).auth.test()).toMatchObject({ ok: true })
    await expect(client(slack).team.info()).rejects.toMatchObject({ retryAfter: 7 })
    await expect(call(slack, 'users.list', {})).rejects.toThrow(SyntaxError)
    const startedAt = performance.now()
    expect(await call(slack, 'pins.list', { channel: general })).toEqual({ ok: false, error: 'internal_error' })
    expect(performance.now() - startedAt).toBeGreaterThan(25)
  })

  it('goes down and comes back on the same port with all it had', async () => {
    const slack = await workspace()
    await call(slack, 'chat.postMessage', { channel: general, text: 'x' })
    await slack.down()
    await expect(call(slack, 'api.test', {})).rejects.toThrow()
    expect(await slack.as(mei).command(general, '/rollback')).toMatchObject({ error: 'dispatch_failed' })
    await slack.up()
    expect((await call(slack, 'conversations.history', { channel: general })).messages).toHaveLength(1)
  })
})
