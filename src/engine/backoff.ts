/** Exponential with full jitter: between 0.25 s and 30 s. `chance` is in [0, 1). */
export const backoffMs = (failures: number, chance: number): number =>
  250 + chance * Math.min(30_000, 500 * 2 ** Math.min(failures, 10))
