const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** What `durationMs` takes: `90s`, `10m`, `1h30m`, `500ms`; largest unit first. */
export const durationPattern = /^(?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/

/** Milliseconds of a duration as people write it in the configuration; null when it is none. */
export function durationMs(text: string): number | null {
  if (!durationPattern.test(text)) return null
  return [...text.matchAll(/(\d+)(ms|[dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )
}
