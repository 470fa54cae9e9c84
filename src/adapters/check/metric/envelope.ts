import { type Limit, worseOf } from '../../../core/release/measured.ts'
import type { Point, Series, Span } from '../../../ports/monitor.ts'

/** The worst over several series at each instant where any has a value, oldest first. */
export function envelope(series: readonly Series[], limit: Limit): readonly Point[] {
  const worst = new Map<number, number>()
  for (const { points } of series)
    for (const { atMs, value } of points) {
      const known = worst.get(atMs)
      worst.set(atMs, known === undefined ? value : worseOf(limit, known, value))
    }
  return [...worst].map(([atMs, value]) => ({ atMs, value })).sort((a, b) => a.atMs - b.atMs)
}

export const meanOf = (points: readonly Point[]): number =>
  points.reduce((sum, { value }) => sum + value, 0) / points.length

export const worstOf = (points: readonly Point[], limit: Limit): Point | null =>
  points.reduce<Point | null>(
    (worst, point) => (worst && worseOf(limit, worst.value, point.value) === worst.value ? worst : point),
    null,
  )

/** One value a step; null where a step has none. */
export const stepped = (points: readonly Point[], { fromMs, toMs, stepMs }: Span): (number | null)[] => {
  const byStep = new Map(points.map(({ atMs, value }) => [Math.round((atMs - fromMs) / stepMs), value]))
  return Array.from({ length: stepsOf({ fromMs, toMs, stepMs }) }, (_, step) => byStep.get(step) ?? null)
}

/** How many values a series has that misses none. */
export const stepsOf = ({ fromMs, toMs, stepMs }: Span): number => Math.floor((toMs - fromMs) / stepMs) + 1

/** `{pod="a", zone="b"}`, at most so long that it fits a line; null without labels. */
export function labelText(labels: Readonly<Record<string, string>>): string | null {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  if (pairs.length === 0) return null
  const text = `{${pairs.sort().join(', ')}}`
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
