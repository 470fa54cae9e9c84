import type { ChangeFeed } from '../store/changes.ts'
import type { Wire } from '../store/wire.ts'

/** One API call as it came and as it was answered. */
export interface CallRecord {
  readonly method: string
  /** Without the token. */
  readonly args: Wire
  /** Epoch milliseconds of its arrival. */
  readonly at: number
  /** HTTP status; 0 when the connection was cut. */
  readonly status: number
  /** What the call did and would have answered; absent when a fault kept it from running. */
  readonly result: Wire | undefined
  readonly fault?: string
}

/** Every API call since the start. */
export class CallLog {
  private readonly records: CallRecord[] = []
  private readonly changes: ChangeFeed

  constructor(changes: ChangeFeed) {
    this.changes = changes
  }

  add(record: CallRecord): void {
    const { token: _token, ...args } = record.args
    this.records.push({ ...record, args })
    this.changes.emit({ kind: 'call', method: record.method, ok: record.result?.ok === true })
  }

  all(): readonly CallRecord[] {
    return [...this.records]
  }
}
