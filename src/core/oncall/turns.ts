import { dayMs, dayOf, wallOf, type Zone } from '../wall-clock.ts'
import type { Layer } from './schedule.ts'
import { worksOn } from './windows.ts'

/** One turn of a layer: who is next changes at its end. Epoch milliseconds, half-open. */
export interface Turn {
  /** From 0. */
  readonly number: number
  readonly from: number
  readonly to: number
}

/** The turns of a layer, the first one at its start. */
export interface Turns {
  readonly start: number
  /** The turn around an instant that is not before the start. A turn that a skipped date left empty is never answered. */
  at(instant: number): Turn
}

export function turnsOf(layer: Pick<Layer, 'start' | 'every' | 'windows'>, zone: Zone): Turns {
  const wall = wallOf(layer.start)
  const start = zone.first(wall)
  const { unit, count } = layer.every
  if (unit === 'hours') {
    const length = count * 3_600_000
    const at = (instant: number) => {
      const number = Math.floor((instant - start) / length)
      return { number, from: start + number * length, to: start + (number + 1) * length }
    }
    return { start, at }
  }
  const { handOff, guess } = calendar(layer, wall)
  const begins = (number: number): number => (number === 0 ? start : zone.first(handOff(number)))
  const at = (instant: number): Turn => {
    let number = Math.max(0, guess(zone.wall(instant)))
    while (number > 0 && begins(number) > instant) number -= 1
    while (begins(number + 1) <= instant) number += 1
    return { number, from: begins(number), to: begins(number + 1) }
  }
  return { start, at }
}

interface Calendar {
  /** When turn `number` begins, by the clock. */
  handOff(number: number): number
  /** The turn of a wall-clock time, or one near it. */
  guess(wall: number): number
}

function calendar({ every: { unit, count }, windows }: Pick<Layer, 'every' | 'windows'>, start: number): Calendar {
  const days = (wall: number) => dayOf(wall) - dayOf(start)
  if (unit === 'months') {
    const first = new Date(start)
    const begins = Temporal.PlainDate.from({
      year: first.getUTCFullYear(),
      month: first.getUTCMonth() + 1,
      day: first.getUTCDate(),
    })
    const epoch = Temporal.PlainDate.from('1970-01-01')
    return {
      // From the first one each time: the 31st comes back after a short month.
      handOff: (number) => epoch.until(begins.add({ months: number * count })).days * dayMs + (start % dayMs),
      guess: (wall) => Math.floor(days(wall) / 30.5 / count),
    }
  }
  if (unit === 'weeks') {
    const length = 7 * count
    return {
      handOff: (number) => start + number * length * dayMs,
      guess: (wall) => Math.floor(days(wall) / length),
    }
  }
  const week = [0, 1, 2, 3, 4, 5, 6].filter((day) => worksOn(windows, start + day * dayMs))
  const perWeek = week.length
  return {
    handOff: (number) => {
      const nth = number * count
      return start + (Math.floor(nth / perWeek) * 7 + (week[nth % perWeek] ?? 0)) * dayMs
    },
    guess: (wall) => Math.floor((Math.floor(days(wall) / 7) * perWeek) / count),
  }
}
