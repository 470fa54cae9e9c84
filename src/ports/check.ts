import type { PastMeasured } from '../core/release/lived.ts'
import type { Evidence } from '../core/release/release.ts'

/** What a check is told of the change that it follows. ISO instants. */
export interface CheckAbout {
  /** When the release that was left came to this region. */
  readonly releasedAt: string
  /** When somebody asked to go back. */
  readonly askedAt: string
  /** Since when the region is settled on what it went back to. */
  readonly settledAt: string
}

/** One look: a health endpoint, a TCP connect, a metric. Never throws for what it looks at; a bad answer is a result. */
export interface Check {
  /** What people call it, for example `GET http://…/healthz`. */
  readonly name: string
  /** So long after the region is settled it may need until nothing from before is in what it looks at. None where not given. */
  readonly needsMs?: number
  run(signal: AbortSignal, about: CheckAbout): Promise<CheckResult>
  /**
   * What it would have said between two instants (Unix milliseconds) that are over, by the limit of now; null where nothing of that time is kept. Absent where a
   * check keeps nothing. Throws Fault where it cannot be asked.
   */
  past?(span: { readonly fromMs: number; readonly toMs: number }, signal: AbortSignal): Promise<PastMeasured | null>
}

export interface CheckResult {
  readonly passed: boolean
  /** No later look can come to anything else. */
  readonly final?: true
  readonly tookMs: number
  readonly seen: Evidence
}
