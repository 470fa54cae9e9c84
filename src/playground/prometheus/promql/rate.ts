/**
 * Increase of a counter over a range, or its increase per second: null with less than two samples. Extrapolated to the ends of
 * the range as Prometheus does it (promql/functions.go, extrapolatedRate, of 2.42).
 */
export function increase(
  { times, values }: { readonly times: readonly number[]; readonly values: readonly number[] },
  fromMs: number,
  toMs: number,
  perSecond: boolean,
): number | null {
  const [first, last] = [values[0], values.at(-1)]
  const [firstMs, lastMs] = [times[0], times.at(-1)]
  if (times.length < 2 || first === undefined || last === undefined || firstMs === undefined || lastMs === undefined)
    return null
  let grown = last - first
  // A counter that fell began anew.
  for (let at = 1; at < values.length; at += 1) {
    const [before, now] = [values[at - 1] ?? 0, values[at] ?? 0]
    if (now < before) grown += before
  }
  const sampledMs = lastMs - firstMs
  const betweenMs = sampledMs / (times.length - 1)
  let toStartMs = firstMs - fromMs
  const toEndMs = toMs - lastMs
  // A counter cannot have been below zero.
  if (grown > 0 && first >= 0) toStartMs = Math.min(toStartMs, sampledMs * (first / grown))
  const enoughMs = betweenMs * 1.1
  const coveredMs =
    sampledMs + (toStartMs < enoughMs ? toStartMs : betweenMs / 2) + (toEndMs < enoughMs ? toEndMs : betweenMs / 2)
  const whole = grown * (coveredMs / sampledMs)
  return perSecond ? whole / ((toMs - fromMs) / 1000) : whole
}
