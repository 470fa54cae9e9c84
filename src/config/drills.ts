import { type DrillFault, faultKinds } from '../core/drill/fault.ts'
import { drillSource } from '../core/drill/scenario.ts'
import type { Habit } from '../core/drill/slot.ts'
import type { Stage } from '../core/drill/stage.ts'
import { durationMs } from '../core/duration.ts'
import { nearest } from '../core/nearest.ts'
import { referenceTo } from './names.ts'
import type { Path, Report } from './problem.ts'
import type { WrittenDrill } from './shape/drill.ts'
import { weekdayNumber } from './shape/schedule.ts'
import { validate } from './validate.ts'
import type { Written } from './written.ts'

/** What is rehearsed again and again, as the configuration has it. */
export interface Scenario {
  readonly name: string
  readonly services: readonly string[]
  readonly environment: string
  /** Never empty. */
  readonly regions: readonly string[]
  readonly fault: DrillFault
  readonly habit: Habit
  /** The calendar of days on which nothing is rehearsed. */
  readonly holidays: string | null
  /** Words of policies: who takes part; who may plan and start it. */
  readonly people: readonly string[]
  readonly may: readonly string[]
  /** In milliseconds from the fault on. */
  readonly within: Readonly<Partial<Record<Stage, number>>>
}

export const scenariosOf = (written: Written): ReadonlyMap<string, Scenario> =>
  new Map([...written.drills].map(([name, drill]) => [name, scenarioOf(name, drill, written)]))

function scenarioOf(name: string, drill: WrittenDrill, written: Written): Scenario {
  const { services, environment, holidays, people, may, timeZone, at, weekdays } = drill
  const regions = drill.regions.length > 0 ? drill.regions : regionsOf(drill, written)
  return {
    name,
    services: [...new Set(services)],
    environment,
    regions: [...new Set(regions)],
    fault: faultOf(drill),
    habit: {
      timeZone,
      at,
      weekdays: [...new Set(weekdays.map(weekdayNumber))].sort(),
      lengthMs: durationMs(drill.length) ?? 0,
      everyWeeks: Number.parseInt(drill.every, 10),
    },
    holidays: holidays ?? null,
    people,
    may,
    within: Object.fromEntries(
      Object.entries(drill.within).flatMap(([stage, text]) =>
        text === undefined ? [] : [[stage, durationMs(text) ?? 0] as const],
      ),
    ),
  }
}

function faultOf({ fault, services }: WrittenDrill): DrillFault {
  const [service = ''] = services
  if (fault.alerts)
    return { kind: 'alerts', service, alerts: fault.alerts.map((one) => ({ ...one, region: one.region ?? null })) }
  for (const kind of faultKinds) {
    const release = kind === 'alerts' ? undefined : fault[kind]
    if (!release || kind === 'alerts') continue
    const { target = null, container = null, image = null, command = null, args = null, env } = release
    return { kind, service, target, release: { container, image, command, args, env } }
  }
  throw new TypeError('only what was found valid is resolved')
}

/** Every region that one of its services has there. */
const regionsOf = ({ services, environment }: WrittenDrill, written: Written): string[] => [
  ...new Set(
    services.flatMap((service) => Object.keys(written.services.get(service)?.environments[environment]?.regions ?? {})),
  ),
]

/** What a scenario names is there, and nothing that customers use is broken by an oversight. */
export function checkDrills(written: Written, calendars: readonly string[], report: Report): void {
  if (written.alertSources.has(drillSource)) {
    const message = `${drillSource} is the source of the alerts that drills make, and cannot be a name`
    report({ path: ['alertSources', drillSource], message, on: 'key' })
  }
  for (const [name, drill] of written.drills) {
    const path: Path = ['drills', name]
    if (drill.holidays !== undefined)
      validate(referenceTo('calendar', calendars), drill.holidays, [...path, 'holidays'], report)
    for (const service of drill.services) checkPlace(drill, service, written, path, report)
    const known = drill.regions.length > 0 ? drill.regions : regionsOf(drill, written)
    for (const region of drill.regions)
      if (!regionsOf(drill, written).includes(region)) {
        const [suggestion] = nearest(region, regionsOf(drill, written), 1)
        const message = `none of its services has a region ${JSON.stringify(region)} in ${drill.environment}`
        report({ path: [...path, 'regions'], message, suggestion })
      }
    for (const [index, { region }] of (drill.fault.alerts ?? []).entries())
      if (region !== undefined && !known.includes(region)) {
        const message = `expected one of its regions: ${known.join(', ')}`
        report({ path: [...path, 'fault', 'alerts', index, 'region'], message })
      }
  }
}

function checkPlace(drill: WrittenDrill, name: string, written: Written, path: Path, report: Report): void {
  const service = written.services.get(name)
  if (!service) return
  const { environment, fault, production } = drill
  const there = service.environments[environment]
  if (!there) {
    const known = Object.keys(service.environments)
    const message = `${name} has no environment ${JSON.stringify(environment)}; it has ${known.join(', ')}`
    report({ path: [...path, 'environment'], message, suggestion: nearest(environment, known, 1)[0] })
    return
  }
  const usual = Object.keys(service.environments).length === 1 || there.default
  if (usual && !fault.alerts && !production) {
    const message = `${environment} is what customers of ${name} use: say production: true if it may be broken all the same`
    report({ path: [...path, 'environment'], message })
  }
  const [first] = drill.services
  const target = (fault.crashing ?? fault.failing ?? fault.slow)?.target
  if (name !== first || target === undefined) return
  for (const [region, { targets }] of Object.entries(there.regions)) {
    if ((drill.regions.length > 0 && !drill.regions.includes(region)) || Object.hasOwn(targets, target)) continue
    report({ path: [...path, 'fault'], message: `${name} has no target ${JSON.stringify(target)} in ${region}` })
  }
}
