import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/playground/dingtalk/index.ts'
import { api, callable, group, stream } from './kit.ts'

const message = {
  robotCode: 'dingrobot',
  openConversationId: group,
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content: '你好' }),
}

/** Sends one message under a fault; what came back, and how many messages there are after it. */
async function spoilt(fault: Fault): Promise<{ answer: unknown; messages: number; log: unknown }> {
  const { workspace, caller } = await callable()
  await caller.accessToken()
  workspace.inject(({ api: name, earlier }) => (name === api.send && earlier === 0 ? fault : undefined))
  const answer = await caller.call(api.send, message).catch(() => 'no answer')
  const log = workspace.calls(api.send)[0]
  return { answer, messages: workspace.messages(group).length, log }
}

describe('a call', () => {
  test.each<[string, Fault, number, unknown]>([
    ['cut before its effect', { reset: 'before' }, 0, 'no answer'],
    ['cut after its effect', { reset: 'after' }, 1, 'no answer'],
    ['half answered', { halfBody: true }, 1, 'no answer'],
    [
      'too fast',
      { tooFast: true },
      0,
      { status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } },
    ],
    ['refused', { code: 'system.error', status: 500 }, 0, { status: 500, body: { code: 'system.error' } }],
    ['refused after its effect', { status: 502, body: '{}', afterEffect: true }, 1, { status: 502 }],
    ['answered in another form', { body: '{"errcode":0}' }, 0, { status: 200, body: { errcode: 0 } }],
    ['answered with a page', { body: '<html>', contentType: 'text/html', status: 503 }, 0, 'no answer'],
    ['slow', { delayMs: 30 }, 1, { status: 200 }],
  ])('can be %s', async (_what, fault, messages, answer) => {
    const seen = await spoilt(fault)
    expect(seen.messages).toBe(messages)
    if (typeof answer === 'string') expect(seen.answer).toBe(answer)
    else expect(seen.answer).toMatchObject(answer as object)
  })

  test('can stay unanswered though it had its effect', async () => {
    const { workspace, caller } = await callable()
    const token = await caller.accessToken()
    workspace.inject(() => ({ silence: true }))
    const call = fetch(`${workspace.url}/v1.0/robot/groupMessages/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(100),
    })
    await expect(call).rejects.toThrow()
    expect(workspace.messages(group)).toHaveLength(1)
    expect(workspace.calls(api.send)).toMatchObject([{ status: 0, fault: 'silence' }])
  })

  test('of an old interface can fail with its number', async () => {
    const { workspace, caller } = await callable()
    const stop = workspace.inject(({ api: name }) => (name.includes('/topapi/') ? { errcode: -1 } : undefined))
    expect((await caller.old('/topapi/v2/user/get', {}, { userid: 'mei' })).body.errcode).toBe(-1)
    stop()
    expect((await caller.old('/topapi/v2/user/get', {}, { userid: 'mei' })).body.errcode).toBe(0)
  })
})

test('the whole organisation can be out of reach and come back at its address', async () => {
  const { workspace, caller } = await callable()
  const before = workspace.url
  const { closed } = await stream(workspace)
  await workspace.down()
  await closed
  await expect(caller.call(api.send, message)).rejects.toThrow()
  await workspace.up()
  expect(workspace.url).toBe(before)
  expect((await caller.call(api.send, message)).status).toBe(200)
})
