/** One line of the table: what was measured, what it stands beside in the same run, and what it should be. */
export interface Row {
  readonly name: string
  readonly value: string
  /** What it is compared with. */
  readonly beside: string
  /** Median of the rounds' ratios; null where nothing is compared. */
  readonly ratio: number | null
  readonly goal: string
  readonly met: boolean
}

export type Measure = (say: (line: string) => void) => Promise<readonly Row[]>

export const quantile = (numbers: readonly number[], part: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** The median of the ratios round by round, so that what slows a whole round down slows both sides. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((one, round) => one / (theirs[round] ?? Number.NaN)))

interface Compared {
  readonly name: string
  readonly unit: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** What `theirs` is. */
  readonly beside: string
  readonly atMost?: number
  readonly atLeast?: number
}

/** A row that compares round by round, with the spread of the ratios said in it. */
export function compared({ name, unit, ours, theirs, beside, atMost, atLeast }: Compared): Row {
  const ratio = ratioOf(ours, theirs)
  const ratios = ours.map((one, round) => one / (theirs[round] ?? Number.NaN))
  const spread = `${quantile(ratios, 0).toFixed(2)}–${quantile(ratios, 1).toFixed(2)}`
  return {
    name,
    value: `${shown(median(ours))} ${unit} (ratios ${spread}, ${ours.length} rounds)`,
    beside: `${shown(median(theirs))} ${unit}: ${beside}`,
    ratio,
    goal: atMost === undefined ? `≥ ${atLeast} ×` : `≤ ${atMost} ×`,
    met: atMost === undefined ? ratio >= (atLeast ?? 0) : ratio <= atMost,
  }
}

const shown = (number: number): string => (number >= 100 ? number.toFixed(0) : number.toFixed(1))
