import type { Config } from '../config/config.ts'
import type { Variation } from '../core/drill/fault.ts'
import type { Release } from '../core/release/release.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import type { Chat } from '../ports/chat.ts'
import type { Check } from '../ports/check.ts'
import type { Chance, Clock } from '../ports/clock.ts'
import type { Target } from '../ports/effector.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Log } from '../ports/log.ts'
import type { Monitor } from '../ports/monitor.ts'
import type { Pager } from '../ports/pager.ts'
import type { Registry } from '../ports/registry.ts'
import type { Store } from '../ports/store.ts'
import type { Desk } from '../projection/desk.ts'

/** A check with the name that plans and people use for it. */
export type NamedCheck = Check

/** What the connections of the configuration of the moment offer. */
export interface Estate {
  /** By target id; null when its connection could not be opened. */
  target(id: string): Target | null
  /** A bad release for a drill, as `Connection.variant` makes it; null where the target's connection is not open or cannot. */
  variant(id: string, variation: Variation, drill: string, signal: AbortSignal): Promise<Release | null>
  /** By `service/environment/region`. */
  checks(region: string): readonly NamedCheck[]
  /** What asks again in a region whether an alert still has reason to fire; null where its expression or a monitor is not known. */
  alertCheck(region: string, alert: AskedAlert): Check | null
  /**
   * When it began to be as an alert tells since `toldMs`, by the monitor that is asked there; null where it cannot tell. Unix milliseconds. Throws Fault.
   */
  alertBegan(region: string, alert: AskedAlert, toldMs: number, signal: AbortSignal): Promise<number | null>
  /** By its name in `monitors`. */
  monitor(name: string): Monitor | null
}

/** Everything a use case may ask and do. */
export interface World {
  readonly ledger: Ledger
  readonly store: Store
  readonly desk: Desk
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  readonly chats: ReadonlyMap<string, Chat>
  /** What wakes people, by name; the first one that reaches somebody is tried first. */
  readonly pagers: ReadonlyMap<string, Pager>
  readonly registry: Registry | null
  config(): Config
  estate(): Estate
  /** The whole address of a console page, with its capability. */
  link(path: string): string
  /** Resolves when the desk has folded everything up to a position. */
  caughtUp(position: number): Promise<void>
}

export const nowOf = (world: Pick<World, 'clock'>): string => world.clock.now().toString()
