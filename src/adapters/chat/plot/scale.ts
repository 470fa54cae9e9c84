import type { Plot } from '../../../view/view.ts'

/** What of time and value the picture shows. */
export interface Scale {
  readonly fromMs: number
  readonly toMs: number
  /** The lowest is 0, or less where a value is. */
  readonly low: number
  readonly high: number
}

export function scaleOf({ lines, limit, baseline }: Plot): Scale {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null))
  const starts = lines.map(({ fromMs }) => fromMs)
  const ends = lines.map(({ fromMs, stepMs, values: own }) => fromMs + stepMs * Math.max(0, own.length - 1))
  const fromMs = Math.min(...starts)
  const toMs = Math.max(...ends, fromMs + 1000)
  const most = Math.max(...values, limit, baseline ?? 0)
  return { fromMs, toMs, low: Math.min(0, ...values), high: most === 0 ? 1 : most * 1.15 }
}

/** One for each step, or for every second or third of them. */
export function namedTicks(
  names: readonly string[],
  { fromMs, toMs }: Scale,
): { readonly atMs: number; readonly label: string }[] {
  const stepMs = (toMs - fromMs) / Math.max(1, names.length - 1)
  const each = Math.ceil(names.length / mostNames)
  return names.flatMap((label, at) => (at % each === 0 ? [{ atMs: fromMs + at * stepMs, label }] : []))
}

const mostNames = 10
const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000)
const mostTicks = 7

/** Instants for the axis, with their distance from one of them: `-2m`, `0`, `+30s`. No zone of a clock has to be guessed. */
export function ticksOf({ fromMs, toMs }: Scale, zeroMs: number): { readonly atMs: number; readonly label: string }[] {
  const stepMs = steps.find((step) => (toMs - fromMs) / step <= mostTicks) ?? Math.ceil((toMs - fromMs) / mostTicks)
  const first = Math.ceil((fromMs - zeroMs) / stepMs)
  const count = Math.floor((toMs - zeroMs) / stepMs) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, at) => {
    const offMs = (first + at) * stepMs
    return { atMs: zeroMs + offMs, label: labelOf(offMs) }
  })
}

function labelOf(offMs: number): string {
  if (offMs === 0) return '0'
  const seconds = Math.round(Math.abs(offMs) / 1000)
  const sign = offMs < 0 ? '-' : '+'
  if (seconds % 3600 === 0) return `${sign}${seconds / 3600}h`
  return seconds % 60 === 0 ? `${sign}${seconds / 60}m` : `${sign}${seconds}s`
}
