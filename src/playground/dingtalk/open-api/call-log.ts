import type { ChangeFeed } from '../store/changes.ts'
import type { Wire } from '../store/wire.ts'

/** One call as it came and as it was answered. */
export interface CallRecord {
  /** Method and path: `PUT /v1.0/card/instances`. */
  readonly api: string
  /** The body, without secrets. */
  readonly body: Wire
  /** Epoch milliseconds of its arrival. */
  readonly at: number
  /** HTTP status; 0 when the connection was cut. */
  readonly status: number
  /** What the call did and would have answered; absent when a fault kept it from running. */
  readonly result: Wire | undefined
  readonly fault?: string
}

const secrets = new Set(['appSecret', 'clientSecret'])

/** Every call since the start. */
export class CallLog {
  private readonly records: CallRecord[] = []
  private readonly changes: ChangeFeed

  constructor(changes: ChangeFeed) {
    this.changes = changes
  }

  add(record: CallRecord): void {
    const body = Object.fromEntries(Object.entries(record.body).filter(([name]) => !secrets.has(name)))
    this.records.push({ ...record, body })
    this.changes.emit({ kind: 'call', api: record.api, ok: record.status === 200 && record.fault === undefined })
  }

  all(): readonly CallRecord[] {
    return [...this.records]
  }
}
