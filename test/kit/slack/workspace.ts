import type { SlackConfig } from '../../../src/adapters/chat/slack/config.ts'
import { scopes } from '../../../src/adapters/chat/slack/doctor.ts'
import { slack } from '../../../src/adapters/chat/slack/index.ts'
import { systemChance } from '../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { systemFetch } from '../../../src/adapters/system/fetch.ts'
import type { Account } from '../../../src/core/actor.ts'
import type { Delivery } from '../../../src/core/delivery/delivery.ts'
import { type SlackSetup, startSlack, type Workspace } from '../../../src/playground/slack/index.ts'
import type { ChatGiven, RouteHandler } from '../../../src/ports/adapter.ts'
import type { ChatConnection, Directory } from '../../../src/ports/chat.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { Log, LogFields } from '../../../src/ports/log.ts'
import { Secret } from '../../../src/ports/secret.ts'

export const tenant = 'T0ASTERN1'
export const botToken = 'xoxb-1111-secret-bot-token'
export const appToken = 'xapp-1-A1-secret-app-token'
export const signingSecret = 'c0ffee5ec2e7c0ffee5ec2e7c0ffee5e'
export const everySecret = [botToken, appToken, signingSecret]

/** People of the test workspace. */
export const mei: Account = { chat: 'slack', tenant, user: 'U0MEI00001' }
export const tom: Account = { chat: 'slack', tenant, user: 'U0TOM00001' }
export const bot = 'U0BOT00001'
/** The team's channel, and one shared with another organisation. */
export const team = 'C0TEAM0001'
export const shared = 'C0SHARED01'

export const setup = (change: Partial<SlackSetup> = {}): SlackSetup => ({
  team: { id: tenant, domain: 'astern', name: 'Astern' },
  users: [
    { id: mei.user, name: 'mei', realName: 'Mei' },
    { id: tom.user, name: 'tom', realName: 'Tom' },
    { id: 'U0GUEST001', name: 'guest', isRestricted: true },
    { id: 'U0ULTRA001', name: 'ultra', isUltraRestricted: true },
    { id: 'U0GONE0001', name: 'gone', deleted: true },
    { id: 'U0STRANGE1', name: 'strange', teamId: 'T0OTHER001', isStranger: true },
    { id: 'U0OTHERBOT', name: 'ci', isBot: true },
  ],
  channels: [
    { id: team, name: 'payment', members: [mei.user, tom.user, bot, 'U0GUEST001'] },
    { id: shared, name: 'with-vendor', members: [mei.user, bot, 'U0STRANGE1'], isExtShared: true },
    { id: 'C0NOBOT001', name: 'no-bot', members: [mei.user] },
  ],
  app: {
    appId: 'A1',
    botUserId: bot,
    botId: 'B0BOT00001',
    botToken,
    appToken,
    signingSecret,
    scopes: [...scopes],
    commands: ['/rollback', '/versions', '/incident', '/postmortem', '/astern-help'].map((command) => ({
      command,
      shouldEscape: true,
    })),
    events: ['app_mention', 'app_home_opened', 'user_change'],
  },
  ackTimeoutMs: 1000,
  eventRetryMs: [20, 20, 20],
  limits: 'off',
  ...change,
})

const people: Readonly<Record<string, Account>> = { mei, tom }

export const directory: Directory = {
  account: (person, chat) => (chat === 'slack' ? (people[person] ?? null) : null),
  name: (person) => person.charAt(0).toUpperCase() + person.slice(1),
  language: () => 'en',
  timeZone: () => 'Asia/Shanghai',
}

/** Everything that was logged, to be searched for what must not be there. */
export class Heard implements Log {
  readonly lines: string[] = []
  #write(level: string, message: string, fields: LogFields = {}, cause?: unknown): void {
    this.lines.push([level, message, JSON.stringify(fields), cause instanceof Error ? inspectAll(cause) : ''].join(' '))
  }
  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields)
  }
  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields)
  }
  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields)
  }
  error(message: string, fields?: LogFields, cause?: unknown): void {
    this.#write('error', message, fields, cause)
  }
  child(): Log {
    return this
  }
}

/** An error with all it drags along, as a log would print it at its most talkative. */
export function inspectAll(error: unknown): string {
  const seen: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    seen.push(at.name, at.message, JSON.stringify(at, Object.getOwnPropertyNames(at)))
  return seen.join(' ')
}

export interface Bot {
  readonly connection: ChatConnection
  readonly received: Delivery[]
  readonly log: Heard
  readonly routes: Map<string, RouteHandler>
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

const commands = ['rollback', 'versions', 'incident', 'postmortem', 'help']

/** Opens the real adapter on a workspace. */
export async function openBot(
  workspace: Workspace,
  how: {
    mode?: 'socket' | 'http'
    clock?: Clock
    commands?: Record<string, string>
    tenant?: string
    fetchTimeoutMs?: number
    alertApps?: SlackConfig['alertApps']
  } = {},
): Promise<Bot> {
  const shared = {
    tenant: how.tenant ?? tenant,
    botToken: resolved(botToken),
    apiUrl: workspace.url,
    commands: how.commands ?? {},
    alertApps: how.alertApps ?? [],
  }
  const config: SlackConfig =
    how.mode === 'http'
      ? { ...shared, mode: 'http', signingSecret: resolved(signingSecret) }
      : { ...shared, mode: 'socket', appToken: resolved(appToken) }
  const log = new Heard()
  const routes = new Map<string, RouteHandler>()
  const given: ChatGiven = {
    clock: how.clock ?? systemClock,
    chance: systemChance,
    fetch: systemFetch(how.fetchTimeoutMs ?? 5000),
    log,
    directory: () => directory,
    commands,
    route: (_, path, handler) => routes.set(path, handler),
  }
  const abort = new AbortController()
  const connection = await slack.open(config, given, abort.signal)
  const received: Delivery[] = []
  const made: Bot = {
    connection,
    received,
    log,
    routes,
    receive: async (delivery) => {
      received.push(delivery)
    },
    listen: () => connection.chat.listen((delivery) => made.receive(delivery), abort.signal),
    async stop() {
      abort.abort()
      await connection.close()
    },
  }
  return made
}

export { startSlack, type Workspace }
