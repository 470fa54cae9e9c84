import type { FreezeEvent } from '../core/freeze/events.ts'
import type { Freeze } from '../core/freeze/freeze.ts'

/** One time that a freeze calendar names. */
export interface FreezeWindow {
  readonly from: string
  readonly to: string
  readonly summary: string
}

export interface FreezeTables {
  /** Those that people set and nobody lifted. */
  readonly freezes: Map<string, Freeze>
  /** Calendar → what it said when it was last read. */
  readonly freezeCalendars: Map<string, readonly FreezeWindow[]>
}

export function foldFreeze({ freezes, freezeCalendars }: FreezeTables, event: FreezeEvent): void {
  switch (event.type) {
    case 'freeze.set':
      freezes.set(event.data.id, event.data)
      break
    case 'freeze.lifted':
      freezes.delete(event.data.id)
      break
    case 'freeze.calendar-read':
      freezeCalendars.set(event.data.calendar, event.data.windows)
      break
    case 'freeze.overridden':
      break
  }
}
