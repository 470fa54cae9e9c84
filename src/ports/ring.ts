import type { PersonId } from '../core/actor.ts'
import type { Finding } from './effector.ts'

/** How somebody is woken: a message to her alone, an alarm in the app, a text, a call. The later, the louder, and the dearer. */
export const waysToRing = ['message', 'app', 'sms', 'phone'] as const
export type WayToRing = (typeof waysToRing)[number]

/** What a chat can do beyond messages in rooms; a pager is made of it. It knows no keys: the same call twice rings twice. */
export interface Ring {
  /** Whether she has an account there. Asks nobody. */
  reaches(person: PersonId): boolean
  /** The platform's id of it, to take it back. Faults: retry `check` when it may have rung. */
  ring(person: PersonId, text: string, way: WayToRing, signal: AbortSignal): Promise<string>
  /** Takes it back where that is still of use. Harmless a second time. */
  hush(id: string, signal: AbortSignal): Promise<void>
  /** Whether this way is permitted and paid for. Rings nobody. */
  examine(way: WayToRing, signal: AbortSignal): Promise<Finding>
}
