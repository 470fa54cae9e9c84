import type { TargetRef } from '../rollback/plan.ts'
import type { Release } from './release.ts'

type Fact<Type extends string, Data> = { readonly type: Type; readonly v: 1; readonly data: Data }

/** Stream `releases/<target id>`: what was on a target, kept longer than the target keeps it. */
export type ReleaseEvent =
  | Fact<'release.seen', { readonly target: TargetRef; readonly release: Release }>
  | Fact<'release.became-current', { readonly target: TargetRef; readonly id: string }>
  | Fact<'release.became-available', { readonly target: TargetRef; readonly id: string }>
