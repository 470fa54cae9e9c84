import type { World } from '../app/world.ts'
import type { Standing } from '../core/alert/standing.ts'
import type { AskedAlert, CheckStep } from '../core/rollback/plan.ts'
import type { Rollback } from '../core/rollback/state.ts'
import type { Check, CheckResult } from '../ports/check.ts'
import { type TextKey, type Values, wording } from '../text/say.ts'

/** Who knows what the sources told of an alert. */
export interface Standings {
  standing(alert: AskedAlert, region: string): Standing
}

/**
 * The alerts of a step as checks. An alert whose expression can be asked is judged by that; of the others it counts what their source
 * told: an end is needed, and is never enough where nothing else was measured in the region.
 */
export function alertsOf(
  world: World,
  rollback: Rollback,
  step: CheckStep,
  alerts: readonly AskedAlert[],
  known: Standings,
): readonly Check[] {
  const { service, environment, steps } = rollback.plan
  const place = `${service}/${environment}/${step.region}`
  const asked = alerts.map((alert) => ({ alert, check: world.estate().alertCheck(place, alert) }))
  const measured =
    asked.some(({ check }) => check !== null) ||
    steps.some((one) => one.kind === 'check' && !one.alerts && one.region === step.region)
  return asked.map(({ alert, check }) => check ?? told(world, alert, step.region, known, measured))
}

/** What its source says of it, held for as long as what is measured must be well. */
function told(world: World, alert: AskedAlert, region: string, known: Standings, measured: boolean): Check {
  const { name, source } = alert
  const result = (passed: boolean, code: TextKey, values: Values = {}): CheckResult => ({
    passed,
    tookMs: 0,
    seen: { code, wording: wording(code, { name, source, ...values }) },
  })
  return {
    name,
    async run() {
      const standing = known.standing(alert, region)
      if (standing.state === 'untold') return result(true, 'check.alert-untold')
      if (standing.state !== 'ended') return result(false, 'check.alert-not-ended')
      const { at, heardAt } = standing
      const heldMs = world.clock.now().since(Temporal.Instant.from(heardAt)).total('milliseconds')
      if (heldMs < (world.config().service(alert.service)?.asking.wellForMs ?? 0))
        return result(false, 'check.alert-just-ended', { at: { at } })
      if (measured) return result(true, 'check.alert-ended', { at: { at } })
      return { ...result(false, 'check.alert-only-ended', { region }), final: true }
    },
  }
}
