import { Refusal, type Wire } from '../store/wire.ts'
import type { Arguments } from './arguments.ts'

/** One page of a list by `cursor` and `limit`, with `response_metadata.next_cursor` (empty on the last page). */
export function page<T>(
  args: Arguments,
  all: readonly T[],
  otherwise: number,
  most: number,
): { items: T[]; rest: Wire } {
  const limit = args.integer('limit', otherwise)
  if (limit < 1 || limit > most) throw new Refusal('invalid_limit')
  const start = readCursor(args.text('cursor'))
  if (start > all.length) throw new Refusal('invalid_cursor')
  const end = start + limit
  const next_cursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { items: all.slice(start, end), rest: { response_metadata: { next_cursor } } }
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())
  if (!match) throw new Refusal('invalid_cursor')
  return Number(match[1])
}
