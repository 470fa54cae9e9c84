import type { EventType, Recorded } from '../core/event.ts'
import { rollbackOf } from '../core/paging/state.ts'

/** One paging as often asked for. */
export interface PagingLine {
  readonly id: string
  readonly incident: string
  /** The rollback that waits for approval, or whose glass was broken. */
  readonly rollback: string | null
  /** People are being woken: nobody has it, and it is not over. */
  readonly ringing: boolean
  readonly over: boolean
  /** When somebody last answered it: an ISO instant. */
  readonly acknowledgedAt?: string
  /** Keys of pages whose pagers were not told yet that it is over. */
  readonly left: readonly string[]
}

/** The events this fold reads. */
export const pagingEvents = [
  'page.opened',
  'page.sent',
  'page.acknowledged',
  'page.calmed',
  'page.ended',
] as const satisfies readonly EventType[]

/** Folds one event into the pagings, by their ids. */
export function foldPagings(pagings: Map<string, PagingLine>, recorded: Recorded): void {
  const id = recorded.stream.startsWith('paging/') ? recorded.stream.slice('paging/'.length) : null
  const line = id === null ? null : fold(pagings.get(id), recorded)
  if (line) pagings.set(line.id, line)
}

/** Somebody is to be woken or told, or a pager is to be told that it is over. */
export const isRestless = ({ over, left }: PagingLine): boolean => !over || left.length > 0

function fold(line: PagingLine | undefined, { event, at }: Recorded): PagingLine | null {
  if (event.type === 'page.opened') {
    const { id, incident } = event.data
    const { left = [], acknowledgedAt } = line ?? {}
    const before = acknowledgedAt === undefined ? {} : { acknowledgedAt }
    return { id, incident, rollback: rollbackOf(id), ringing: true, over: false, left, ...before }
  }
  if (!line) return null
  switch (event.type) {
    case 'page.sent':
      return { ...line, left: [...new Set([...line.left, event.data.key])] }
    case 'page.acknowledged':
      return { ...line, ringing: false, acknowledgedAt: at }
    case 'page.calmed':
      return event.data.as === 'resolved' ? { ...line, left: line.left.filter((key) => key !== event.data.key) } : line
    case 'page.ended':
      return { ...line, ringing: false, over: true }
    default:
      return null
  }
}
