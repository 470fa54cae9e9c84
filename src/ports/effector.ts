import type { Json } from '../core/canonical.ts'
import type { Variation } from '../core/drill/fault.ts'
import type { Evidence, Notice, Release } from '../core/release/release.ts'

/** One line of a preview: where, and how it changes. Values that may be secret are never in it: then only `changed`. */
export interface PreviewLine {
  readonly path: string
  readonly kind: 'changed' | 'added' | 'removed'
  readonly from?: string
  readonly to?: string
}

/** One exact thing that a target or action would do. Serialisable, free of secrets, valid across restarts. */
export interface Change {
  /** Digest of exactly what would be replaced. */
  readonly etag: string
  readonly preview: readonly PreviewLine[]
  readonly blockers: readonly Notice[]
  readonly warnings: readonly Notice[]
  /** True when what runs is already what is wanted: applying does nothing. */
  readonly alreadyThere: boolean
  /** What the adapter needs to apply, recall and undo it; opaque to all others. */
  readonly data: Json
}

/** Proof that the effect was accepted; opaque to all but its adapter. */
export interface Receipt {
  readonly at: string
  readonly data: Json
}

/** Where a change stands. `seen` is most telling first. */
export interface Settlement {
  readonly state: 'settled' | 'moving' | 'failed'
  readonly at: 'from' | 'to' | 'between' | 'elsewhere'
  readonly progress?: { readonly done: number; readonly of: number }
  readonly seen: readonly Evidence[]
}

/** Anything with an effect. The engine knows only this. */
export interface Effector<Intent> {
  /** No effect. Throws Fault when the facts cannot be had. */
  plan(intent: Intent, signal: AbortSignal): Promise<Change>
  /** Refuses with Fault `target.moved` (retry no) if the etag moved. The key travels to the vendor. */
  apply(change: Change, key: string, signal: AbortSignal): Promise<Receipt>
  /** Did the effect with this key happen? `unknown` only where nobody can know. */
  recall(change: Change, key: string, signal: AbortSignal): Promise<Receipt | 'never' | 'unknown'>
  /** Where the change stands now. Returns early when it settles or fails, at the latest after a few seconds with `moving`. */
  settled(change: Change, receipt: Receipt, signal: AbortSignal): Promise<Settlement>
}

/** What runs now on a target. */
export interface Snapshot {
  readonly release: Release
  readonly etag: string
  /** ISO instant of the last word from the vendor; a stale view says so. */
  readonly seenAt: string
  readonly stale: boolean
  readonly pods: { readonly wanted: number; readonly ready: number; readonly updated: number }
  /** Other writers and oddities people should know before they choose. */
  readonly notices: readonly Notice[]
}

export interface Target extends Effector<Release> {
  read(signal: AbortSignal): Promise<Snapshot>
  /** Newest first, without what runs now. */
  history(limit: number, signal: AbortSignal): Promise<readonly Release[]>
}

/** One finding of `doctor`. */
export interface Finding extends Notice {
  readonly state: 'works' | 'missing' | 'unknown'
}

/** One per cluster, server or account; targets are cheap handles on it. */
export interface Connection {
  doctor(signal: AbortSignal): Promise<readonly Finding[]>
  /** `unit` is the adapter's own validated description, for example `{ kind, namespace, name }`. */
  target(unit: Json): Target
  /**
   * A release that differs from what runs now on a unit as a drill asks; it can be planned and applied like any other. No effect.
   * Throws Fault (retry no) where there is nothing to vary. Absent where an adapter cannot.
   */
  variant?(unit: Json, variation: Variation, drill: string, signal: AbortSignal): Promise<Release>
  close(): Promise<void>
}
