import { createRequire } from 'node:module'
import * as bolt from '@slack/bolt'
import { afterEach } from 'vitest'
import { type SlackSetup, startSlack, type Workspace } from '../../../src/playground/slack/index.ts'

export const botToken = 'xoxb-test'
export const appToken = 'xapp-test'

export const mei = 'U0MEI00001'
export const tom = 'U0TOM00001'
export const guest = 'U0GUEST001'
export const bot = 'U0BOT00001'
export const general = 'C0GENERAL1'
export const secret = 'C0SECRET01'
export const far = 'C0FAR00001'

/** Every scope the methods under test need. */
export const scopes = [
  ...['commands', 'chat:write', 'chat:write.customize', 'app_mentions:read', 'team:read'],
  ...['channels:read', 'channels:history', 'channels:manage', 'channels:join', 'im:read', 'im:write', 'im:history'],
  ...['groups:read', 'groups:write', 'groups:history', 'users:read', 'users:read.email', 'usergroups:read'],
  ...['usergroups:write', 'files:read', 'files:write', 'pins:read', 'pins:write', 'bookmarks:read', 'bookmarks:write'],
  ...['reactions:read', 'reactions:write', 'canvases:read', 'canvases:write'],
]

export const events = [
  ...['app_mention', 'message.channels', 'message.groups', 'message.im', 'app_home_opened', 'user_change'],
  ...['member_joined_channel', 'reaction_added', 'pin_added'],
]

/** What a test changes of the usual workspace. */
export type SetupChange = Partial<Omit<SlackSetup, 'app'>> & { app?: Partial<SlackSetup['app']> }

export function setup(change: SetupChange = {}): SlackSetup {
  const { app, ...rest } = change
  return {
    team: { id: 'T0LOCAL001', domain: 'local', name: 'Local' },
    users: [
      { id: mei, name: 'mei', realName: 'Mei Chen', email: 'mei@example.com', tz: 'Asia/Shanghai', locale: 'zh-CN' },
      { id: tom, name: 'tom', realName: 'Tom Berg', email: 'tom@example.com', tz: 'Europe/Berlin' },
      { id: guest, name: 'gus', isRestricted: true, isUltraRestricted: true },
    ],
    channels: [
      { id: general, name: 'general', members: [mei, tom, bot], topic: 'All' },
      { id: secret, name: 'secret', members: [mei], isPrivate: true },
      { id: far, name: 'far', members: [tom] },
    ],
    limits: 'off',
    ...rest,
    app: {
      appId: 'A0APP00001',
      botUserId: bot,
      botId: 'B0BOT00001',
      botToken,
      appToken,
      signingSecret: 'shhh',
      scopes,
      commands: ['/rollback', { command: '/incident', shouldEscape: true }],
      events,
      ...app,
    },
  }
}

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Closes this after the test. */
export function later(close: () => Promise<void>): void {
  closers.push(close)
}

export async function workspace(change: SetupChange = {}): Promise<Workspace> {
  const started = await startSlack(setup(change))
  later(() => started.close())
  return started
}

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => bolt.LogLevel.ERROR,
}

/** A Bolt app in Socket Mode; with a short client ping timeout, so that it is soon back after a disconnect. */
export async function socketApp(slack: Workspace, shape: (app: bolt.App) => void): Promise<bolt.App> {
  const clientOptions = { slackApiUrl: slack.url, retryConfig: { retries: 0 } }
  const receiver = new bolt.SocketModeReceiver({
    appToken,
    clientPingTimeout: 500,
    logger: quiet,
    installerOptions: { clientOptions },
  } as bolt.SocketModeReceiverOptions)
  const app = new bolt.App({ token: botToken, receiver, clientOptions, logger: quiet, convoStore: false })
  app.error(async (error) => {
    thrown.push(error)
  })
  shape(app)
  await app.start()
  later(async () => {
    await app.stop()
  })
  return app
}

/** Errors that the apps' listeners threw; a test that expects none looks here. */
export const thrown: unknown[] = []

/** A Bolt app over HTTP, known to the workspace as its request URL. */
export async function httpApp(slack: Workspace, shape: (app: bolt.App) => void): Promise<bolt.App> {
  const clientOptions = { slackApiUrl: slack.url, retryConfig: { retries: 0 } }
  const app = new bolt.App({ token: botToken, signingSecret: 'shhh', clientOptions, logger: quiet, convoStore: false })
  app.error(async (error) => {
    thrown.push(error)
  })
  shape(app)
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  later(async () => {
    if (server?.listening) await app.stop()
  })
  const address = server?.address()
  if (typeof address !== 'object' || address === null || !('port' in address)) throw new Error('no address')
  if (!(await slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`))) throw new Error('not verified')
  return app
}

const require = createRequire(createRequire(import.meta.url).resolve('@slack/bolt'))
const webApi = require('@slack/web-api') as typeof import('@slack/web-api')

/** A real web client that neither retries nor waits. */
export function client(slack: Workspace, token = botToken): InstanceType<typeof webApi.WebClient> {
  const rejectRateLimitedCalls = true
  return new webApi.WebClient(token, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls,
    logger: quiet,
  })
}

/** The answer of one raw call, refused or not. */
export async function call(
  slack: Workspace,
  method: string,
  args: Record<string, unknown>,
  token = botToken,
): Promise<Answer> {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${slack.url}${method}`, { method: 'POST', body: form, headers })
  return (await response.json()) as Answer
}

export interface Answer {
  readonly ok: boolean
  readonly error?: string
  readonly response_metadata?: { readonly messages?: readonly string[]; readonly next_cursor?: string }
  readonly [field: string]: unknown
}

/** Waits until this holds, up to a deadline. */
export async function until<T>(look: () => T | undefined | false, deadlineMs = 5000): Promise<T> {
  const end = Date.now() + deadlineMs
  for (;;) {
    const seen = look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
