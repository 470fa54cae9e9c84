import type { Wire } from '../store/wire.ts'
import type { Channel, World } from '../store/world.ts'
import type { Delivery, DeliveryError, Receipt, Transport } from './transport.ts'

const slackRetryMs = [0, 60_000, 300_000]

/** One event and what became of its deliveries. */
export interface EventRecord {
  readonly eventId: string
  readonly payload: Wire
  readonly receipts: Receipt[]
}

const messageTypes: Readonly<Record<string, string>> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
}

const reasons: Readonly<Record<DeliveryError, string>> = {
  operation_timeout: 'timeout',
  http_service_error: 'http_error',
  dispatch_failed: 'connection_failed',
}

/** Sends Events API payloads to the app: only subscribed types, only from channels the bot is in; redelivers. */
export class EventSender {
  private readonly world: World
  private readonly transport: () => Transport
  private readonly retryMs: readonly number[]
  private readonly records: EventRecord[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private duplicates = 0
  private held: { size: number; events: EventRecord[] } | undefined
  private closed = false

  constructor(world: World, transport: () => Transport, retryMs: readonly number[] | undefined) {
    this.world = world
    this.transport = transport
    this.retryMs = retryMs ?? slackRetryMs
  }

  /** Tells the app about an event if it subscribed to it and may see its channel. */
  publish(event: Wire, channel?: Channel): void {
    if (!this.isSubscribed(event)) return
    if (channel && !channel.members.has(this.world.botUser)) return
    const record: EventRecord = { eventId: this.world.ids.id('Ev'), payload: {}, receipts: [] }
    Object.assign(record.payload, this.outer(event, record.eventId, channel))
    this.records.push(record)
    if (this.held) {
      this.held.events.push(record)
      if (this.held.events.length >= this.held.size) this.release()
      return
    }
    this.start(record)
  }

  /** Delivers each of the next `count` events twice. */
  duplicateNext(count: number): void {
    this.duplicates += count
  }

  /** Holds the next `count` events and delivers them last first. */
  reverseNext(count: number): void {
    this.held = { size: count, events: [] }
  }

  /** Delivers an event again, as Slack does when it is unsure. */
  async redeliver(eventId: string): Promise<Receipt | undefined> {
    const record = this.records.find((one) => one.eventId === eventId)
    return record && (await this.attempt(record, 1, 'timeout'))
  }

  all(): readonly EventRecord[] {
    return [...this.records]
  }

  close(): void {
    this.closed = true
    for (const timer of this.timers) clearTimeout(timer)
  }

  private release(): void {
    const events = this.held?.events ?? []
    this.held = undefined
    for (const record of events.reverse()) this.start(record)
  }

  private isSubscribed(event: Wire): boolean {
    const type = event.type === 'message' ? messageTypes[String(event.channel_type)] : event.type
    return typeof type === 'string' && this.world.app.events.includes(type)
  }

  private outer(event: Wire, eventId: string, channel: Channel | undefined): Wire {
    const { app, team, botUser } = this.world
    const authorization = { team_id: team.id, user_id: botUser, is_bot: true, is_enterprise_install: false }
    return {
      token: 'verification',
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: app.appId,
      event: { event_ts: this.world.nextTs(), ...event },
      type: 'event_callback',
      event_id: eventId,
      event_time: this.world.seconds(),
      authorizations: [{ enterprise_id: null, ...authorization }],
      is_ext_shared_channel: channel?.isExtShared ?? false,
      event_context: `4-${this.world.ids.token(24)}`,
    }
  }

  private start(record: EventRecord): void {
    const twice = this.duplicates > 0
    if (twice) this.duplicates--
    void this.run(record, 0)
    if (twice) void this.attempt(record, 0)
  }

  private async run(record: EventRecord, retried: number): Promise<void> {
    const receipt = await this.attempt(record, retried, reasons[record.receipts.at(-1)?.error ?? 'operation_timeout'])
    const pauseMs = this.retryMs[retried]
    if (receipt.acked || receipt.noRetry || pauseMs === undefined || this.closed) return
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      void this.run(record, retried + 1)
    }, pauseMs)
    this.timers.add(timer)
  }

  private async attempt(record: EventRecord, retried: number, reason = ''): Promise<Receipt> {
    const delivery: Delivery = { kind: 'events_api', payload: record.payload, acceptsResponse: false }
    const receipt = await this.transport().send(delivery, retried > 0 ? { number: retried, reason } : undefined)
    record.receipts.push(receipt)
    return receipt
  }
}
