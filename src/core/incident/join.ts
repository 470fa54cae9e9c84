import { isCause, releaseKey, type Suspected } from '../alert/suspected.ts'
import { counting } from './automatic.ts'
import type { Incident } from './state.ts'

/** An open incident with what is suspected behind what burns in it now; null where nothing is, or where it burns no more. */
export interface Fire {
  readonly incident: Incident
  readonly suspected: Suspected | null
}

/** The fires that turned out to have one cause: the oldest, and the younger ones that become one with it. Null: there is nothing to join. */
export function joined(
  fire: Fire,
  others: readonly Fire[],
): { readonly into: Incident; readonly younger: readonly Incident[] } | null {
  const cause = causeOf(fire)
  if (cause === null) return null
  const [oldest, ...younger] = [fire, ...others]
    .filter((one) => causeOf(one) === cause)
    .map(({ incident }) => incident)
    .sort((a, b) => numberOf(a) - numberOf(b))
  const found = younger.filter(mayJoin)
  return oldest && found.length > 0 ? { into: oldest, younger: found } : null
}

function causeOf({ incident, suspected }: Fire): string | null {
  const [first] = suspected?.suspects ?? []
  return first && !incident.closed && incident.drill === null && isCause(first) ? releaseKey(first) : null
}

/** People gather in one that they opened, and where a rollback was asked for or announced it goes to its end. */
const mayJoin = (incident: Incident): boolean =>
  incident.cause === 'alert' && incident.rollbacks.length === 0 && !counting(incident)

/** Incidents are counted as they are opened. */
export const numberOf = ({ id }: Pick<Incident, 'id'>): number => Number(id.slice(id.lastIndexOf('-') + 1))
