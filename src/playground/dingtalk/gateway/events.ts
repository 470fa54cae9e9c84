import type { Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Hub } from './hub.ts'

/** An event that was due, and how often it was pushed. */
export interface EventRecord {
  readonly eventId: string
  readonly eventType: string
  readonly data: Wire
  pushes: number
  isTaken: boolean
}

/** Pushes the organisation's events, each again and again until the app says SUCCESS. */
export class EventSender {
  private readonly world: World
  private readonly hub: Hub
  private readonly records: EventRecord[] = []
  private readonly timers = new Set<NodeJS.Timeout>()
  private isClosed = false

  constructor(world: World, hub: Hub) {
    this.world = world
    this.hub = hub
  }

  /** For example `user_leave_org` with `{ userId: [..] }`. */
  publish(eventType: string, data: Wire): EventRecord {
    const record = { eventId: this.world.ids.hex(32), eventType, data, pushes: 0, isTaken: false }
    this.records.push(record)
    void this.push(record)
    return record
  }

  all(): readonly EventRecord[] {
    return [...this.records]
  }

  close(): void {
    this.isClosed = true
    for (const timer of this.timers) clearTimeout(timer)
  }

  /** Pushes once; and again after the pause, unless the app says SUCCESS until then. */
  private async push(record: EventRecord): Promise<void> {
    const retryMs = this.world.setup.eventRetryMs ?? 60_000
    const { eventId, eventType } = record
    const born = { eventBornTime: String(this.world.now()), eventUnifiedAppId: this.world.setup.app.clientId }
    const headers = { eventId, eventType, eventCorpId: this.world.corpId, ...born }
    record.pushes++
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      if (!record.isTaken && !this.isClosed) void this.push(record)
    }, retryMs)
    timer.unref()
    this.timers.add(timer)
    record.isTaken ||= await this.hub.tellEvent(headers, record.data, retryMs)
  }
}
