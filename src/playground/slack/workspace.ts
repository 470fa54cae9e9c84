import type { IncomingMessage, ServerResponse } from 'node:http'
import { LocalServer } from '../local-server.ts'
import { Faults, send } from '../misfortune.ts'
import { type EventRecord, EventSender } from './delivery/events.ts'
import { RequestUrl } from './delivery/http.ts'
import { ResponseUrls } from './delivery/response-url.ts'
import { Spoiler } from './delivery/spoiler.ts'
import type { Receipt, Transport } from './delivery/transport.ts'
import { Person } from './people/person.ts'
import type { SlackSetup, UserSetup } from './setup.ts'
import { type DisconnectReason, SocketHub } from './socket/hub.ts'
import type { Change } from './store/changes.ts'
import { addSetupChannels, channelNamed } from './store/channels.ts'
import { userWire } from './store/users.ts'
import { Refusal, type Wire } from './store/wire.ts'
import { type Canvas, type Channel, type File, type Message, type Usergroup, type View, World } from './store/world.ts'
import { type ApiParts, askApi } from './web-api/api.ts'
import { CallLog, type CallRecord } from './web-api/call-log.ts'
import { type Asked, exchange } from './web-api/exchange.ts'
import type { Fault, FaultedCall, FaultRule } from './web-api/faults.ts'
import { RateLimits } from './web-api/limits.ts'
import { textReply } from './web-api/reply.ts'
import { readBody } from './web-api/request.ts'
import { allMethods } from './web-api/table.ts'
import { askDownload, askUpload } from './web-api/upload.ts'

const defaultPingMs = 10_000
const unreachable: Transport = { send: async () => ({ acked: false, ackMs: 0, error: 'dispatch_failed' }) }

/** A running workspace: what the bot talks to, what people do in it, what can be seen and broken. */
export class Workspace {
  /** Everything in it, for reading. */
  readonly world: World
  private readonly hub: SocketHub
  private readonly events: EventSender
  private readonly responseUrls: ResponseUrls
  private readonly server: LocalServer
  private readonly log: CallLog
  private readonly api: ApiParts
  private readonly faults = new Faults<FaultedCall, Fault>()
  private readonly spoiler = new Spoiler()
  private isDown = false
  private requestUrl: RequestUrl | undefined

  constructor(setup: SlackSetup) {
    const world = new World(setup)
    this.world = world
    this.hub = new SocketHub(world, setup.socketPingMs ?? defaultPingMs)
    this.responseUrls = new ResponseUrls(world)
    this.log = new CallLog(world.changes)
    this.events = new EventSender(world, () => this.transport(), setup.eventRetryMs)
    addSetupChannels(world, setup)
    world.publish = (event, channel) => this.events.publish(event, channel)
    if (setup.app.requestUrl) this.requestUrl = new RequestUrl(world, setup.app.requestUrl)
    this.api = {
      world,
      methods: allMethods(() => this.hub.openUrl()),
      limits: setup.limits === 'off' ? undefined : new RateLimits(world.now),
    }
    const routes = { request: this.route.bind(this), upgrade: this.hub.upgrade.bind(this.hub) }
    this.server = new LocalServer(routes, setup.port ?? 0)
  }

  /** Starts listening. */
  async start(): Promise<this> {
    this.world.origin = await this.server.listen()
    return this
  }

  /** The base address of the Web API, with its trailing slash: the bot's `slackApiUrl`. */
  get url(): string {
    return `${this.world.origin}/api/`
  }

  async close(): Promise<void> {
    this.events.close()
    await this.hub.close()
    this.world.changes.close()
    await this.server.stop()
  }

  /** What this user can do. Throws `Refusal` when there is no such user. */
  as(userId: string): Person {
    const deliver: Transport['send'] = (delivery) => this.spoiler.send(this.transport(), delivery)
    return new Person({ world: this.world, responseUrls: this.responseUrls, deliver }, userId)
  }

  /** Sets the app's request URL, as saving it in Slack's settings does; HTTP mode from then on. */
  async setRequestUrl(url: string): Promise<boolean> {
    this.requestUrl = new RequestUrl(this.world, url)
    return this.requestUrl.verify()
  }

  /** Every Web API call so far; `response_url`, `upload` and `download` count as methods. */
  calls(method?: string): readonly CallRecord[] {
    const all = this.log.all()
    return method === undefined ? all : all.filter((call) => call.method === method)
  }

  /** Every event that was due to the app, with what became of its deliveries. */
  eventLog(): readonly EventRecord[] {
    return this.events.all()
  }

  /** A channel by id or name. Throws `Refusal` when there is none. */
  channel(idOrName: string): Channel {
    const channel = channelNamed(this.world, idOrName)
    if (!channel) throw new Refusal('channel_not_found')
    return channel
  }

  channels(): Channel[] {
    return [...this.world.channels.values()]
  }

  /** All messages of a channel, oldest first, replies included. */
  messages(channel: string): Message[] {
    return [...this.channel(channel).messages.values()]
  }

  message(channel: string, ts: string): Message | undefined {
    return this.channel(channel).messages.get(ts)
  }

  /** A thread's first message and its replies, oldest first. */
  thread(channel: string, ts: string): Message[] {
    return this.messages(channel).filter((message) => message.ts === ts || message.threadTs === ts)
  }

  /** Messages that only this user sees, oldest first. */
  ephemeral(user: string): Message[] {
    return this.world.ephemerals.filter((message) => message.ephemeralFor === user)
  }

  /** The user's open modal views, the one on top last. */
  views(user: string): View[] {
    const ids = this.world.stacks.get(user) ?? []
    return ids.map((id) => this.world.views.get(id)).filter((view) => view !== undefined)
  }

  home(user: string): View | undefined {
    return this.world.views.get(this.world.homes.get(user) ?? '')
  }

  /** A user group with its members. Throws `Refusal` when there is none. */
  usergroup(id: string): Usergroup {
    const group = this.world.usergroups.get(id)
    if (!group) throw new Refusal('no_such_subteam')
    return group
  }

  canvas(id: string): Canvas | undefined {
    return this.world.canvases.get(id)
  }

  canvases(): Canvas[] {
    return [...this.world.canvases.values()]
  }

  files(): File[] {
    return [...this.world.files.values()].filter((file) => file.complete)
  }

  /** Every change from now on. */
  changes(): AsyncGenerator<Change, void, undefined> {
    return this.world.changes.read()
  }

  /** Calls back for each change; returns how to stop. */
  onChange(listener: (change: Change) => void): () => void {
    return this.world.changes.on(listener)
  }

  /** Changes a user (deactivated, made a guest…), with the `user_change` event. */
  changeUser(id: string, change: Partial<UserSetup>): void {
    const user = this.world.users.get(id)
    if (!user) throw new Refusal('user_not_found')
    user.setup = { ...user.setup, ...change }
    user.updated = this.world.seconds()
    this.world.publish({ type: 'user_change', user: userWire(this.world, user), cache_ts: user.updated })
    this.world.changes.emit({ kind: 'user', user: id })
  }

  /** Lets a rule spoil API calls; returns how to take it away. */
  inject(rule: FaultRule): () => void {
    return this.faults.add(rule)
  }

  /** The API refuses connections, all sockets are cut and nothing is delivered, until `up`. */
  async down(): Promise<void> {
    this.isDown = true
    this.hub.cut()
    await this.server.stop()
  }

  async up(): Promise<void> {
    this.world.origin = await this.server.listen()
    this.isDown = false
  }

  /** Ends the sockets: with Slack's `disconnect` message for a reason, without a word for `cut`. */
  cutSockets(reason: DisconnectReason | 'cut' = 'cut'): void {
    if (reason === 'cut') this.hub.cut()
    else this.hub.disconnect(reason)
  }

  /** How many Socket Mode connections are open. */
  get sockets(): number {
    return this.hub.count
  }

  /**
   * Spoils what is to come: the next so many events twice or in reverse order; the next so many commands and
   * interactions twice, or with their acknowledgement lost.
   */
  disturb(how: { duplicateNext?: number; reverseNext?: number; duplicateActions?: number; loseAcks?: number }): void {
    if (how.duplicateNext) this.events.duplicateNext(how.duplicateNext)
    if (how.reverseNext) this.events.reverseNext(how.reverseNext)
    if (how.duplicateActions) this.spoiler.duplicateNext(how.duplicateActions)
    if (how.loseAcks) this.spoiler.loseNextAcks(how.loseAcks)
  }

  /** Delivers an event once more. */
  async redeliver(eventId: string): Promise<Receipt | undefined> {
    return this.events.redeliver(eventId)
  }

  /** The envelope with which Slack says that the app gets too many events: it has no inner `event`. */
  async appRateLimited(): Promise<Receipt> {
    const minute_rate_limited = Math.floor(this.world.seconds() / 60) * 60
    const { team, app } = this.world
    const payload: Wire = { token: 'verification', type: 'app_rate_limited', team_id: team.id, api_app_id: app.appId }
    Object.assign(payload, { minute_rate_limited })
    return this.transport().send({ kind: 'events_api', payload, acceptsResponse: false })
  }

  private transport(): Transport {
    if (this.isDown) return unreachable
    return this.requestUrl ?? this.hub
  }

  private async route(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body = await readBody(request)
    const asked = this.ask(request, url, body)
    if (!asked) return send(response, textReply(404, 'not found'))
    await exchange({ world: this.world, faults: this.faults, log: this.log }, asked, request, response)
  }

  private ask(request: IncomingMessage, url: URL, body: Buffer): Asked | undefined {
    if (url.pathname.startsWith('/api/')) return askApi(this.api, request, url, body)
    if (url.pathname.startsWith('/actions/')) return this.responseUrls.ask(request, url, body)
    if (url.pathname.startsWith('/upload/')) return askUpload(this.world, request, url, body)
    if (url.pathname.startsWith('/files-pri/')) return askDownload(this.world, request, url)
    return undefined
  }
}

/** Starts a local Slack workspace on 127.0.0.1. */
export function startSlack(setup: SlackSetup): Promise<Workspace> {
  return new Workspace(setup).start()
}
