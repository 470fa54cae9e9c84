import type { Score } from '../drill/stage.ts'
import type { Release } from '../release/release.ts'
import type { Wording } from '../wording.ts'

/** What a service needs so that it can be rolled back at 3 a.m., in the order in which people ask. */
export const questions = [
  'containers',
  'isolated',
  'tagged',
  'digests',
  'migrations',
  'candidates',
  'on-call',
  'paging',
  'drilled',
] as const
export type Question = (typeof questions)[number]

/** Worst first. `unknown`: nothing tells. */
export const answers = ['missing', 'doubtful', 'unknown', 'ready'] as const
export type Answer = (typeof answers)[number]

export interface Finding {
  readonly question: Question
  readonly answer: Answer
  readonly why: Wording
  /** What to do about it; null where nothing is to be done. */
  readonly next: Wording | null
}

/** What is known of one service. Instants are ISO. */
export interface ReadinessFacts {
  readonly service: string
  readonly tier: string
  /** By name, each with what its targets are: equal texts are the same thing. */
  readonly environments: readonly { readonly name: string; readonly units: readonly string[] }[]
  /** Targets of the environment that is meant when nobody names one. */
  readonly targets: readonly TargetFacts[]
  /** What the configuration says of its migrations. */
  readonly migrations: 'none' | 'reversible' | 'one-way' | null
  readonly schedule: {
    readonly name: string
    readonly staffed: boolean
    /** The calendar behind it cannot be read. */
    readonly stale: boolean
    /** The first time within two weeks when nobody is on call. */
    readonly gap: { readonly from: string; readonly to: string } | null
  } | null
  readonly paging: { readonly pagers: readonly string[]; readonly acknowledgedAt: string | null }
  readonly drill: {
    readonly last: { readonly id: string; readonly at: string; readonly score: Score } | null
    readonly planned: { readonly id: string; readonly at: string } | null
    /** Names of scenarios that rehearse it. */
    readonly scenarios: readonly string[]
  }
  readonly now: string
}

export interface TargetFacts {
  /** Its region, and its own name where a region has several. */
  readonly lane: string
  /** Null where nothing was ever seen there. */
  readonly current: Release | null
  /** What it could go back to. */
  readonly past: readonly { readonly release: Release; readonly rolledBackFrom: boolean }[]
}

export interface Readiness {
  readonly service: string
  readonly tier: string
  /** Worst first. */
  readonly findings: readonly Finding[]
}

export const found = (
  question: Question,
  answer: Answer,
  why: string,
  values: Wording['values'] = {},
  next: string | null = null,
): Finding => ({
  question,
  answer,
  why: { key: why, values },
  next: next === null ? null : { key: next, values },
})
