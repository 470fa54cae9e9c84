import { readFileSync } from 'node:fs'
import type { DingtalkConfig } from '../../../src/adapters/chat/dingtalk/config.ts'
import { permissions } from '../../../src/adapters/chat/dingtalk/doctor.ts'
import { dingtalk } from '../../../src/adapters/chat/dingtalk/index.ts'
import { systemChance } from '../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { systemFetch } from '../../../src/adapters/system/fetch.ts'
import type { Account } from '../../../src/core/actor.ts'
import type { Json } from '../../../src/core/canonical.ts'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import { type DingTalkSetup, startDingTalk, type Workspace } from '../../../src/playground/dingtalk/index.ts'
import type { ChatGiven } from '../../../src/ports/adapter.ts'
import type { Away, ChatConnection, Directory } from '../../../src/ports/chat.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import { Secret } from '../../../src/ports/secret.ts'
import type { ValueStore } from '../../../src/ports/store.ts'
import type { Language } from '../../../src/text/language.ts'
import { Heard } from '../slack/workspace.ts'

export const tenant = 'dingastern0001'
export const clientSecret = 'very-secret-app-secret'
export const cardTemplateId = 'astern-card.schema'
export const groupTemplate = 'incident-group-template'

/** People of the test organisation. */
export const mei: Account = { chat: 'dingtalk', tenant, user: 'mei01' }
export const tom: Account = { chat: 'dingtalk', tenant, user: 'tom02' }
/** The team's group, and one without the robot. */
export const team = 'cidPAYMENT0000000000==='
export const elsewhere = 'cidELSEWHERE00000000==='

export const setup = (change: Partial<DingTalkSetup> = {}): DingTalkSetup => ({
  corp: { corpId: tenant, name: '商店' },
  app: {
    clientId: 'dingclient01',
    clientSecret,
    robotCode: 'dingrobot01',
    robotName: 'Astern',
    scopes: [...permissions],
  },
  people: [
    { userId: mei.user, name: 'Mei' },
    { userId: tom.user, name: 'Tom' },
    { userId: 'gone03', name: 'Gone', hasLeft: true },
    { userId: 'idle04', name: 'Idle', isActive: false },
    { userId: 'vendor05', name: 'Vendor', corpId: 'dingvendor0001' },
  ],
  groups: [
    { conversationId: team, title: '支付值班群', members: [mei.user, tom.user, 'vendor05'] },
    { conversationId: elsewhere, title: '没有机器人', members: [mei.user], hasRobot: false },
  ],
  cardTemplates: [
    {
      id: cardTemplateId,
      exported: readFileSync(new URL('../../../deploy/dingtalk/card.json', import.meta.url), 'utf8'),
    },
  ],
  groupTemplates: [groupTemplate],
  limits: 'off',
  callbackTimeoutMs: 2000,
  eventRetryMs: 50,
  ...change,
})

const people: Readonly<Record<string, Account>> = { mei, tom }

export const directoryIn = (language: Language): Directory => ({
  account: (person, chat) => (chat === 'dingtalk' ? (people[person] ?? null) : null),
  name: (person) => person.charAt(0).toUpperCase() + person.slice(1),
  language: () => language,
  timeZone: () => 'Asia/Shanghai',
})
export const directory = directoryIn('en')

/** Values that outlive a process, as the store's do. */
export function values(): ValueStore {
  const kept = new Map<string, Json>()
  return { get: (name) => kept.get(name) ?? null, set: (name, value) => void kept.set(name, value) }
}

export interface Bot {
  readonly connection: ChatConnection
  readonly received: Delivery[]
  readonly gaps: Away[]
  readonly log: Heard
  /** What `receive` does with each delivery; replaced by tests. */
  receive: (delivery: Delivery) => Promise<void>
  listen(): Promise<void>
  stop(): Promise<void>
}

const resolved = (value: string): Secret => {
  const made = new Secret({ env: 'TEST' })
  made.resolve(() => value)
  return made
}

/** Opens the real adapter on an organisation. */
export async function openBot(
  workspace: Workspace,
  how: {
    clock?: Clock
    config?: Partial<DingtalkConfig>
    values?: ValueStore
    language?: Language
    fetchTimeoutMs?: number
  } = {},
): Promise<Bot> {
  const config: DingtalkConfig = {
    tenant,
    clientId: 'dingclient01',
    clientSecret: resolved(clientSecret),
    robotCode: 'dingrobot01',
    cardTemplate: cardTemplateId,
    sceneGroup: { template: groupTemplate, owner: mei.user },
    timeZone: 'Asia/Shanghai',
    monthlyCalls: 10_000,
    apiUrl: workspace.url,
    oapiUrl: workspace.url,
    ...how.config,
  }
  const log = new Heard()
  const given: ChatGiven = {
    clock: how.clock ?? systemClock,
    chance: systemChance,
    fetch: systemFetch(how.fetchTimeoutMs ?? 5000),
    log,
    directory: () => directoryIn(how.language ?? 'en'),
    values: how.values ?? values(),
    commands: ['rollback', 'versions', 'incident', 'postmortem', 'help'],
    route: () => undefined,
  }
  const abort = new AbortController()
  const connection = await dingtalk.open(config, given, abort.signal)
  const received: Delivery[] = []
  const gaps: Away[] = []
  const made: Bot = {
    connection,
    received,
    gaps,
    log,
    receive: async (delivery) => {
      received.push(delivery)
    },
    listen: () =>
      connection.chat.listen(
        (delivery) => made.receive(delivery),
        abort.signal,
        async (gap) => void gaps.push(gap),
      ),
    async stop() {
      abort.abort()
      await connection.close()
    },
  }
  return made
}

export { startDingTalk, type Workspace }
