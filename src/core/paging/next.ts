import type { PersonId } from '../actor.ts'
import type { Why } from './events.ts'
import { isRinging, type Paging, type Raised, type Sent } from './state.ts'

/** One page that is due. */
export interface Due {
  readonly person: PersonId
  readonly level: number
  /** 0 for the first time, then each repeat. */
  readonly round: number
  /** Since when. */
  readonly at: string
}

export interface Next {
  /** The level whose turn has come; the number of levels when everybody was paged in vain. */
  readonly raise: { readonly level: number; readonly why: Why } | null
  readonly send: readonly Due[]
  /** Pagers that are to be told that somebody has it, or that it is over. */
  readonly calm: readonly { readonly sent: Sent; readonly as: 'acknowledged' | 'resolved' }[]
  /** Nothing to do before this instant, unless something happens. */
  readonly waitUntil: string | null
}

const idle: Next = { raise: null, send: [], calm: [], waitUntil: null }

/** Pure: what is due for a paging at an instant. What was missed while nobody looked is not made up for: only the newest is sent. */
export function next(state: Paging, now: string): Next {
  if (!isRinging(state)) return { ...idle, calm: toCalm(state) }
  const nowMs = msOf(now)
  const turn = nextTurn(state)
  const raise = turn && turn.atMs <= nowMs ? { level: turn.level, why: turn.why } : null
  const times = state.raised.flatMap((raised) => raised.people.map((person) => timesOf(state, raised, person)))
  const send = times
    .flatMap((all) => {
      const due = all.filter((one) => one.atMs <= nowMs).at(-1)
      return due && !isDone(state, due) ? [due] : []
    })
    .map(({ atMs: _, ...due }) => due)
  const later = [...(turn && !raise ? [turn.atMs] : []), ...times.flat().map(({ atMs }) => atMs)].filter(
    (atMs) => atMs > nowMs,
  )
  const waitUntil = later.length > 0 ? instant(Math.min(...later)) : null
  return { raise, send, calm: toCalm(state), waitUntil }
}

interface Turn {
  readonly level: number
  readonly atMs: number
  readonly why: Why
}

/** When the next level has its turn; null once there is none left, or while everybody of this one sleeps until the morning. */
function nextTurn(state: Paging): Turn | null {
  const { levels, delayMs } = state.escalation
  const last = state.raised.at(-1)
  if (!last) return { level: 0, atMs: msOf(state.openedAt) + delayMs, why: 'opened' }
  // That somebody broke the glass is told once.
  if (state.exhaustedAt || state.about === 'glass') return null
  const level = last.level + 1
  const raisedMs = msOf(last.at)
  if (last.empty === 'vacant' || last.empty === 'asleep') return { level, atMs: raisedMs, why: last.empty }
  if (last.empty === 'paged') return { level, atMs: raisedMs, why: 'unacknowledged' }
  const waitMs = levels[last.level]?.waitMs ?? 0
  // They are there already: they get the same time as those who are woken.
  if (last.empty) return { level, atMs: raisedMs + waitMs, why: 'unacknowledged' }
  if (last.people.every((person) => isLost(state, last, person))) return { level, atMs: raisedMs, why: 'unreachable' }
  // Those who answer in the night are waited for; where all of them sleep, the time runs from the morning.
  const begins = last.people.map((person) => msOf(last.deferred[person] ?? last.at))
  return { level, atMs: Math.min(...begins) + waitMs, why: 'unacknowledged' }
}

/** Every time at which one person of a level is to be paged, the first one first. */
function timesOf(state: Paging, raised: Raised, person: PersonId): (Due & { readonly atMs: number })[] {
  const { repeat } = state.escalation
  const beginMs = msOf(raised.deferred[person] ?? raised.at)
  const sleeps = raised.sleepsAt[person]
  const all = Array.from({ length: 1 + (repeat?.times ?? 0) }, (_, round) => {
    const atMs = beginMs + round * (repeat?.everyMs ?? 0)
    return { person, level: raised.level, round, at: instant(atMs), atMs }
  })
  return sleeps ? all.filter(({ round, atMs }) => round === 0 || atMs < msOf(sleeps)) : all
}

const isDone = (state: Paging, due: Due): boolean =>
  state.sent.some((sent) => sent.person === due.person && sent.level === due.level && sent.round === due.round) ||
  state.failed.some(({ key, final }) => final && key.endsWith(`/${due.level}/${due.round}/${due.person}`))

/** No pager has a way to her. */
const isLost = (state: Paging, raised: Raised, person: PersonId): boolean =>
  state.failed.some(({ key, final }) => final && key.endsWith(`/${raised.level}/0/${person}`)) &&
  !state.sent.some((sent) => sent.person === person && sent.level === raised.level)

function toCalm(state: Paging): Next['calm'] {
  const as = state.over ? 'resolved' : 'acknowledged'
  const due = isRinging(state) ? [] : state.sent.filter(({ calmed }) => calmed !== as && calmed !== 'resolved')
  return [
    ...due.map((sent) => ({ sent, as }) as const),
    ...state.former.filter(({ calmed }) => calmed !== 'resolved').map((sent) => ({ sent, as: 'resolved' }) as const),
  ]
}

const msOf = (at: string): number => Temporal.Instant.from(at).epochMilliseconds
const instant = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString()
