/** What the people and the bot have to get done in a drill, in this order. */
export const stages = ['notice', 'acknowledge', 'decide', 'roll-back', 'verify'] as const
export type Stage = (typeof stages)[number]

export interface StageScore {
  /** From the fault on, in milliseconds; null where it never came to it. */
  readonly tookMs: number | null
  /** What the scenario asks; null where it asks nothing. */
  readonly withinMs: number | null
  readonly met: boolean
}

export interface Score {
  readonly stages: Readonly<Record<Stage, StageScore>>
  /** Stages that a later one came without. */
  readonly skipped: readonly Stage[]
  /** It came as far as it was to come, and every stage was within what was asked. */
  readonly passed: boolean
}
