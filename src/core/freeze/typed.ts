import type { BadTime } from '../typed-time.ts'
import { typedExample, typedReason, typedSections, typedWindow } from '../typed-window.ts'
import type { FreezeRefusal } from './refusal.ts'

/** What somebody typed after `/freeze`. */
export interface TypedFreeze {
  /** Services, environments, regions, or `all`. */
  readonly names: readonly string[]
  /** What stands after `in`. */
  readonly place: string | null
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly reason: string
}

type Refused =
  | Extract<FreezeRefusal, { refused: `freeze-${string}` }>
  | { readonly refused: 'no-reason' }
  | { readonly refused: 'usage' }

const longestDays = 366

/**
 * Reads `NAMES [in PLACE] [from TIME] (to TIME | for DURATION) reason TEXT`, in English or Chinese. Times without a zone are in
 * `timeZone`, the asker's own; a zone at one of the two times holds for the other too.
 */
export function typedFreeze(
  text: string,
  ground: { readonly now: Temporal.Instant; readonly timeZone: string },
): TypedFreeze | Refused {
  const { head, reason } = typedReason(text)
  const parts = typedSections(head)
  if (!parts || parts.names.length === 0 || (parts.to === null) === (parts.for === null)) return { refused: 'usage' }
  const window = typedWindow(parts, ground)
  if ('bad' in window) return wrongTime(window, ground)
  const { from, to } = window
  const no = wrongWindow(from, to, ground.now)
  if (no) return no
  if (reason === '') return { refused: 'no-reason' }
  return { names: parts.names, place: parts.in?.join(' ') ?? null, from, to, reason }
}

function wrongTime({ bad, word }: BadTime, ground: { now: Temporal.Instant; timeZone: string }): Refused {
  const { plain, zoned } = typedExample(ground.now, ground.timeZone)
  return bad === 'zone'
    ? { refused: 'freeze-zone', word, example: zoned }
    : { refused: 'freeze-when', word, example: plain }
}

function wrongWindow(from: Temporal.Instant, to: Temporal.Instant, now: Temporal.Instant): Refused | null {
  if (Temporal.Instant.compare(to, from) <= 0)
    return { refused: 'freeze-backwards', from: from.toString(), to: to.toString() }
  if (Temporal.Instant.compare(to, now) <= 0) return { refused: 'freeze-over', to: to.toString() }
  const days = Math.ceil(to.since(from).total('hours') / 24)
  return days > longestDays ? { refused: 'freeze-too-long', days } : null
}
