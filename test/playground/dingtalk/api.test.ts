import { describe, expect, test } from 'vitest'
import { allScopes } from '../../../src/playground/dingtalk/index.ts'
import { api, Caller, callable, cardBody, group, started } from './kit.ts'

const message = {
  robotCode: 'dingrobot',
  openConversationId: group,
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content: '你好' }),
}

describe('tokens', () => {
  test('live for two hours, and stay the same meanwhile', async () => {
    let now = 1_700_000_000_000
    const { workspace, caller } = await callable({ now: () => now })
    const token = await caller.accessToken()
    now += 7_199_000
    expect((await caller.call(api.send, message)).status).toBe(200)
    const again = await caller.call(api.token, { appKey: 'dingclient', appSecret: 'shhh' })
    expect(again.body).toEqual({ accessToken: token, expireIn: 1 })
    now += 1000
    const refused = await caller.call(api.send, message)
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication', message: '不合法的access_token' },
    })
    const fresh = await new Caller(workspace).accessToken()
    expect(fresh).not.toBe(token)
    expect(workspace.usage().tokens).toBe(3)
  })

  test.each([
    ['a wrong secret', { appKey: 'dingclient', appSecret: 'x' }, 'invalidClientIdOrSecret'],
    ['no secret', { appKey: 'dingclient' }, 'MissingappSecret'],
    ['the names of the gateway', { clientId: 'dingclient', clientSecret: 'shhh' }, 'UnknownParameter'],
  ])('are refused for %s', async (_what, body, code) => {
    const { caller } = await callable()
    expect(await caller.call(api.token, body)).toMatchObject({
      status: 400,
      body: { code, requestid: expect.stringMatching(/^[0-9A-F-]{36}$/) },
    })
  })

  test.each([
    ['none', '', 400, 'AuthenticationFailed.MissingParameter'],
    ['a made up one', 'made-up', 400, 'InvalidAuthentication'],
  ])('%s is refused everywhere', async (_what, token, status, code) => {
    const { workspace, caller } = await callable()
    for (const name of [api.send, api.direct, api.recall, api.ding, api.create, api.update, api.scene])
      expect(await caller.call(name, {}, token)).toMatchObject({ status, body: { code } })
    const upload = await fetch(`${workspace.url}/media/upload?access_token=${token}&type=image`, { method: 'POST' })
    expect(await upload.json()).toMatchObject({ errcode: 40014 })
  })

  test('end when the secret is reset', async () => {
    const { workspace, caller } = await callable()
    await caller.accessToken()
    workspace.revokeTokens()
    expect((await caller.call(api.send, message)).body.code).toBe('InvalidAuthentication')
  })
})

describe('permissions', () => {
  test.each([
    [api.create, cardBody(), 'Card.Instance.Write'],
    [api.send, message, 'qyapi_robot_sendmsg'],
    [api.ding, {}, 'Premium.Ding.Write'],
    [api.scene, {}, 'qyapi_chat_manage'],
  ])('%s needs one', async (name, body, scope) => {
    const { workspace, caller } = await callable()
    workspace.grant(allScopes.filter((one) => one !== scope))
    expect(await caller.call(name, body)).toMatchObject({
      status: 403,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        accessdenieddetail: { requiredScopes: [scope] },
      },
    })
  })

  test('of the old interfaces are error 88', async () => {
    const { workspace, caller } = await callable()
    workspace.grant([])
    expect(await caller.old('/topapi/v2/user/get', {}, { userid: 'mei' })).toMatchObject({
      status: 200,
      body: { errcode: 88, sub_code: '60011' },
    })
  })
})

describe('limits', () => {
  test('20 calls a second for each interface', async () => {
    let now = 1_700_000_000_000
    const { workspace, caller } = await callable({ limits: 'dingtalk', now: () => now })
    await caller.accessToken()
    const answers = await Promise.all(Array.from({ length: 25 }, () => caller.call(api.send, message)))
    const refused = answers.filter(({ status }) => status === 403)
    expect(refused).toHaveLength(5)
    expect(refused[0]?.body.code).toBe('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')
    expect((await caller.call(api.create, cardBody())).status).toBe(200)
    now += 1000
    expect((await caller.call(api.send, message)).status).toBe(200)
    expect(workspace.usage().calls).toBe(22)
  })

  test('10,000 calls a month in the time of China; tokens and the address book are free', async () => {
    let now = Date.parse('2026-11-30T15:59:59Z')
    const { workspace, caller } = await callable({ limits: 'dingtalk', now: () => now })
    workspace.useQuota(9_999)
    expect((await caller.call(api.send, message)).status).toBe(200)
    const refused = await caller.call(api.send, message)
    expect(refused).toMatchObject({ status: 403, body: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' } })
    expect((await caller.old('/topapi/v2/user/get', {}, { userid: 'mei' })).body.errcode).toBe(0)
    expect((await caller.old('/media/upload', { type: 'image' }, new FormData())).body.errcode).toBe(90020)
    now += 1000
    expect((await caller.call(api.send, message)).status).toBe(200)
    expect(workspace.usage().calls).toBe(1)
  })
})

describe('requests', () => {
  test.each([
    ['an unknown path', 'POST /v1.0/im/sceneGroups', {}, 404, 'InvalidAction.NotFound'],
    ['a wrong method', 'POST /v1.0/card/instances', {}, 404, 'InvalidAction.NotFound'],
    ['no object', api.send, [], 400, 'Missingbody'],
    ['a missing field', api.send, { ...message, robotCode: undefined }, 400, 'MissingrobotCode'],
    ['a misspelt field', api.send, { ...message, conversationId: group }, 400, 'UnknownParameter'],
    ['a wrong type', api.send, { ...message, msgParam: { content: 'x' } }, 400, 'InvalidmsgParam'],
  ])('are refused for %s', async (_what, name, body, status, code) => {
    const { caller } = await callable()
    expect(await caller.call(name, body)).toMatchObject({ status, body: { code } })
  })

  test('must be JSON', async () => {
    const workspace = await started()
    const response = await fetch(`${workspace.url}/v1.0/oauth2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams({ appKey: 'dingclient', appSecret: 'shhh' }),
    })
    expect(await response.json()).toMatchObject({ code: 'Missingbody' })
  })

  test('are logged without secrets', async () => {
    const { workspace, caller } = await callable()
    await caller.call(api.send, message)
    expect(JSON.stringify(workspace.calls())).not.toContain('shhh')
    expect(workspace.calls(api.send)).toMatchObject([{ status: 200, body: { msgKey: 'sampleText' } }])
  })
})
