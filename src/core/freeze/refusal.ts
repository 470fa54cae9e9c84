import type { PersonId } from '../actor.ts'
import type { Freeze } from './freeze.ts'

/** Nothing may be released now, and no incident is open. `may`: who can override it with a reason. */
export interface Frozen {
  readonly refused: 'frozen'
  readonly freezes: readonly Pick<Freeze, 'id' | 'reason' | 'to'>[]
  readonly may: readonly PersonId[]
  readonly service: string
}

/** Every expected "no" about setting and lifting freezes. */
export type FreezeRefusal =
  | Frozen
  | { readonly refused: 'freeze-what'; readonly word: string; readonly nearest: readonly string[] }
  /** `word`: what is no time; `example`: a line that works. */
  | { readonly refused: 'freeze-when'; readonly word: string; readonly example: string }
  | { readonly refused: 'freeze-zone'; readonly word: string; readonly example: string }
  | { readonly refused: 'freeze-backwards'; readonly from: string; readonly to: string }
  | { readonly refused: 'freeze-over'; readonly to: string }
  | { readonly refused: 'freeze-too-long'; readonly days: number }
  | { readonly refused: 'may-not-freeze'; readonly may: readonly PersonId[] }
  | { readonly refused: 'freeze-unknown'; readonly id: string; readonly known: readonly string[] }
  /** It stands in the configuration or in a calendar: nobody lifts it from chat. */
  | { readonly refused: 'freeze-configured'; readonly id: string }
