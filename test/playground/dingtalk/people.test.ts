import { describe, expect, test } from 'vitest'
import { api, callable, cardBody, group, quiet, started, stream } from './kit.ts'

const bot = '/v1.0/im/bot/messages/get'
const callback = '/v1.0/card/instances/callback'

describe('what people say', () => {
  test('reaches the robot where it is mentioned, with who said it', async () => {
    const workspace = await started()
    const { next, got } = await stream(workspace)
    expect(workspace.as('tom').say(group, '今天上线')).toEqual({ ok: true, message: expect.any(String) })
    workspace.as('tom').say(group, '@Astern 回滚 checkout-svc @梅')
    const { data, headers } = await next(bot)
    expect(headers).toMatchObject({ topic: bot, contentType: 'application/json', time: expect.stringMatching(/^\d+$/) })
    expect(data).toMatchObject({
      conversationId: group,
      conversationType: '2',
      conversationTitle: '支付值班群',
      senderStaffId: 'tom',
      senderNick: 'Tom',
      senderCorpId: 'dingcorp',
      chatbotCorpId: 'dingcorp',
      robotCode: 'dingrobot',
      isAdmin: true,
      isInAtList: true,
      msgtype: 'text',
      text: { content: ' 回滚 checkout-svc ' },
      atUsers: [{ dingtalkId: expect.any(String) }, { staffId: 'mei' }],
    })
    expect(data.senderId).not.toContain('tom')
    expect(got).toHaveLength(1)
    expect(workspace.messages(group)).toHaveLength(2)
  })

  test('reaches the robot alone without a mention', async () => {
    const workspace = await started()
    const { next } = await stream(workspace)
    workspace.as('mei').direct('帮助')
    const { data } = await next(bot)
    expect(data).toMatchObject({ conversationType: '1', senderStaffId: 'mei', text: { content: '帮助' } })
    expect(data).not.toHaveProperty('conversationTitle')
    expect(workspace.directMessages('mei')).toHaveLength(1)
  })

  test('comes from outsiders without a staff id', async () => {
    const workspace = await started()
    const { next } = await stream(workspace)
    workspace.as('guest').say(group, '@Astern 回滚')
    const { data } = await next(bot)
    expect(data).toMatchObject({ senderCorpId: 'dingother', senderNick: '访客' })
    expect(data).not.toHaveProperty('senderStaffId')
    expect(workspace.as('guest').direct('在吗')).toMatchObject({ ok: false, problem: 'no_robot' })
  })

  test('is refused where they are not, and after they left', async () => {
    const workspace = await started()
    expect(workspace.as('tom').say(quiet, 'x')).toMatchObject({ problem: 'not_here' })
    expect(workspace.as('old').say(group, '@Astern x')).toMatchObject({ problem: 'has_left' })
    const event = stream(workspace)
    workspace.changePerson('mei', { hasLeft: true })
    expect((await event).got).toBeDefined()
    expect(workspace.eventLog()).toMatchObject([{ eventType: 'user_leave_org', data: { userId: ['mei'] } }])
    expect(workspace.as('mei').direct('x')).toMatchObject({ problem: 'has_left' })
  })
})

describe('what people press', () => {
  test('reaches the app with what they typed, and its answer changes the card', async () => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    const pressed = workspace.as('tom').press('card-1', '驳回', { reason: '先看日志' })
    const push = await next(callback)
    expect(push).toMatchObject({
      type: 'CALLBACK',
      data: {
        type: 'actionCallback',
        outTrackId: 'card-1',
        corpId: 'dingcorp',
        userId: 'tom',
        userIdType: 1,
        spaceId: group,
      },
    })
    expect(JSON.parse(String(push.data.content))).toEqual({
      cardPrivateData: { actionIds: ['reject'], params: { reason: '先看日志' } },
    })
    const options = { updateCardDataByKey: true, updatePrivateDataByKey: true }
    const cardData = { cardParamMap: { state: 'rejected' } }
    reply(push, {
      response: { cardUpdateOptions: options, cardData, userPrivateData: { cardParamMap: { mine: 'true' } } },
    })
    expect(await pressed).toMatchObject({ ok: true, answerMs: expect.any(Number) })
    const words = (userId: string): unknown => workspace.as(userId).view('card-1')?.blocks.at(-1)
    expect(words('tom')).toMatchObject({ buttons: [{ label: '已处理', isDisabled: true }, { label: '看板' }] })
    expect(words('mei')).toMatchObject({ buttons: [{ label: '看板' }] })
    expect(await workspace.as('tom').press('card-1', 'done')).toMatchObject({ problem: 'button_disabled' })
    expect(await workspace.as('tom').press('card-1', '同意：R-42')).toMatchObject({ problem: 'button_not_found' })
  })

  test('fails when the app does not answer in time, and the card remembers', async () => {
    const { workspace, caller } = await callable({ callbackTimeoutMs: 50 })
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    const pressed = workspace.as('tom').press('card-1', 'approve')
    const push = await next(callback)
    expect(await pressed).toMatchObject({ ok: false, problem: 'failed', detail: '提交失败', isTaken: true })
    expect(workspace.card('card-1')?.failure).toMatchObject({ userId: 'tom', reason: 'no_answer' })
    reply(push, { response: { cardData: { cardParamMap: { title: 'late' } } } })
    expect(workspace.as('tom').view('card-1')?.title).toBe('R-42')
  })

  test.each([
    ['an error', 500, {}],
    ['no JSON object', 200, 'OK'],
    ['a value that is no text', 200, { response: { cardData: { cardParamMap: { title: 5 } } } }],
  ])('fails when the app answers with %s', async (_what, code, data) => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    const pressed = workspace.as('tom').press('card-1', 'approve')
    reply(await next(callback), data, code)
    expect(await pressed).toMatchObject({ problem: 'failed' })
    expect(workspace.card('card-1')?.failure?.reason).toBe('bad_answer')
  })

  test('fails at once when nobody listens', async () => {
    const { workspace, caller } = await callable()
    await caller.call(api.create, cardBody())
    expect(await workspace.as('tom').press('card-1', 'approve')).toMatchObject({ problem: 'failed', isTaken: false })
    expect(workspace.card('card-1')?.failure?.reason).toBe('nobody_listens')
  })

  test('can arrive twice, or its answer get lost', async () => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    workspace.disturb({ duplicateClicks: 1, loseAnswers: 1 })
    const pressed = workspace.as('tom').press('card-1', 'approve')
    const [first, second] = [await next(callback), await next(callback)]
    expect(second.data).toEqual(first.data)
    expect(second.messageId).not.toBe(first.messageId)
    reply(first, { response: null })
    expect(await pressed).toMatchObject({ problem: 'failed' })
  })

  test('is an outsider’s with their own organisation', async () => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    const pressed = workspace.as('guest').press('card-1', 'approve')
    const push = await next(callback)
    expect(push.data).toMatchObject({ corpId: 'dingother', userId: 'guest' })
    reply(push, { response: null })
    await pressed
  })

  test('is of a card that only some see for them alone', async () => {
    const { workspace, caller } = await callable()
    const model = { robotCode: 'dingrobot', recipients: ['tom'], atUserIds: { tom: 'Tom' } }
    await caller.call(api.create, cardBody({ imGroupOpenDeliverModel: model }))
    expect(workspace.messages(group)).toMatchObject([{ onlyFor: ['tom'], mentions: ['tom'] }])
    expect(await workspace.as('mei').press('card-1', 'approve')).toMatchObject({ problem: 'card_not_found' })
    expect(await workspace.as('tom').press('card-1', '看板')).toMatchObject({ ok: true })
  })

  test('works elsewhere only where the card may be forwarded', async () => {
    const { workspace, caller } = await callable()
    const { next, reply } = await stream(workspace)
    await caller.call(api.create, cardBody())
    expect(await workspace.as('mei').press('card-1', 'approve', {}, quiet)).toMatchObject({ problem: 'forwarding_off' })
    await caller.call(api.create, cardBody({ outTrackId: 'card-2', imGroupOpenSpaceModel: { supportForward: true } }))
    const pressed = workspace.as('mei').press('card-2', 'approve', {}, quiet)
    const push = await next(callback)
    expect(push.data.spaceId).toBe(quiet)
    reply(push, { response: null })
    expect(await pressed).toMatchObject({ ok: true })
  })

  test('is refused for what is not on the card, and after somebody left', async () => {
    const { workspace, caller } = await callable()
    await caller.call(api.create, cardBody())
    const tom = workspace.as('tom')
    expect(await tom.press('card-9', 'approve')).toMatchObject({ problem: 'card_not_found' })
    expect(await tom.press('card-1', 'abort')).toMatchObject({ problem: 'button_not_found' })
    expect(await tom.press('card-1', 'reject', { why: 'x' })).toMatchObject({ problem: 'input_not_found' })
    expect(await tom.press('card-1', '看板')).toEqual({ ok: true, detail: 'https://a.example/' })
    expect(await workspace.as('old').press('card-1', 'approve')).toMatchObject({ problem: 'has_left' })
  })
})
