import { afterEach, beforeEach, expect, test } from 'vitest'
import { permissions } from '../../../../src/adapters/chat/dingtalk/doctor.ts'
import { openBot, setup, startDingTalk, type Workspace } from '../../../kit/dingtalk/workspace.ts'

let workspace: Workspace

beforeEach(async () => {
  workspace = await startDingTalk(setup())
})
afterEach(() => workspace.close())

async function told(config: Parameters<typeof openBot>[1] = {}): Promise<Record<string, [string, string]>> {
  const bot = await openBot(workspace, config)
  const findings = await bot.connection.doctor(new AbortController().signal)
  await bot.stop()
  return Object.fromEntries(findings.map(({ code, state, wording }) => [code, [state, wording.key]]))
}

test('says what works, and leaves nothing for anybody to see', async () => {
  expect(await told()).toEqual({
    'dingtalk.stream': ['works', 'dingtalk.stream'],
    'dingtalk.contacts': ['works', 'dingtalk.contacts'],
    'dingtalk.card': ['works', 'dingtalk.card-seen'],
    'dingtalk.files': ['works', 'dingtalk.files'],
    'dingtalk.calls': ['unknown', 'dingtalk.calls'],
  })
  expect(workspace.conversations().flatMap(({ messages }) => messages)).toEqual([])
})

test.each([
  ['dingtalk.contacts', 'qyapi_get_member'],
  ['dingtalk.card', 'Card.Instance.Write'],
  ['dingtalk.files', 'qyapi_base'],
  ['dingtalk.files', 'qyapi_robot_sendmsg'],
])('%s: names the permission %s that is missing', async (code, missing) => {
  workspace.grant(permissions.filter((one) => one !== missing))
  expect((await told())[code]).toEqual(['missing', 'dingtalk.permission'])
})

test('a template that is not there', async () => {
  expect((await told({ config: { cardTemplate: 'other.schema' } }))['dingtalk.card']).toEqual([
    'missing',
    'dingtalk.template',
  ])
})

test('a secret that is refused', async () => {
  workspace.inject(({ api }) =>
    /accessToken|connections/.test(api) ? { code: 'invalidClientIdOrSecret', status: 401 } : undefined,
  )
  const findings = await told()
  expect(findings['dingtalk.stream']).toEqual(['missing', 'dingtalk.token'])
  expect(findings['dingtalk.card']).toEqual(['missing', 'dingtalk.token'])
})
