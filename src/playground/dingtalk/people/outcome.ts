/** Why nothing came of what somebody did, as they see it. */
export type Problem =
  | 'not_here'
  | 'has_left'
  | 'no_robot'
  | 'card_not_found'
  | 'button_not_found'
  | 'button_disabled'
  | 'input_not_found'
  | 'input_empty'
  | 'forwarding_off'
  | 'failed'

/** What a person sees of what they did. */
export interface Outcome {
  readonly ok: boolean
  readonly problem?: Problem
  /** What the client shows: the text of a toast. */
  readonly detail?: string
  /** How long the app took to answer a click. */
  readonly answerMs?: number
  /** Of the message written. */
  readonly message?: string
  /** Whether an app was connected to take the push; false: it is lost. */
  readonly isTaken?: boolean
}

/** An action that the client does not let through, or that failed. */
export function refused(problem: Problem, detail?: string): Outcome {
  return { ok: false, problem, ...(detail !== undefined && { detail }) }
}
