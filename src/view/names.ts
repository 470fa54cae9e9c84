import { changeSteps, type Rollback, regionsOf } from '../core/rollback/state.ts'
import { versions } from './words.ts'

/** From and to as people name them, and where. */
export function names(rollback: Rollback): { from: string; to: string; regions: string } {
  const steps = changeSteps(rollback.plan)
  return {
    from: versions(steps.map((step) => step.from)),
    to: versions(steps.map((step) => step.to)),
    regions: regionsOf(rollback.plan).join(', '),
  }
}
