import { astern } from '../core/actor.ts'
import type { Alerted } from '../core/alert/alerted.ts'
import type { Began, Dated } from '../core/alert/began.ts'
import { watchSource } from '../core/alert/watch.ts'
import { drillSource } from '../core/drill/scenario.ts'
import { type Incident, incidentStream } from '../core/incident/state.ts'
import type { AskedAlert } from '../core/rollback/plan.ts'
import { commit, write } from './commit.ts'
import { askedIn } from './fired.ts'
import { loadIncident } from './load.ts'
import type { World } from './world.ts'

/** Where alerts say that something burns and a monitor is to be asked since when: each once. */
export interface ToDate {
  readonly service: string
  readonly environment: string
  readonly region: string
  /** Since when by the alerts. ISO instant. */
  readonly told: string
  /** What can be asked, oldest first. */
  readonly alerts: readonly AskedAlert[]
}

/** What of an incident nobody has asked a monitor yet, and one can be asked. */
export const toDate = (world: Pick<World, 'config' | 'estate'>, incident: Incident): readonly ToDate[] =>
  incident.closed
    ? []
    : incident.alerted.flatMap((alerted) =>
        alerted.burning
          .filter(({ environment }) => environment === alerted.environment)
          .flatMap(({ region, since }) => {
            const regions = region === null ? regionsOf(world, alerted) : [region]
            return regions.flatMap((one) => {
              const alerts = askable(world, alerted, one)
              const { service, environment } = alerted
              const isDated = incident.dated.some((dated) => isOf(dated, alerted, one) && dated.told === since)
              return alerts.length === 0 || isDated ? [] : [{ service, environment, region: one, told: since, alerts }]
            })
          }),
      )

/** Records what a monitor said; once, however many asked. `since` null: nobody can tell. */
export async function recordBegan(
  world: World,
  id: string,
  { alerts: _, ...place }: ToDate,
  since: string | null,
): Promise<void> {
  await commit<never>(world, { actor: astern }, async () => {
    const incident = await loadIncident(world, id)
    if (!incident || incident.closed) return []
    const known = incident.dated.some((dated) => isOf(dated, place, place.region) && dated.told === place.told)
    const data: Dated = { ...place, since }
    return known ? [] : [write(incidentStream(id), incident.version, { type: 'incident.dated', v: 1, data })]
  })
}

/**
 * Since when it burns where alerts say so: as was measured, as long as it is not before `afterMs`, when all was well; as told, where it is still to be asked; else perhaps
 * earlier than told, by so much as its alerts may wait.
 */
export const beganBy =
  (world: Pick<World, 'config' | 'estate'>, dated: readonly Dated[], alerted: Alerted, afterMs: number | null): Began =>
  (region, at) => {
    const known = dated.find((one) => isOf(one, alerted, region) && (one.told === at || one.since === at))
    if (known?.since) return { since: laterOf(known.since, afterMs), measured: true }
    const own = alerted.alerts.find(({ since }) => since === at)
    if (own && exact.has(own.source)) return { since: at }
    if (!known && askable(world, alerted, region).length > 0) return { since: at }
    const pendingMs = world.config().service(alerted.service)?.asking.pendingMs ?? 0
    return { since: at, ...(pendingMs > 0 && { pendingMs }) }
  }

/** Astern's own alerts tell when it began, not when they were told. */
const exact: ReadonlySet<string> = new Set([watchSource, drillSource])

const isOf = (
  dated: Pick<Dated, 'service' | 'environment' | 'region'>,
  { service, environment }: Pick<Dated, 'service' | 'environment'>,
  region: string,
): boolean => dated.service === service && dated.environment === environment && dated.region === region

function askable(world: Pick<World, 'estate'>, alerted: Alerted, region: string): readonly AskedAlert[] {
  const place = `${alerted.service}/${alerted.environment}/${region}`
  return askedIn(alerted, alerted.environment, region)
    .filter(({ source }) => !exact.has(source))
    .filter((alert) => world.estate().alertCheck(place, alert) !== null)
}

const regionsOf = ({ config }: Pick<World, 'config'>, { service, environment }: Alerted): readonly string[] =>
  config()
    .service(service)
    ?.environments.find(({ name }) => name === environment)
    ?.regions.map(({ name }) => name) ?? []

function laterOf(at: string, afterMs: number | null): string {
  const { epochMilliseconds } = Temporal.Instant.from(at)
  if (afterMs === null || epochMilliseconds > afterMs) return at
  return Temporal.Instant.fromEpochMilliseconds(afterMs + 1).toString()
}
