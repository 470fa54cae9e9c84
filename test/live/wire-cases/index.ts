import { createCases } from './create.ts'
import { otherCases } from './other.ts'
import type { WireCase } from './parts.ts'
import { refuseCases } from './refuse.ts'
import { requestCases } from './request.ts'

export type { WireCase } from './parts.ts'

/** One after the other on an empty cluster; everything is idle (no replicas, paused), so that no controller gets in between. */
export const wireCases: readonly WireCase[] = [...createCases, ...refuseCases, ...requestCases, ...otherCases]
