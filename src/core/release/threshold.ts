import { durationMs } from '../duration.ts'
import type { Unit } from './measured.ts'

/** What `thresholdOf` takes, in words. */
export const thresholdHint = 'expected 5% (percent), 500ms or 2s (seconds), or a plain number (count)'

/** A threshold as people write it: `5%` of all is 0.05, `500ms` is 0.5 seconds, a number is itself; null when it is none. */
export function thresholdOf(written: number | string): { readonly unit: Unit; readonly value: number } | null {
  if (typeof written === 'number') return { unit: 'count', value: written }
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(written)
  if (percent) return { unit: 'percent', value: Number(percent[1]) / 100 }
  const ms = durationMs(written)
  return ms === null ? null : { unit: 'seconds', value: ms / 1000 }
}
