import { afterEach, beforeEach, expect, test } from 'vitest'
import { dingPermission } from '../../../src/adapters/chat/dingtalk/ring.ts'
import { dingtalkPager } from '../../../src/adapters/pager/dingtalk/index.ts'
import { systemPlatform } from '../../../src/adapters/system/index.ts'
import type { Page, Pager } from '../../../src/ports/pager.ts'
import type { WayToRing } from '../../../src/ports/ring.ts'
import { type Bot, openBot, setup, startDingTalk, values, type Workspace } from '../../kit/dingtalk/workspace.ts'

const never = new AbortController().signal
const store = values()
const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })
let workspace: Workspace
let bot: Bot

beforeEach(async () => {
  await start()
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

async function start(scopes: readonly string[] = [dingPermission], dings?: { sms: boolean }) {
  const base = setup(dings ? { dings: { app: true, phone: true, ...dings } } : {})
  workspace = await startDingTalk({ ...base, app: { ...base.app, scopes: [...base.app.scopes, ...scopes] } })
  bot = await openBot(workspace)
}

const open = (contacts: Readonly<Record<string, WayToRing>> = {}): Pager =>
  dingtalkPager.open(
    { by: 'app' },
    {
      ...platform,
      name: 'dingtalk',
      contacts: () => new Map(Object.entries(contacts).map(([person, by]) => [person, { by }])),
      knows: () => true,
      route: () => undefined,
      values: store,
      ring: () => bot.connection.ring ?? null,
    },
  )

let count = 0
const page = (more: Partial<Page> = {}): Page => ({
  key: `k/${++count}`,
  person: 'tom',
  service: 'checkout-svc',
  summary: 'INC-7 支付 5xx',
  urgency: 'high',
  link: 'https://astern.example/incidents/INC-7',
  at: '2026-03-02T09:00:00Z',
  ...more,
})

test('each is woken as her part says; an address is written, not read aloud; what can wait comes softly', async () => {
  const pager = open({ tom: 'phone', mei: 'message' })
  await pager.page(page(), never)
  await pager.page(page({ urgency: 'low' }), never)
  await pager.page(page({ person: 'mei' }), never)
  expect(workspace.dings().map(({ by, to, content }) => [by, to, content])).toEqual([
    ['phone', ['tom02'], 'INC-7 支付 5xx'],
    ['app', ['tom02'], 'INC-7 支付 5xx\nhttps://astern.example/incidents/INC-7'],
  ])
  const said = workspace.conversations().filter(({ kind }) => kind === 'direct')
  expect(said.map(({ messages }) => messages.map(({ content }) => content))).toEqual([
    [{ kind: 'text', text: 'INC-7 支付 5xx\nhttps://astern.example/incidents/INC-7' }],
  ])
})

test('whom the configuration gives no account here is not reached', () => {
  const pager = open()
  expect([pager.reaches('tom', 'x'), pager.reaches('lin', 'x')]).toEqual([true, false])
})

test('a process that died while it sent: the next one does not ring again, and says so', async () => {
  const asked = page()
  workspace.inject(({ api }) => (api.endsWith('/ding/send') ? { reset: 'after' } : undefined))
  await expect(open().page(asked, never)).rejects.toMatchObject({ retry: 'check' })
  const next = open()
  expect(await next.recall(asked, never)).toBe('unknown')
  await expect(next.page(asked, never)).rejects.toMatchObject({ code: 'pager.perhaps', retry: 'no' })
  expect(workspace.dings()).toHaveLength(1)
})

test('taken back once, and each call is counted', async () => {
  const before = workspace.usage().calls
  const pager = open()
  const receipt = await pager.page(page(), never)
  await pager.calm(receipt, 'acknowledged', never)
  await pager.calm(receipt, 'resolved', never)
  expect(workspace.dings()[0]?.isRecalled).toBe(true)
  expect(workspace.usage().calls - before).toBe(2)
  expect(bot.connection.measures?.find(({ name }) => name === 'astern_dingtalk_month_calls')?.read()).toBe(2)
})

test('the doctor: no permission, no package, no chat; nobody is woken', async () => {
  const codes = async (pager: Pager) =>
    (await pager.doctor(never)).map(({ code, state, wording }) => [code, state, wording.key])
  expect(await codes(open({ tom: 'phone' }))).toEqual([
    ['dingtalk.ring-app', 'works', 'dingtalk.ring'],
    ['dingtalk.ring-phone', 'works', 'dingtalk.ring-costs'],
  ])
  expect(workspace.dings()).toEqual([])
  await bot.stop()
  await workspace.close()
  await start([])
  expect(await codes(open())).toEqual([['dingtalk.ring-app', 'missing', 'dingtalk.permission']])
  await bot.stop()
  await workspace.close()
  await start([dingPermission], { sms: false })
  expect(await codes(open({ tom: 'sms' }))).toContainEqual(['dingtalk.ring-sms', 'missing', 'dingtalk.no-package'])
  const alone = dingtalkPager.open(
    { by: 'app' },
    { ...platform, name: 'd', contacts: () => new Map(), knows: () => true, route: () => undefined },
  )
  expect(alone.reaches('tom', 'x')).toBe(false)
  expect(await codes(alone)).toEqual([['pager.no-chat', 'missing', 'pager.no-chat']])
})
