import type { World } from '../app/world.ts'
import type { Evidence } from '../core/release/release.ts'
import type { CheckStep } from '../core/rollback/plan.ts'
import { changeSteps, type Rollback, type StepState, stepState } from '../core/rollback/state.ts'
import type { Check, CheckAbout, CheckResult } from '../ports/check.ts'
import { wording } from '../text/say.ts'
import { alertsOf, type Standings } from './alert-step.ts'
import type { StepSignals } from './change-step.ts'
import type { Claim } from './claim.ts'

const againMs = 1_000

/** Runs a region's checks, or asks again what fired there, until all pass at once or the window is over. Checks change nothing: repeating is free. */
export async function runChecks(
  world: World,
  claim: Claim,
  rollback: Rollback,
  step: CheckStep,
  state: StepState,
  { deadline, last, stop }: StepSignals,
  alerts: Standings,
): Promise<void> {
  const signal = AbortSignal.any([deadline, stop])
  const checks = step.alerts ? alertsOf(world, rollback, step, step.alerts, alerts) : checksOf(world, rollback, step)
  const about = aboutOf(rollback, step, state)
  let results: readonly CheckResult[] = []
  // At least once, also where the window was over before this process began.
  do {
    results = (await lookOnce(checks, about, last)) ?? results
    if (stop.aborted) return
    if (results.length === step.checks.length && results.every((result) => result.passed)) {
      const startedAt = Temporal.Instant.from(state.startedAt ?? world.clock.now().toString())
      const tookMs = Math.round(world.clock.now().since(startedAt).total('milliseconds'))
      const seen = results.map((result) => result.seen)
      return claim.append({ type: 'step.settled', v: 1, data: { step: step.id, tookMs, seen } })
    }
    if (results.some(({ final }) => final) && results.every(({ passed, final }) => passed || final)) break
    await world.clock.sleep(againMs, signal).catch(() => undefined)
  } while (!signal.aborted)
  if (stop.aborted) return
  const seen = results.filter((result) => !result.passed).map((result) => result.seen)
  const gone = step.checks.filter((name) => !checks.some((check) => check.name === name)).map(goneCheck)
  const data = { step: step.id, code: 'checks.failed', at: 'to' as const, seen: [...seen, ...gone] }
  await claim.append({ type: 'step.failed', v: 1, data })
}

const checksOf = (world: World, { plan }: Rollback, { region, checks }: CheckStep): readonly Check[] => {
  const known = world.estate().checks(`${plan.service}/${plan.environment}/${region}`)
  return known.filter((check) => checks.includes(check.name))
}

/** One look of each; null when time was over before all had answered: then the look before counts. */
async function lookOnce(
  checks: readonly Check[],
  about: CheckAbout,
  signal: AbortSignal,
): Promise<readonly CheckResult[] | null> {
  try {
    return await Promise.all(checks.map((check) => check.run(signal, about)))
  } catch (cause) {
    if (signal.aborted) return null
    throw cause
  }
}

/** What the checks of a region are told of the changes they follow. */
function aboutOf({ plan, proposedAt, steps }: Rollback, { region }: CheckStep, state: StepState): CheckAbout {
  const changes = changeSteps(plan).filter(({ target }) => target.region === region)
  const released = changes.map(({ from }) => from.since).sort()
  const settled = changes.flatMap(({ id }) => stepState({ steps }, id).endedAt ?? []).sort()
  return {
    releasedAt: released[0] ?? proposedAt,
    askedAt: proposedAt,
    settledAt: settled.at(-1) ?? state.startedAt ?? proposedAt,
  }
}

/** The configuration was changed since the plan was made. */
const goneCheck = (name: string): Evidence => ({ code: 'check.gone', wording: wording('check.gone', { name }) })
