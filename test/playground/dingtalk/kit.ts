import { createRequire } from 'node:module'
import { afterEach } from 'vitest'
import type * as wsTypes from 'ws'
import { allScopes, type DingTalkSetup, startDingTalk, type Workspace } from '../../../src/playground/dingtalk/index.ts'
import { exportedTemplate } from './template.ts'

const { WebSocket } = createRequire(import.meta.url)('ws') as typeof wsTypes

export const group = 'cidPAYMENT0000000000==='
export const quiet = 'cidQUIET000000000000==='
export const template = 'approval.schema'

/** Names of the interfaces. */
export const api = {
  token: 'POST /v1.0/oauth2/accessToken',
  open: 'POST /v1.0/gateway/connections/open',
  send: 'POST /v1.0/robot/groupMessages/send',
  direct: 'POST /v1.0/robot/oToMessages/batchSend',
  recall: 'POST /v1.0/robot/groupMessages/recall',
  ding: 'POST /v1.0/robot/ding/send',
  create: 'POST /v1.0/card/instances/createAndDeliver',
  update: 'PUT /v1.0/card/instances',
  scene: 'POST /v1.0/im/sceneGroup/create',
} as const

/** What a test changes of the usual organisation. */
export type SetupChange = Partial<Omit<DingTalkSetup, 'app'>> & { app?: Partial<DingTalkSetup['app']> }

export function setup(change: SetupChange = {}): DingTalkSetup {
  const { app, ...rest } = change
  return {
    corp: { corpId: 'dingcorp', name: '商店' },
    people: [
      { userId: 'mei', name: '梅' },
      { userId: 'tom', name: 'Tom', isAdmin: true },
      { userId: 'old', name: '老李', hasLeft: true },
      { userId: 'guest', name: '访客', corpId: 'dingother' },
    ],
    groups: [
      { conversationId: group, title: '支付值班群', members: ['mei', 'tom', 'old', 'guest'] },
      { conversationId: quiet, title: '无机器人', members: ['mei'], hasRobot: false },
    ],
    cardTemplates: [{ id: template, exported: exportedTemplate }],
    groupTemplates: ['incident-template'],
    limits: 'off',
    ...rest,
    app: {
      clientId: 'dingclient',
      clientSecret: 'shhh',
      robotCode: 'dingrobot',
      robotName: 'Astern',
      scopes: allScopes,
      ...app,
    },
  }
}

const running: Workspace[] = []
const sockets: wsTypes.WebSocket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  for (const workspace of running.splice(0)) await workspace.close()
})

/** A running organisation, closed after the test. */
export async function started(change: SetupChange = {}): Promise<Workspace> {
  const workspace = await startDingTalk(setup(change))
  running.push(workspace)
  return workspace
}

/** What came back over HTTP. */
export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Calls as the bot would, with a token of its own unless another is given. */
export class Caller {
  readonly workspace: Workspace
  private token: string | undefined

  constructor(workspace: Workspace) {
    this.workspace = workspace
  }

  async call(name: string, body: unknown, token?: string): Promise<Answered> {
    const [method = 'POST', path = ''] = name.split(' ')
    return answered(
      await fetch(`${this.workspace.url}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'x-acs-dingtalk-access-token': token ?? (await this.accessToken()),
        },
        body: JSON.stringify(body),
      }),
    )
  }

  /** The same as an old interface takes it: the token in the address. */
  async old(path: string, query: Record<string, string>, body: FormData | object): Promise<Answered> {
    const search = new URLSearchParams({ access_token: await this.accessToken(), ...query })
    const isForm = body instanceof FormData
    return answered(
      await fetch(`${this.workspace.url}${path}?${search}`, {
        method: 'POST',
        ...(isForm ? { body } : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    )
  }

  async accessToken(): Promise<string> {
    if (this.token !== undefined) return this.token
    const response = await fetch(`${this.workspace.url}/v1.0/oauth2/accessToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appKey: 'dingclient', appSecret: 'shhh' }),
    })
    const { accessToken } = (await response.json()) as { accessToken: string }
    this.token = accessToken
    return accessToken
  }
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** A running organisation and somebody who calls it. */
export async function callable(change: SetupChange = {}): Promise<{ workspace: Workspace; caller: Caller }> {
  const workspace = await started(change)
  return { workspace, caller: new Caller(workspace) }
}

const everything = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
  { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
]

/** One frame as it came over a stream, its data parsed. */
export interface Got {
  readonly type: string
  readonly topic: string
  readonly messageId: string
  readonly headers: Record<string, string>
  readonly data: Record<string, unknown>
}

/** A bare stream client that answers pings, and nothing else unless told how. */
export interface Stream {
  readonly socket: wsTypes.WebSocket
  readonly got: Got[]
  /** Resolves with the next frame of a topic, those that came before included; each once. */
  readonly next: (topic: string) => Promise<Got>
  readonly reply: (to: Got, data: unknown, code?: number) => void
  readonly closed: Promise<void>
}

export async function ticketFor(workspace: Workspace, subscriptions: readonly unknown[] = everything): Promise<string> {
  const { body } = await new Caller(workspace).call(api.open, {
    clientId: 'dingclient',
    clientSecret: 'shhh',
    subscriptions,
    ua: '',
  })
  return `${String(body.endpoint)}?ticket=${String(body.ticket)}`
}

export async function stream(workspace: Workspace, options: { pings?: 'answer' | 'ignore' } = {}): Promise<Stream> {
  const socket = new WebSocket(await ticketFor(workspace))
  sockets.push(socket)
  const got: Got[] = []
  const wanted: { topic: string; resolve: (got: Got) => void }[] = []
  const unread: Got[] = []
  const reply = (to: Got, data: unknown, code = 200): void =>
    socket.send(
      JSON.stringify({
        code,
        headers: { contentType: 'application/json', messageId: to.messageId },
        message: 'OK',
        data: JSON.stringify(data),
      }),
    )
  socket.on('message', (raw) => {
    const frame = JSON.parse(String(raw))
    const { topic, messageId } = frame.headers
    const one: Got = { type: frame.type, topic, messageId, headers: frame.headers, data: JSON.parse(frame.data) }
    got.push(one)
    if (topic === 'ping' && options.pings !== 'ignore') reply(one, one.data)
    const index = wanted.findIndex((waiting) => waiting.topic === topic)
    if (index >= 0) wanted.splice(index, 1)[0]?.resolve(one)
    else unread.push(one)
  })
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('error', reject)
  })
  const next = (topic: string): Promise<Got> => {
    const index = unread.findIndex((one) => one.topic === topic)
    const found = index >= 0 ? unread.splice(index, 1)[0] : undefined
    return found ? Promise.resolve(found) : new Promise((resolve) => wanted.push({ topic, resolve }))
  }
  return { socket, got, next, reply, closed }
}

/** A body that makes a card in the group. */
export function cardBody(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    cardTemplateId: template,
    outTrackId: 'card-1',
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: { cardParamMap: { title: 'R-42', body: '**等待审批**', state: 'waiting' } },
    openSpaceId: `dtv1.card//IM_GROUP.${group}`,
    imGroupOpenSpaceModel: { supportForward: false },
    imGroupOpenDeliverModel: { robotCode: 'dingrobot' },
    ...change,
  }
}
