import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Fault } from '../../../../src/core/fault.ts'
import { card, note } from '../../../contract/chat/views.ts'
import {
  type Bot,
  clientSecret,
  mei,
  openBot,
  setup,
  startDingTalk,
  team,
  tom,
  values,
  type Workspace,
} from '../../../kit/dingtalk/workspace.ts'
import { eventually } from '../../../kit/eventually.ts'

const never = new AbortController().signal
const create = 'POST /v1.0/card/instances/createAndDeliver'
const group = { kind: 'channel', channel: team } as const

let workspace: Workspace
let bot: Bot

beforeEach(async () => {
  workspace = await startDingTalk(setup())
  bot = await openBot(workspace)
})

afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const send = (key: string) => bot.connection.chat.send(group, note(key), key, never)
const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const fault = await work.catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Fault)
  return fault as Fault
}

describe('the token', () => {
  test('is asked for once by all who need it at the same time', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => send(`together-${index}`)))
    expect(workspace.usage().tokens).toBe(1)
  })

  test('that DingTalk takes no more is renewed once for all, and nothing is sent twice', async () => {
    await send('before')
    workspace.revokeTokens()
    await Promise.all(Array.from({ length: 12 }, (_, index) => send(`after-${index}`)))
    expect(workspace.usage().tokens).toBe(2)
    expect(workspace.messages(team)).toHaveLength(13)
  })

  test('that could not be had is asked for again the next time', async () => {
    const heal = workspace.inject(({ api }) => (api.endsWith('/accessToken') ? { reset: 'before' } : undefined))
    expect((await faultOf(send('in vain'))).code).toBe('dingtalk.unreachable')
    heal()
    await send('better')
  })

  test('a wrong secret says what to do, and shows itself nowhere', async () => {
    workspace.inject(({ api }) =>
      api.endsWith('/accessToken') ? { code: 'invalidClientIdOrSecret', status: 401 } : undefined,
    )
    const fault = await faultOf(send('refused'))
    expect([fault.retry, fault.hint.key]).toEqual(['no', 'dingtalk.token'])
    expect(JSON.stringify(fault, Object.getOwnPropertyNames(fault))).not.toContain(clientSecret)
  })
})

describe('the month', () => {
  test('is counted: what DingTalk counts, over a restart too', async () => {
    const kept = values()
    const first = await openBot(workspace, { values: kept })
    await first.connection.chat.send(group, note('one'), 'one', never)
    await first.connection.chat.person(mei, null, never)
    await first.stop()
    const second = await openBot(workspace, { values: kept })
    await second.connection.chat.send(group, note('two'), 'two', never)
    const measured = Object.fromEntries((second.connection.measures ?? []).map(({ name, read }) => [name, read()]))
    expect(measured).toEqual({ astern_dingtalk_month_calls: 2, astern_dingtalk_month_calls_limit: 10_000 })
    expect(workspace.usage().calls).toBe(2)
    await second.stop()
  })

  test('used up: nothing is lost, tried again in a quarter of an hour, and said so', async () => {
    workspace.useQuota(10_000)
    await workspace.close()
    workspace = await startDingTalk(setup({ limits: 'dingtalk', monthlyCalls: 1 }))
    const other = await openBot(workspace)
    await other.connection.chat.send(group, note('the last one'), 'last', never)
    const fault = await faultOf(other.connection.chat.send(group, note('too many'), 'more', never))
    expect([fault.code, fault.retry, fault.retryAfterMs]).toEqual(['dingtalk.quota', 'yes', 900_000])
    expect((await other.connection.chat.person(mei, null, never)).standing).toBe('member')
    await other.stop()
  })

  test('too many in a second: a second later', async () => {
    const heal = workspace.inject(({ api }) => (api === create ? { tooFast: true } : undefined))
    const fault = await faultOf(send('too fast'))
    expect([fault.code, fault.retry, fault.retryAfterMs]).toEqual(['dingtalk.busy', 'yes', 1000])
    heal()
  })
})

describe('a card', () => {
  test('whose sending was cut short is sent once, however often it is tried', async () => {
    const heal = workspace.inject(({ api }) => (api === create ? { reset: 'after' } : undefined))
    expect((await faultOf(send('R-42'))).retry).toBe('check')
    heal()
    const ref = await bot.connection.chat.send(group, card('R-42 later'), 'R-42', never)
    expect(workspace.messages(team)).toHaveLength(1)
    expect(workspace.card(ref.message)?.data.title).toBe('R-42 later')
  })

  test('that could be put nowhere is sent after all once the robot is there', async () => {
    const before = workspace.conversation(team)
    before.hasRobot = false
    const fault = await faultOf(send('R-42'))
    expect([fault.retry, fault.hint.key]).toEqual(['no', 'dingtalk.room'])
    before.hasRobot = true
    const ref = await send('R-42')
    expect(workspace.messages(team)).toHaveLength(1)
    expect(await bot.connection.chat.find(group, 'R-42', never)).toEqual(ref)
  })

  test('that DingTalk refuses to look for, in words of its own, counts as not there; a missing right does not', async () => {
    await send('R-42')
    const find = () => bot.connection.chat.find(group, 'R-42', never)
    const put = 'PUT /v1.0/card/instances'
    const heal = workspace.inject(({ api }) => (api === put ? { code: 'param.outTrackIdUnheardOf' } : undefined))
    expect(await find()).toBeNull()
    heal()
    workspace.grant([])
    expect((await faultOf(find())).hint.key).toBe('dingtalk.permission')
  })

  test('tells by name whom it mentions, in the group where they are staff of ours', async () => {
    const people = [
      'Waiting for ',
      { kind: 'person', person: 'tom', mention: true },
      { kind: 'person', person: 'ana', mention: true },
    ] as const
    await bot.connection.chat.send(group, { ...card('R-42'), title: people }, 'R-42', never)
    expect(workspace.messages(team)[0]?.mentions).toEqual([tom.user])
  })
})

describe('files', () => {
  const document = (line: string) =>
    ({
      kind: 'document',
      language: 'zh-CN',
      title: 'INC-7 故障复盘',
      sections: [{ id: 'what', heading: '影响', by: 'astern', lines: [[line]] }],
    }) as const

  test('a document goes as a zip with Markdown in it, and anew only when it changed', async () => {
    const { chat } = bot.connection
    const ref = await chat.send(group, document('5xx 12.4%'), 'post-mortem:INC-7', never)
    const again = await chat.update(ref, document('5xx 12.4%'), never)
    expect(workspace.messages(team)).toHaveLength(1)
    await chat.update(again, document('5xx 0.1%'), never)
    expect(workspace.messages(team)).toHaveLength(2)
    const [sent] = workspace.messages(team)
    if (sent?.content.kind !== 'media') throw new TypeError('no file')
    expect(sent.content.name).toBe('inc-7-故障复盘.zip')
    const bytes = workspace.media(sent.content.mediaId)?.bytes
    expect(bytes?.toString('utf8')).toContain('# INC-7 故障复盘\n\n## 影响\n\n5xx 12.4%')
  })

  test('a plot is uploaded once and shown in the card; without it the card goes all the same', async () => {
    const plot = {
      unit: 'percent',
      limit: 0.05,
      broken: 'above',
      baseline: 0.001,
      lines: [{ name: 'eu-1', fromMs: 0, stepMs: 15_000, values: [0.1, 0.12, null, 0.001] }],
      marks: [],
    } as const
    const plotted = { ...card('R-42'), blocks: [{ kind: 'plot', plot, alt: '5xx' }] } as const
    const { chat } = bot.connection
    const ref = await chat.send(group, plotted, 'R-42', never)
    await chat.update(ref, plotted, never)
    expect(workspace.calls('POST /media/upload')).toHaveLength(1)
    expect(workspace.card(ref.message)?.data.t1).toMatch(/^!\[5xx\]\(@lAL\w+\)$/)
    workspace.inject(({ api }) => (api === 'POST /media/upload' ? { errcode: 40006 } : undefined))
    const other = { ...plotted, blocks: [{ kind: 'plot', plot: { ...plot, limit: 0.06 }, alt: '5xx' }] } as const
    expect(workspace.card((await chat.send(group, other, 'R-43', never)).message)?.data.t1).toBe('')
  })
})

test('a group of an incident has the people in it, and no longer name than DingTalk takes', async () => {
  const name = 'inc-7-a-service-with-quite-a-long-name'
  const link = { title: '', url: '' }
  const room = { kind: 'incident', key: 'room:INC-7', name, topic: '', link, invite: [mei, tom] } as const
  const ref = await bot.connection.chat.send(room, card('INC-7'), 'incident:INC-7', never)
  const made = workspace.conversation(ref.channel)
  expect(made.title).toHaveLength(30)
  expect([...made.members].sort()).toEqual([mei.user, tom.user])
  await eventually(() => made.messages.length).toBe(1)
})
