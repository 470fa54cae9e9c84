import type { Alert } from '../core/alert/alert.ts'
import type { Place } from '../core/alert/place.ts'
import { drillSource } from '../core/drill/scenario.ts'
import { type DrillSpan, drillBehind } from '../core/drill/state.ts'
import type { World } from './world.ts'

/**
 * The place with the drill that made the alert, if one did: what a drill tells itself is its own; what burns inside of what a drill broke
 * was lit by it. `atMs`: when it was heard. Everything else is real. `spans`: of every drill, as the desk knows them.
 */
export function withDrill(
  world: Pick<World, 'desk'>,
  place: Place,
  of: { readonly alert: Alert; readonly source: string; readonly atMs: number },
  spans: readonly DrillSpan[],
): Place {
  const { alert, source, atMs } = of
  const drill = source === drillSource ? world.desk.drill(alert.labels.drill ?? '') : drillBehind(spans, place, atMs)
  return drill ? { ...place, drill: drill.id } : place
}
