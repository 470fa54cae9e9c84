import { describe, expect, it } from 'vitest'
import { appToken, botToken, call, client, general, scopes, workspace } from '../kit.ts'

describe('the Web API at its door', () => {
  it('knows its bot', async () => {
    const slack = await workspace()
    const me = await client(slack).auth.test()
    expect(me).toMatchObject({ ok: true, user_id: 'U0BOT00001', bot_id: 'B0BOT00001', team_id: 'T0LOCAL001' })
    expect(me.response_metadata?.scopes).toEqual(scopes)
  })

  it('refuses unknown methods and wrong tokens', async () => {
    const slack = await workspace()
    expect(await call(slack, 'chat.startStream', {})).toMatchObject({ ok: false, error: 'unknown_method' })
    expect(await call(slack, 'toString', {})).toMatchObject({ ok: false, error: 'unknown_method' })
    const bare = await fetch(`${slack.url}auth.test`, { method: 'POST' })
    expect(await bare.json()).toMatchObject({ ok: false, error: 'not_authed' })
    expect(await call(slack, 'auth.test', {}, 'xoxb-other')).toMatchObject({ error: 'invalid_auth' })
    expect(await call(slack, 'auth.test', {}, appToken)).toMatchObject({ error: 'not_allowed_token_type' })
    expect(await call(slack, 'apps.connections.open', {})).toMatchObject({ error: 'not_allowed_token_type' })
  })

  it('names the scope that is missing', async () => {
    const slack = await workspace({ app: { scopes: ['channels:read'] } })
    expect(await call(slack, 'chat.postMessage', { channel: general, text: 'x' })).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'channels:read',
    })
    expect(await call(slack, 'conversations.create', { name: 'x', is_private: true })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:write',
    })
    const narrow = await workspace({ app: { scopes: ['channels:write.topic'] } })
    expect(await call(narrow, 'conversations.setTopic', { channel: general, topic: 'x' })).toMatchObject({ ok: true })
    expect(await call(narrow, 'conversations.rename', { channel: general, name: 'x' })).toMatchObject({
      error: 'missing_scope',
    })
  })

  it('takes JSON where Slack does, and warns of a missing charset', async () => {
    const slack = await workspace()
    const post = async (method: string, type: string, body: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${botToken}`, 'content-type': type }
      return (await fetch(`${slack.url}${method}`, { method: 'POST', headers, body })).json()
    }
    const message = JSON.stringify({ channel: general, blocks: [{ type: 'divider' }], text: 'x' })
    expect(await post('chat.postMessage', 'application/json', message)).toMatchObject({
      ok: true,
      warning: 'missing_charset',
    })
    expect(await post('chat.postMessage', 'application/json', '{')).toMatchObject({ ok: false, error: 'invalid_json' })
    expect(await post('chat.postMessage', 'text/html', 'x')).toMatchObject({ error: 'invalid_post_type' })
    const ignored = JSON.stringify({ user: 'U0MEI00001' })
    expect(await post('users.info', 'application/json; charset=utf-8', ignored)).toMatchObject({
      error: 'user_not_found',
    })
  })

  it('keeps every call, without its token', async () => {
    const slack = await workspace()
    await call(slack, 'chat.postMessage', { channel: general, text: 'x', token: botToken })
    await call(slack, 'chat.postMessage', { channel: 'C0NOWHERE', text: 'x' })
    expect(slack.calls('chat.postMessage')).toMatchObject([
      { args: { channel: general, text: 'x' }, status: 200, result: { ok: true } },
      { status: 200, result: { ok: false, error: 'channel_not_found' } },
    ])
    expect(JSON.stringify(slack.calls())).not.toContain(botToken)
  })
})
