import { expired } from './decide.ts'
import type { Ending } from './events.ts'
import type { Step } from './plan.ts'
import { changeSteps, inFlight, type Rollback, stepState } from './state.ts'

export interface Next {
  /** Steps that may begin now; none of them depends on another. */
  readonly start: readonly Step[]
  /** Steps that were begun: by this process, or by one that died. */
  readonly follow: readonly Step[]
  readonly end: Ending | 'expired' | null
  /** Nothing to do before this instant, unless something happens. */
  readonly waitUntil: string | null
}

const idle: Next = { start: [], follow: [], end: null, waitUntil: null }

/** Pure: what is due for a rollback at an instant. */
export function next(state: Rollback, now: string): Next {
  if (state.phase === 'ended') return idle
  if (state.phase === 'awaiting-approval')
    return expired(state, now) ? { ...idle, end: 'expired' } : { ...idle, waitUntil: state.expiresAt }
  const follow = inFlight(state)
  const steps = state.plan.steps
  if (steps.every((step) => stepState(state, step.id).state === 'settled')) return { ...idle, end: 'restored' }
  const failed = steps.some((step) => stepState(state, step.id).state === 'failed')
  if (failed || state.abort) return follow.length > 0 ? { ...idle, follow } : { ...idle, end: endingOf(state, failed) }
  const start = steps.filter(
    (step) =>
      stepState(state, step.id).state === 'waiting' &&
      step.after.every((before) => stepState(state, before).state === 'settled'),
  )
  return { ...idle, start, follow }
}

function endingOf(state: Rollback, failed: boolean): Ending {
  if (!failed) return 'aborted'
  const settled = changeSteps(state.plan).every((step) => stepState(state, step.id).state === 'settled')
  return settled ? 'not-restored' : state.abort ? 'aborted' : 'failed'
}
