import type { Json } from '../core/canonical.ts'

/** One message or page that is to stand somewhere: what is wanted and what was delivered. */
export interface OutboxRow {
  /** Names the view and the conversation; travels with the message so that it can be found again. */
  readonly key: string
  readonly chat: string
  /** What to render: opaque to the store. */
  readonly spec: Json
  /** Ledger position that last asked for a (new) rendering. */
  readonly wanted: number
  /** Position the delivered rendering was made at; 0 = never delivered. */
  readonly delivered: number
  /** Digest of the delivered rendering, to skip sending the same again. */
  readonly digest: string | null
  /** The platform's message id and conversation, once known. */
  readonly ref: Json | null
  /** True from just before a first send until its outcome is known: after a crash look for the message before sending again. */
  readonly sending: boolean
  readonly failures: number
}

/** Beside the ledger, never history: all of it can be rebuilt or done without. */
export interface Store {
  outbox: OutboxStore
  templates: TemplateStore
  /** Small named values: cursors of projections, cached looks. */
  values: ValueStore
}

export interface OutboxStore {
  /** Upserts rows (wanted = max) and moves the cursor, in one transaction. */
  want(rows: readonly { key: string; chat: string; spec: Json; wanted: number }[], cursor: number): void
  /** Called after rows were wanted, whoever wanted them. Returns the way to stop. */
  follow(listener: () => void): () => void
  cursor(): number
  /** Rows with wanted > delivered, oldest wish first. */
  due(limit: number): readonly OutboxRow[]
  get(key: string): OutboxRow | null
  /** Resolves once the mark is durable. */
  sending(key: string): Promise<void>
  delivered(key: string, at: { position: number; digest: string; ref: Json }): void
  failed(key: string): void
}

/** Pod templates and their like may hold secrets: encrypted at rest, found by the digest of their content. */
export interface TemplateStore {
  put(digest: string, template: Json): void
  get(digest: string): Json | null
}

export interface ValueStore {
  get(name: string): Json | null
  set(name: string, value: Json): void
}
