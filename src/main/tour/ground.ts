import type { Workspace } from '../../playground/slack/index.ts'
import type { Embedded } from '../embedded.ts'

/** Where a tour plays: a workspace, workloads, and what the tour must know of them. */
export interface Ground extends Embedded {
  readonly slack: Workspace
  readonly service: string
  readonly channel: string
  /** Slack user ids. */
  readonly people: { readonly asks: string; readonly approves: string }
  /** What it cannot show here. */
  readonly limits: readonly string[]
  /** Ships the bad release in every region; resolves when the workloads are told to run it. Its version. */
  shipBad(): Promise<string>
  /** The image that each region's workload is to run and whether all its pods run it, asked of the API server itself. */
  workloads(): Promise<readonly Workload[]>
  close(): Promise<void>
}

export interface Workload {
  readonly region: string
  readonly image: string
  readonly version: string
  readonly settled: boolean
}
