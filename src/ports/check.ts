import type { Evidence } from '../core/release/release.ts'

/** One look: a health endpoint, a TCP connect. Never throws for what it looks at; a bad answer is a result. */
export interface Check {
  /** What people call it, for example `GET http://…/healthz`. */
  readonly name: string
  run(signal: AbortSignal): Promise<CheckResult>
}

export interface CheckResult {
  readonly passed: boolean
  readonly tookMs: number
  readonly seen: Evidence
}
