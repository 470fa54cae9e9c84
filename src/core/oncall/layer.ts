import { wallOf, type Zone } from '../wall-clock.ts'
import type { Layer } from './schedule.ts'
import { type Turn, turnsOf } from './turns.ts'
import { dutyAt, openWindows } from './windows.ts'

/** What a layer says around an instant, from when to when; no turn: it is nobody's. Epoch milliseconds, half-open. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly turn: Turn | null
}

/** A layer that can be asked. Answers in order of time cost next to nothing: the last one is kept. */
export interface Asked {
  readonly layer: Layer
  readonly zone: Zone
  at(instant: number): Piece
}

export function askable(layer: Layer, zone: Zone): Asked {
  const turns = turnsOf(layer, zone)
  const end = layer.end === null ? Number.POSITIVE_INFINITY : zone.first(wallOf(layer.end))
  const always = layer.windows.length === 0
  const onDay = openWindows(layer.windows, zone)
  const { start } = turns

  function find(instant: number): Piece {
    if (instant >= end) return { from: end, to: Number.POSITIVE_INFINITY, turn: null }
    if (instant < start) {
      const first = find(start)
      return { from: Number.NEGATIVE_INFINITY, to: first.turn ? start : first.to, turn: null }
    }
    const turn = turns.at(instant)
    if (always) return { from: turn.from, to: Math.min(turn.to, end), turn }
    const duty = dutyAt(onDay, zone, instant, turn)
    if (duty.on) return { from: Math.max(turn.from, duty.from), to: Math.min(turn.to, duty.to, end), turn }
    const none = { from: duty.from <= start ? Number.NEGATIVE_INFINITY : duty.from, turn: null }
    return { ...none, to: duty.to >= end ? Number.POSITIVE_INFINITY : duty.to }
  }

  let last: Piece = { from: 0, to: 0, turn: null }
  const at = (instant: number): Piece => {
    if (instant < last.from || instant >= last.to) last = find(instant)
    return last
  }
  return { layer, zone, at }
}
