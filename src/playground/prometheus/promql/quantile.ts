/** One bucket of a classic histogram: how many were at most so much. */
export interface Bucket {
  readonly atMost: number
  readonly count: number
}

/** A quantile within buckets, linear within the one it falls into (promql/quantile.go, bucketQuantile). NaN where nothing was counted. */
export function quantileOf(share: number, unsorted: readonly Bucket[]): number {
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Number.POSITIVE_INFINITY
  const buckets = [...unsorted].sort((a, b) => a.atMost - b.atMost)
  const all = buckets.at(-1)
  if (!all || all.atMost !== Number.POSITIVE_INFINITY || buckets.length < 2 || !(all.count > 0)) return Number.NaN
  const rank = share * all.count
  const found = buckets.slice(0, -1).findIndex(({ count }) => count >= rank)
  if (found < 0) return buckets.at(-2)?.atMost ?? Number.NaN
  const { atMost, count } = buckets[found] ?? all
  const before = found === 0 ? null : buckets[found - 1]
  if (!before && atMost <= 0) return atMost
  const [low, under] = [before?.atMost ?? 0, before?.count ?? 0]
  return low + (atMost - low) * ((rank - under) / (count - under))
}
