import type { Service } from '../config/config.ts'
import { type GateAnswer, gateAnswer } from '../core/freeze/gate.ts'
import { standingFreezes, unreadCalendars } from './freezes.ts'
import type { World } from './world.ts'

/** Where CI wants to release. */
export interface GateAsked {
  readonly service: Service
  readonly environment: string
  /** Null: in every region of it. */
  readonly region: string | null
}

export interface GateSaid {
  /** Null for what cannot be known: a calendar of freezes was never read. */
  readonly answer: GateAnswer | null
  /** Calendars that cannot be read any more: what they last said is all that is known. */
  readonly unread: readonly string[]
}

export async function askGate(world: World, { service, environment, region }: GateAsked): Promise<GateSaid> {
  // Durable is not yet folded: what was just frozen counts.
  await world.caughtUp((await world.ledger.head()).position)
  const where = { service: service.name, environment, regions: region === null ? [] : [region] }
  const place = `${service.name}/${environment}/${region === null ? '' : `${region}/`}`
  const incident = world.desk.openIncidentOf(service.name)
  const rollbacks = (incident ? world.desk.rollbacksOf(incident.id) : []).filter(({ targets }) =>
    targets.some((target) => target.startsWith(place)),
  )
  const answer = gateAnswer(standingFreezes(world, where, world.clock.now()), rollbacks)
  const calendars = unreadCalendars(world)
  const blind = answer.allowed && calendars.some(({ since }) => since === null)
  return { answer: blind ? null : answer, unread: calendars.map(({ name }) => name) }
}
