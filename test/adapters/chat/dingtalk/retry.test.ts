import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dingPermission } from '../../../../src/adapters/chat/dingtalk/ring.ts'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import type { Delivery } from '../../../../src/core/delivery/delivery.ts'
import { Fault, type Retry } from '../../../../src/core/fault.ts'
import type { Chat } from '../../../../src/ports/chat.ts'
import type { Ring } from '../../../../src/ports/ring.ts'
import { type Lie, lies } from '../../../chaos/lies.ts'
import { card, note } from '../../../contract/chat/views.ts'
import { type Bot, mei, openBot, setup, startDingTalk, team, type Workspace } from '../../../kit/dingtalk/workspace.ts'
import { fastClock } from '../../../kit/fast-clock.ts'

/** Ten seconds are waited for an answer: with this clock half a second. */
const times = 20
const never = new AbortController().signal
const group = { kind: 'channel', channel: team } as const

let workspace: Workspace
let bot: Bot
let chat: Chat
let ring: Ring
let heal = () => undefined as unknown
let count = 0

beforeAll(async () => {
  const base = setup()
  workspace = await startDingTalk({ ...base, app: { ...base.app, scopes: [...base.app.scopes, dingPermission] } })
  bot = await openBot(workspace, {
    clock: fastClock(times, systemClock.now().epochMilliseconds),
    fetchTimeoutMs: 30_000,
  })
  chat = bot.connection.chat
  if (!bot.connection.ring) throw new TypeError('nobody can be rung')
  ring = bot.connection.ring
})
afterEach(() => heal())
afterAll(async () => {
  await bot.stop()
  await workspace.close()
})

type Said = Retry | 'none'

/** What a fault says about repeating; `none` when there was none. */
const said = (work: Promise<unknown>): Promise<Said> =>
  work.then(
    () => 'none',
    (cause: unknown) => {
      if (cause instanceof Fault) return cause.retry
      throw cause
    },
  )

/** Delays as long as this clock makes them. */
const lieOf = (lie: Lie) => {
  const { dingtalk } = lies[lie]
  return 'delayMs' in dingtalk && dingtalk.delayMs > 1_000 ? { ...dingtalk, delayMs: 800 } : dingtalk
}

/** What shows when it is done twice. */
const shows: Readonly<Record<Lie, Said>> = {
  'reset before': 'check',
  'reset after the effect': 'check',
  'timeout before': 'check',
  'timeout, then the effect': 'check',
  'timeout after the effect': 'check',
  // The answer tells that nothing was done, and that asking again would not help.
  '409': 'no',
  '422': 'no',
  '429': 'yes',
  '500': 'check',
  '503': 'check',
  slow: 'none',
  'wrong JSON': 'check',
  'JSON of something else': 'check',
  'wrong content type': 'check',
  'half a body': 'check',
}
/** What may be done again, for its key or its nature makes it the same. */
const same = Object.fromEntries(
  Object.entries(shows).map(([lie, retry]) => [lie, retry === 'check' ? 'yes' : retry]),
) as Readonly<Record<Lie, Said>>

interface Case {
  readonly api: string
  readonly classes: Readonly<Record<Lie, Said>>
  /** Everything that is needed before, and what to do then. */
  readonly act: () => Promise<() => Promise<unknown>>
}

const key = (): string => `key ${++count}`

const cases: Readonly<Record<string, Case>> = {
  'a card': {
    api: 'POST /v1.0/card/instances/createAndDeliver',
    classes: shows,
    act: async () => () => chat.send(group, note('here'), key(), never),
  },
  'a change of a card': {
    api: 'PUT /v1.0/card/instances',
    classes: same,
    async act() {
      const ref = await chat.send(group, card('before'), key(), never)
      return () => chat.update(ref, card('after'), never)
    },
  },
  'a file': {
    api: 'POST /v1.0/robot/groupMessages/send',
    classes: shows,
    act: async () => () =>
      chat.send(group, { kind: 'document', language: 'en', title: key(), sections: [] }, key(), never),
  },
  'what a file is made of': {
    api: 'POST /media/upload',
    classes: same,
    act: async () => () =>
      chat.send(group, { kind: 'document', language: 'en', title: key(), sections: [] }, key(), never),
  },
  'the group of an incident': {
    api: 'POST /v1.0/im/sceneGroup/create',
    classes: same,
    act: async () => () => {
      const room = {
        kind: 'incident',
        key: key(),
        name: `inc-${++count}`,
        topic: '',
        link: { title: '', url: '' },
        invite: [mei],
      } as const
      return chat.send(room, note('here'), key(), never)
    },
  },
  'a DING': {
    api: 'POST /v1.0/robot/ding/send',
    classes: shows,
    act: async () => () => ring.ring('mei', key(), 'phone', never),
  },
  'a DING taken back': {
    api: 'POST /v1.0/robot/ding/recall',
    classes: same,
    async act() {
      const id = await ring.ring('mei', key(), 'app', never)
      return () => ring.hush(id, never)
    },
  },
  'the token': {
    api: 'POST /v1.0/oauth2/accessToken',
    classes: same,
    async act() {
      workspace.revokeTokens()
      return () => chat.send(group, note('here'), key(), never)
    },
  },
}

const everyLie = Object.keys(lies) as readonly Lie[]

describe.each(Object.entries(cases))('whether to repeat what went wrong with %s', (_, { api, classes, act }) => {
  it.each(everyLie.map((lie) => [lie, classes[lie]] as const))('%s: %s', async (lie, retry) => {
    const work = await act()
    let told = 0
    heal = workspace.inject((call) => {
      if (call.api !== api) return undefined
      told += 1
      return lieOf(lie)
    })
    expect(await said(work())).toBe(retry)
    expect(told).toBe(1)
  })
})

describe('who somebody is', () => {
  it.each(everyLie)('%s: could not be asked is never a member', async (lie) => {
    heal = workspace.inject(({ api }) => (api === 'POST /topapi/v2/user/get' ? lieOf(lie) : undefined))
    expect(await chat.person(mei, null, never)).toMatchObject({ standing: lie === 'slow' ? 'member' : 'could-not-ask' })
  })
})

describe('an answer to one person', () => {
  const asked = (): Delivery => ({
    id: `dingtalk:message:${++count}`,
    account: mei,
    place: { channel: team },
    deed: { kind: 'command', name: 'rollback', text: '', via: 'mention' },
  })

  it.each(everyLie)('%s: it stands, or surely does not and is worth another try', async (lie) => {
    const delivery = asked()
    const before = workspace.messages(team).length
    let told = 0
    heal = workspace.inject(({ api }) =>
      api === 'POST /v1.0/card/instances/createAndDeliver' && told++ < 1 ? lieOf(lie) : undefined,
    )
    const first = await said(chat.answer(delivery, note('only for you')))
    const refused = lie === '409' || lie === '422'
    expect(['none', refused ? 'no' : 'yes']).toContain(first)
    if (first === 'yes') await chat.answer(delivery, note('only for you'))
    expect(workspace.messages(team).length - before).toBe(refused ? 0 : 1)
  })
})
