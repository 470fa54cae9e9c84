/** Whoever plays the story from the first word to the approval, in one chat or the other. */
export interface Actors {
  rollBack(): Promise<void>
  /** What was acknowledged and came to nothing, without a word. */
  readonly lost: readonly string[]
}
