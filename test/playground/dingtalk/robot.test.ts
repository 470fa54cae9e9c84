import { describe, expect, test } from 'vitest'
import { signWebhook } from '../../../src/playground/dingtalk/index.ts'
import { api, callable, group, quiet, stream } from './kit.ts'

function message(msgKey: string, param: unknown, change: object = {}): object {
  return { robotCode: 'dingrobot', openConversationId: group, msgKey, msgParam: JSON.stringify(param), ...change }
}

const markdown = message('sampleMarkdown', { title: '告警', text: '**5xx** 12.4%' })
const text = { msgtype: 'text', text: { content: '好' } }

describe('messages of the robot', () => {
  test('are written into a group and taken back', async () => {
    const { workspace, caller } = await callable()
    const { body } = await caller.call(api.send, markdown)
    expect(workspace.messages(group)).toMatchObject([
      { by: { kind: 'robot' }, content: { kind: 'markdown', title: '告警', text: '**5xx** 12.4%' }, isRecalled: false },
    ])
    const key = body.processQueryKey
    const recall = { robotCode: 'dingrobot', openConversationId: group, processQueryKeys: [key, 'other'] }
    expect((await caller.call(api.recall, recall)).body).toMatchObject({
      successResult: [key],
      failedResult: { other: expect.any(String) },
    })
    expect(workspace.messages(group)).toMatchObject([{ isRecalled: true }])
    expect((await caller.call(api.recall, recall)).body).toMatchObject({ successResult: [] })
  })

  test.each([
    ['an unknown robot', { ...markdown, robotCode: 'other' }, 'resource.not.found'],
    ['an unknown group', { ...markdown, openConversationId: 'cidX' }, 'invalid.openConversationId'],
    ['a group without the robot', { ...markdown, openConversationId: quiet }, 'invalidParameter.robotCode.empty'],
    ['an unknown template', message('sampleTable', {}), 'invalidParameter.msgKey.invalid'],
    ['a parameter that is no JSON', { ...markdown, msgParam: 'x' }, 'invalidParameter.msgParam.invalid'],
    ['a missing text', message('sampleText', {}), 'miss.param.contentOfText'],
    ['a missing title', message('sampleMarkdown', { text: 'x' }), 'miss.param.markdownTotitle'],
    [
      'a missing button',
      message('sampleActionCard', { title: 'a', text: 'b', singleTitle: 'c' }),
      'miss.param.actionCardTosingleUrl',
    ],
    ['a misspelt parameter', message('sampleText', { content: 'x', title: 'y' }), 'UnknownParameter'],
    ['a number for a text', message('sampleText', { content: 5 }), 'invalidParameter.msgParam.invalid'],
    ['too much', message('sampleText', { content: '五'.repeat(5000) }), 'invalidParameter.msgParam.tooLong'],
    ['a picture that is not there', message('sampleImageMsg', { photoURL: '@lAL' }), 'miss.param.photoTophotoUrl'],
    [
      'a Markdown file',
      message('sampleFile', { mediaId: 'x', fileName: 'a.md', fileType: 'md' }),
      'invalidParameter.msg.unsupport',
    ],
  ])('are refused for %s', async (_what, body, code) => {
    const { workspace, caller } = await callable()
    expect(await caller.call(api.send, body)).toMatchObject({ status: 400, body: { code } })
    expect(workspace.messages(group)).toEqual([])
  })

  test('do not reach a disbanded group', async () => {
    const { workspace, caller } = await callable()
    workspace.disband(group)
    expect((await caller.call(api.send, markdown)).body.code).toBe('group.disbanded')
  })

  test('reach staff alone, and say whom they did not reach', async () => {
    const { workspace, caller } = await callable()
    const direct = { robotCode: 'dingrobot', msgKey: 'sampleText', msgParam: '{"content":"到你了"}' }
    const { body } = await caller.call(api.direct, { ...direct, userIds: ['tom', 'old', 'guest', 'nobody'] })
    expect(body).toMatchObject({ invalidStaffIdList: ['old', 'guest', 'nobody'], flowControlledStaffIdList: [] })
    expect(workspace.directMessages('tom')).toMatchObject([{ content: { kind: 'text', text: '到你了' } }])
    expect((await caller.call(api.direct, { ...direct, userIds: ['old'] })).body.code).toBe('staffId.notExisted')
    expect((await caller.call(api.direct, { ...direct, userIds: [] })).body.code).toBe('invalidParameter.userIds.empty')
    const many = Array.from({ length: 21 }, (_, index) => `u${index}`)
    expect((await caller.call(api.direct, { ...direct, userIds: many })).body.code).toBe(
      'invalidParameter.userIds.overMax',
    )
  })
})

describe('DING', () => {
  const ding = { robotCode: 'dingrobot', remindType: 3, receiverUserIdList: ['tom'], content: '回滚待审批' }

  test('rings', async () => {
    const { workspace, caller } = await callable()
    const { body } = await caller.call(api.ding, { ...ding, receiverUserIdList: ['tom', 'old'] })
    expect(body).toMatchObject({ openDingId: expect.any(String), failedList: { 'staffId.notExisted': ['old'] } })
    expect(workspace.as('tom').dings()).toMatchObject([{ by: 'phone', content: '回滚待审批', to: ['tom'] }])
    await caller.call('POST /v1.0/robot/ding/recall', { robotCode: 'dingrobot', openDingId: body.openDingId })
    expect(workspace.dings()).toMatchObject([{ isRecalled: true }])
  })

  test.each([
    ['an unknown kind', { remindType: 4 }, 'invalidParameter.param.invalid'],
    ['an unknown robot', { robotCode: 'x' }, 'invalid.chatbotId'],
    ['nobody we know', { receiverUserIdList: ['guest'] }, 'miss.staffId'],
    [
      'too many for a call',
      { receiverUserIdList: Array.from({ length: 21 }, () => 'tom') },
      'ding.receivercount.limit',
    ],
    ['what was not paid for', { remindType: 2 }, 'ding.serverquota.insufficient'],
  ])('is refused for %s', async (_what, change, code) => {
    const { workspace, caller } = await callable({ dings: { sms: false } })
    expect(await caller.call(api.ding, { ...ding, ...change })).toMatchObject({ status: 400, body: { code } })
    expect(workspace.dings()).toEqual([])
  })
})

describe('scene groups', () => {
  const made = {
    title: 'INC-7 支付',
    template_id: 'incident-template',
    owner_user_id: 'tom',
    user_ids: ['mei'],
    uuid: 'inc-7',
  }

  test('are made once for a uuid, the robot in them', async () => {
    const { workspace, caller } = await callable()
    const first = await caller.call(api.scene, made)
    expect(first.body).toMatchObject({
      open_conversation_id: expect.stringMatching(/^cid/),
      chat_id: expect.stringMatching(/^chat/),
    })
    expect((await caller.call(api.scene, { ...made, title: 'again' })).body).toEqual(first.body)
    const conversation = workspace.conversation(String(first.body.open_conversation_id))
    expect(conversation).toMatchObject({ title: 'INC-7 支付', owner: 'tom', hasRobot: true })
    expect([...conversation.members]).toEqual(['tom', 'mei'])
    expect((await caller.call(api.send, { ...markdown, openConversationId: conversation.id })).status).toBe(200)
  })

  test.each([
    ['an unknown template', { template_id: 'x' }, 'groupTemplate.notFound'],
    ['an unknown owner', { owner_user_id: 'old' }, 'member.notFound'],
    ['a title of 31 characters', { title: '群'.repeat(31) }, 'parameter.invalid'],
  ])('are refused for %s', async (_what, change, code) => {
    const { caller } = await callable()
    expect((await caller.call(api.scene, { ...made, ...change })).body.code).toBe(code)
  })
})

describe('the old interfaces', () => {
  function upload(name: string, bytes = 'x'): FormData {
    const form = new FormData()
    form.append('media', new Blob([bytes]), name)
    return form
  }

  test('take files, which messages then show', async () => {
    const { workspace, caller } = await callable()
    const { body } = await caller.old('/media/upload', { type: 'image' }, upload('plot.png', 'PNG'))
    expect(body).toMatchObject({ errcode: 0, type: 'image', media_id: expect.stringMatching(/^@lAL/) })
    expect(workspace.media(String(body.media_id))?.bytes.toString()).toBe('PNG')
    expect((await caller.call(api.send, message('sampleImageMsg', { photoURL: body.media_id }))).status).toBe(200)
    const file = await caller.old('/media/upload', { type: 'file' }, upload('复盘.zip'))
    const param = { mediaId: file.body.media_id, fileName: '复盘.zip', fileType: 'zip' }
    expect((await caller.call(api.send, message('sampleFile', param))).status).toBe(200)
  })

  test.each([
    ['an unknown kind', { type: 'plot' }, upload('a.png'), 40004],
    ['an extension that is not listed', { type: 'file' }, upload('复盘.md'), 40005],
    ['an empty file', { type: 'image' }, upload('a.png', ''), 40006],
    ['no file', { type: 'image' }, new FormData(), 40035],
  ])('refuse %s', async (_what, query, form, errcode) => {
    const { caller } = await callable()
    expect(await caller.old('/media/upload', query, form)).toMatchObject({ status: 200, body: { errcode } })
  })

  test('know staff, and nobody else', async () => {
    const { workspace, caller } = await callable()
    const get = (userid: string) => caller.old('/topapi/v2/user/get', {}, { userid })
    expect((await get('tom')).body).toMatchObject({
      errcode: 0,
      result: { userid: 'tom', name: 'Tom', active: true, admin: true },
    })
    for (const userid of ['old', 'guest', 'nobody']) expect((await get(userid)).body.errcode).toBe(60121)
    workspace.changePerson('tom', { hasLeft: true })
    expect((await get('tom')).body.errcode).toBe(60121)
  })
})

describe('webhooks', () => {
  test('answer in the conversation of a message, for 90 minutes', async () => {
    let now = 1_700_000_000_000
    const { workspace } = await callable({ now: () => now })
    const { next } = await stream(workspace)
    workspace.as('mei').say(group, '@Astern 帮助')
    const { data } = await next('/v1.0/im/bot/messages/get')
    const post = async (body: unknown): Promise<unknown> =>
      (
        await fetch(String(data.sessionWebhook), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json()
    expect(await post({ ...text, at: { atUserIds: ['mei'] } })).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(workspace.messages(group).at(-1)).toMatchObject({ content: { kind: 'text', text: '好' }, mentions: ['mei'] })
    expect(await post({ msgtype: 'markdown', markdown: { title: 'x' } })).toMatchObject({ errcode: 300001 })
    now += 5_400_001
    expect(await post(text)).toMatchObject({ errcode: 300001, errmsg: 'session is expired' })
  })

  test('of custom robots need their token, signature and keyword, and keep their pace', async () => {
    let now = 1_700_000_000_000
    const webhooks = [
      { conversationId: group, accessToken: 'alerts', name: '告警', secret: 'SECtest', keywords: ['5xx'] },
    ]
    const { workspace } = await callable({ now: () => now, webhooks })
    const post = async (query: Record<string, string>, content = '5xx 12%'): Promise<unknown> => {
      const url = `${workspace.url}/robot/send?${new URLSearchParams({ access_token: 'alerts', ...query })}`
      const body = JSON.stringify({ msgtype: 'text', text: { content } })
      return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()
    }
    const signed = (): Record<string, string> => ({ timestamp: String(now), sign: signWebhook('SECtest', String(now)) })
    expect(signed().sign).toBe('aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=')
    expect(await post({ ...signed(), access_token: 'x' })).toMatchObject({ errcode: 300005 })
    expect(await post({ ...signed(), sign: 'x' })).toMatchObject({ errcode: 310000 })
    expect(await post({ ...signed(), timestamp: String(now - 3_600_001) })).toMatchObject({ errcode: 310000 })
    expect(await post(signed(), '没事')).toMatchObject({ errcode: 310000 })
    expect(await post(signed())).toMatchObject({ errcode: 0 })
    expect(workspace.messages(group)).toMatchObject([{ by: { kind: 'webhook', name: '告警' } }])
    for (let times = 0; times < 18; times++) await post(signed())
    expect(await post(signed())).toMatchObject({ errcode: 410100 })
    now += 599_000
    expect(await post(signed())).toMatchObject({ errcode: 410100 })
    now += 2000
    expect(await post(signed())).toMatchObject({ errcode: 0 })
  })
})
