import type { IncidentLine } from '../projection/desk.ts'
import type { World } from './world.ts'

/** The real open incident that a rollback of a service belongs to: its own, else one of another service that suspects it. */
export const realIncidentAbout = ({ desk }: Pick<World, 'desk'>, service: string): IncidentLine | null =>
  desk.openIncidentOf(service) ??
  desk.openIncidents().find(({ suspect, drill }) => suspect?.service === service && drill === undefined) ??
  desk.openIncidents().find(({ id }) => tookIn(desk, id, service) !== null) ??
  null

/** The incident of a service that became one with another. */
export const tookIn = (desk: World['desk'], into: string, service: string): IncidentLine | null =>
  desk.incidents().findLast((line) => line.joined === into && line.service === service) ?? null

/** The open incident that is about a service, also one of a drill. */
export const incidentAbout = (world: Pick<World, 'desk'>, service: string): IncidentLine | null =>
  realIncidentAbout(world, service) ?? world.desk.openIncidents().find((line) => line.service === service) ?? null
