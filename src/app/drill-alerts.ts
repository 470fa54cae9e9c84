import type { Alert } from '../core/alert/alert.ts'
import type { Place } from '../core/alert/place.ts'
import { drillSource } from '../core/drill/scenario.ts'
import { isOfDrill } from '../core/drill/state.ts'
import type { World } from './world.ts'

/**
 * The place with the drill that made the alert, if one did: what a drill tells itself is its own; what burns inside of what a drill broke
 * was lit by it. `at`: when it was heard. Everything else is real.
 */
export function withDrill(
  world: Pick<World, 'desk'>,
  place: Place,
  of: { readonly alert: Alert; readonly source: string; readonly at: string },
): Place {
  const { alert, source, at } = of
  const drill =
    source === drillSource
      ? world.desk.drill(alert.labels.drill ?? '')
      : world.desk.drills().findLast((one) => isOfDrill(one, place, at))
  return drill ? { ...place, drill: drill.id } : place
}
