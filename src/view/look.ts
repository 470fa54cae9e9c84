import type { Freeze } from '../core/freeze/freeze.ts'
import type { Candidate, RegionLook } from '../core/release/candidates.ts'
import type { Wording } from '../core/wording.ts'

/** What somebody who asks for a service is shown. */
export interface Look {
  readonly service: string
  readonly environment: string
  readonly regions: readonly RegionLook[]
  readonly candidates: readonly Candidate[]
  readonly suggested: Candidate | null
  /** Why that one. */
  readonly reason: Wording
  readonly now: string
  /** That stand there, the one that ends last first. */
  readonly freezes: readonly Freeze[]
}
