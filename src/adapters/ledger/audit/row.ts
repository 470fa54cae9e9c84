import type { Envelope } from '../chain.ts'

/** An event as a database gave it: of any type, since somebody may have changed it. */
export type AuditRow = { readonly position: number } & {
  readonly [Column in (typeof columns)[number]]: unknown
}

const columns = [
  'stream',
  'first',
  'version',
  'at',
  'config',
  'type',
  'v',
  'dedupe',
  'digest',
  'hash',
  'salt',
  'payload',
] as const

/** The row in the shape it was written in; digests in hex. */
export interface ReadRow {
  readonly envelope: Envelope
  readonly hash: string
  /** Null when erased. */
  readonly sealed: { readonly salt: string; readonly payload: string } | null
}

/** Null when any column has a shape that is never written. */
export function readRow(row: AuditRow): ReadRow | null {
  const { position, stream, first, version, at, config, type, v, dedupe, salt, payload } = row
  const digest = hex(row.digest)
  const hash = hex(row.hash)
  if (digest === null || hash === null || typeof version !== 'number' || typeof v !== 'number') return null
  if (typeof first !== 'number') return null
  if (typeof stream !== 'string' || typeof at !== 'string' || typeof config !== 'string') return null
  if (typeof type !== 'string' || (dedupe !== null && typeof dedupe !== 'string')) return null
  const envelope = { position, stream, first, version, at, config, type, v, dedupe, digest }
  if (salt === null && payload === null) return { envelope, hash, sealed: null }
  const saltHex = hex(salt)
  if (saltHex === null || typeof payload !== 'string') return null
  return { envelope, hash, sealed: { salt: saltHex, payload } }
}

const hex = (bytes: unknown): string | null =>
  bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex') : null
