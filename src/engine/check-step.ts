import type { World } from '../app/world.ts'
import type { CheckStep, Plan } from '../core/rollback/plan.ts'
import type { StepState } from '../core/rollback/state.ts'
import type { CheckResult } from '../ports/check.ts'
import type { StepSignals } from './change-step.ts'
import type { Claim } from './claim.ts'

const againMs = 1_000

/** Runs a region's checks until all of them pass at once, or the window is over. Checks change nothing: repeating is free. */
export async function runChecks(
  world: World,
  claim: Claim,
  plan: Plan,
  step: CheckStep,
  state: StepState,
  { deadline, last, stop }: StepSignals,
): Promise<void> {
  const signal = AbortSignal.any([deadline, stop])
  const known = world.estate().checks(`${plan.service}/${plan.environment}/${step.region}`)
  const checks = known.filter((check) => step.checks.includes(check.name))
  let results: readonly CheckResult[] = []
  // At least once, also where the window was over before this process began.
  do {
    results = await Promise.all(checks.map((check) => check.run(last)))
    if (stop.aborted) return
    if (checks.length === step.checks.length && results.every((result) => result.passed)) {
      const startedAt = Temporal.Instant.from(state.startedAt ?? world.clock.now().toString())
      const tookMs = Math.round(world.clock.now().since(startedAt).total('milliseconds'))
      const seen = results.map((result) => result.seen)
      return claim.append({ type: 'step.settled', v: 1, data: { step: step.id, tookMs, seen } })
    }
    await world.clock.sleep(againMs, signal).catch(() => undefined)
  } while (!signal.aborted)
  if (stop.aborted) return
  const seen = results.filter((result) => !result.passed).map((result) => result.seen)
  await claim.append({ type: 'step.failed', v: 1, data: { step: step.id, code: 'checks.failed', at: 'to', seen } })
}
