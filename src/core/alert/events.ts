import type { Alert } from './alert.ts'

/** Stream `alerts/<source>`: what a source told in one request. `left` counts what it says it left out. */
export interface AlertReceived {
  readonly type: 'alert.received'
  readonly v: 1
  readonly data: { readonly source: string; readonly alerts: readonly Alert[]; readonly left: number }
}

export type AlertEvent = AlertReceived

export const alertStream = (source: string): string => `alerts/${source}`
