import type { IncomingMessage, ServerResponse } from 'node:http'
import { LocalServer } from '../local-server.ts'
import { Faults } from '../misfortune.ts'
import { type EventRecord, EventSender } from './gateway/events.ts'
import { type Farewell, Hub, type Push } from './gateway/hub.ts'
import { askApi } from './open-api/api.ts'
import { CallLog, type CallRecord } from './open-api/call-log.ts'
import { exchange } from './open-api/exchange.ts'
import type { Fault, FaultedCall, FaultRule } from './open-api/faults.ts'
import { askOld } from './open-api/old.ts'
import { Quota } from './open-api/quota.ts'
import { allApis } from './open-api/table.ts'
import { Tokens } from './open-api/tokens.ts'
import { Person } from './people/person.ts'
import type { DingTalkSetup, PersonSetup } from './setup.ts'
import type { Change } from './store/changes.ts'
import { directConversation } from './store/conversations.ts'
import type { Wire } from './store/wire.ts'
import { type Card, type Conversation, type Ding, type Media, type Message, World } from './store/world.ts'

const mostBytes = 32 * 1024 * 1024

/** A running organisation: what the bot talks to, what people do in it, what can be seen and broken. */
export class Workspace {
  /** Everything in it, for reading. */
  readonly world: World
  private readonly hub: Hub
  private readonly events: EventSender
  private readonly server: LocalServer
  private readonly log: CallLog
  private readonly tokens: Tokens
  private readonly quota: Quota
  private readonly apis: ReturnType<typeof allApis>
  private readonly faults = new Faults<FaultedCall, Fault>()

  constructor(setup: DingTalkSetup) {
    const world = new World(setup)
    this.world = world
    this.hub = new Hub(world)
    this.events = new EventSender(world, this.hub)
    this.log = new CallLog(world.changes)
    this.tokens = new Tokens(world)
    this.quota = new Quota(world)
    this.apis = allApis(this.tokens, this.hub.tickets)
    const routes = { request: this.route.bind(this), upgrade: this.hub.upgrade.bind(this.hub) }
    this.server = new LocalServer(routes, setup.port ?? 0)
  }

  /** Starts listening. */
  async start(): Promise<this> {
    this.world.origin = await this.server.listen()
    return this
  }

  /** The address of `api.dingtalk.com` and of `oapi.dingtalk.com`, without a slash at its end. */
  get url(): string {
    return this.world.origin
  }

  async close(): Promise<void> {
    this.events.close()
    await this.hub.close()
    this.world.changes.close()
    await this.server.stop()
  }

  /** What this person can do. */
  as(userId: string): Person {
    return new Person(this.world, this.hub, userId)
  }

  /** A conversation by id. */
  conversation(id: string): Conversation {
    const found = this.world.conversations.get(id)
    if (!found) throw new RangeError(`there is no conversation ${id}`)
    return found
  }

  conversations(): Conversation[] {
    return [...this.world.conversations.values()]
  }

  /** All messages of a conversation, oldest first, recalled ones included. */
  messages(conversation: string): readonly Message[] {
    return this.conversation(conversation).messages
  }

  /** The robot's conversation with a person, oldest first. */
  directMessages(userId: string): readonly Message[] {
    return directConversation(this.world, userId).messages
  }

  card(id: string): Card | undefined {
    return this.world.cards.get(id)
  }

  cards(): Card[] {
    return [...this.world.cards.values()]
  }

  /** What rang, oldest first. */
  dings(): readonly Ding[] {
    return [...this.world.dings]
  }

  media(id: string): Media | undefined {
    return this.world.media.get(id)
  }

  /** Calls back for each change; returns how to stop. */
  onChange(listener: (change: Change) => void): () => void {
    return this.world.changes.on(listener)
  }

  /** Every call so far, or those of one interface: `PUT /v1.0/card/instances`. */
  calls(api?: string): readonly CallRecord[] {
    const all = this.log.all()
    return api === undefined ? all : all.filter((call) => call.api === api)
  }

  /** How much of the month is used up, and what else was counted. */
  usage(): { readonly calls: number; readonly tokens: number } {
    return { calls: this.quota.used, tokens: this.tokens.asked }
  }

  /** Pretends that so many calls were made this month. */
  useQuota(calls: number): void {
    this.quota.use(calls)
  }

  /** Makes all tokens invalid. */
  revokeTokens(): void {
    this.tokens.revoke()
  }

  /** Grants the app other permission points from now on. */
  grant(scopes: readonly string[]): void {
    this.world.scopes = new Set(scopes)
  }

  /** Changes a person; who leaves is pushed to the app as `user_leave_org`. */
  changePerson(userId: string, change: Partial<Omit<PersonSetup, 'userId'>>): void {
    const person = this.world.people.get(userId)
    if (!person) throw new RangeError(`nobody has the userId ${userId}`)
    this.world.people.set(userId, { ...person, ...change })
    this.world.changes.emit({ kind: 'person', user: userId })
    if (change.hasLeft && !person.hasLeft)
      this.publish('user_leave_org', { timeStamp: String(this.world.now()), userId: [userId] })
  }

  /** Disbands a group. */
  disband(conversation: string): void {
    this.conversation(conversation).isDisbanded = true
    this.world.changes.emit({ kind: 'conversation', conversation })
  }

  /** Pushes an event until the app says SUCCESS. */
  publish(eventType: string, data: Wire): EventRecord {
    return this.events.publish(eventType, data)
  }

  eventLog(): readonly EventRecord[] {
    return this.events.all()
  }

  /** Every push that was due, with whether a connection took it. */
  pushes(): readonly Push[] {
    return this.hub.log()
  }

  /** Lets a rule spoil calls; returns how to take it away. */
  inject(rule: FaultRule): () => void {
    return this.faults.add(rule)
  }

  /** The server refuses connections and all streams are cut, until `up`. */
  async down(): Promise<void> {
    this.hub.end('cut')
    await this.server.stop()
  }

  async up(): Promise<void> {
    this.world.origin = await this.server.listen()
  }

  /** Ends the streams: `cut` at once, `disconnect` with DingTalk's goodbye and silence, `mute` in silence for ever. */
  endConnections(how: Farewell, reason?: string): void {
    this.hub.end(how, reason)
  }

  /** How many streams are open. */
  get connections(): number {
    return this.hub.count
  }

  /** Pings all streams now; those that did not answer the ping before are cut. */
  ping(): void {
    this.hub.probe()
  }

  /** Spoils pushes to come: messages and clicks that arrive twice or in another order, answers to clicks that get lost. */
  disturb(how: {
    duplicateMessages?: number
    duplicateClicks?: number
    loseAnswers?: number
    reverseNext?: number
  }): void {
    const { duplicateMessages = 0, duplicateClicks = 0, loseAnswers = 0, reverseNext = 0 } = how
    this.hub.spoiler.reverseNext(reverseNext)
    this.hub.spoiler.duplicateNext({ messages: duplicateMessages, clicks: duplicateClicks })
    this.hub.spoiler.loseNextAnswers(loseAnswers)
  }

  /** Sends anything at all over every stream, for what only a test would send. */
  sendRaw(text: string): void {
    this.hub.sendRaw(text)
  }

  private async route(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const bytes = await readBytes(request)
    const parts = { world: this.world, tokens: this.tokens, quota: this.quota }
    const asked =
      askOld(parts, request, url, bytes) ?? askApi({ ...parts, apis: this.apis }, request, url.pathname, bytes)
    await exchange({ world: this.world, faults: this.faults, log: this.log }, asked, request, response)
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > mostBytes) throw new RangeError('the body is too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** Starts a local DingTalk organisation on 127.0.0.1. */
export function startDingTalk(setup: DingTalkSetup): Promise<Workspace> {
  return new Workspace(setup).start()
}
