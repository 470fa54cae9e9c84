/** The columns as better-sqlite3 gives and takes them. */
export interface Tables {
  event: EventRow
  outbox: OutboxColumns
  template: { digest: string; key: string; nonce: Uint8Array; body: Uint8Array }
  value: { name: string; json: string }
}

export interface EventRow {
  position: number
  stream: string
  /** The position of the stream's first event: the stream, in few bytes, and those of late lie side by side. */
  first: number
  version: number
  at: string
  config: string
  type: string
  v: number
  dedupe: string | null
  digest: Uint8Array
  hash: Uint8Array
  /** Both null once erased. */
  salt: Uint8Array | null
  payload: string | null
}

export interface OutboxColumns {
  key: string
  chat: string
  spec: string
  wanted: number
  delivered: number
  digest: string | null
  ref: string | null
  sending: number
  failures: number
}
