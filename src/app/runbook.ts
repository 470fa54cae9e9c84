import type { Service } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import type { Language } from '../text/language.ts'
import { type Contact, type RunbookEnvironment, runbookDocument } from '../view/runbook.ts'
import type { Document } from '../view/view.ts'
import { standingFreezes, unreadCalendars } from './freezes.ts'
import { onCallFor, shiftsOf } from './on-call.ts'
import { policyAt } from './policy.ts'
import type { World } from './world.ts'

/** What a runbook is made of; the command line has no more than this. */
export interface RunbookWorld extends Pick<World, 'config' | 'desk' | 'clock'> {
  /** Names of the checks of `service/environment/region`. */
  checks(region: string): readonly string[]
}

const nextWithin = { hours: 14 * 24 }

/** How this service is rolled back, by the configuration, the schedules and the record of this moment. */
export function runbook(world: RunbookWorld, service: Service, language: Language): Document {
  const now = world.clock.now()
  const config = world.config()
  const onCall = onCallFor(world, service.name, now)
  const environments = service.environments.map((environment): RunbookEnvironment => {
    const { name, order, regions } = environment
    return {
      name,
      isDefault: environment === service.defaultEnvironment,
      order,
      policy: policyAt(world, service, name, now),
      rule: config.ruleFor(service, name),
      freezes: standingFreezes(world, { service: service.name, environment: name, regions: [] }, now),
      regions: regions.map((region) => ({
        name: region.name,
        targets: region.targets.map(({ ref, connection, unit }) => ({ name: ref.target, connection, unit })),
        checks: world.checks(`${service.name}/${name}/${region.name}`),
        stepDeadlineMs: region.stepDeadlineMs,
        checkWindowMs: region.checkWindowMs,
      })),
    }
  })
  const next = nextOnCall(world, service, now)
  const concerned = environments.flatMap(({ policy }) => [
    ...(onCall?.people ?? []),
    ...(next?.people ?? []),
    ...(policy.commander ? [policy.commander] : []),
    ...policy.approve,
    ...policy.owners,
    ...Object.values(policy.also).flat(),
    ...policy.breakGlass,
  ])
  return runbookDocument(
    {
      service: service.name,
      tier: service.tier,
      team: service.team.name,
      channels: service.channels,
      schedule: service.onCall,
      onCall: onCall && {
        people: onCall.people,
        until: onCall.until?.toString() ?? null,
        stale: onCall.stale !== null,
      },
      next,
      environments,
      contacts: [...new Set(concerned)].flatMap((person) => contactOf(world, person, now)),
      paging: service.paging,
      pagers: [...config.pagers.keys()],
      unread: unreadCalendars(world),
      incident: world.desk.openIncidentOf(service.name)?.id ?? null,
      now: now.toString(),
      config: config.digest,
    },
    language,
  )
}

/** Who takes over, and when; null where nobody is known to. */
function nextOnCall(world: RunbookWorld, { onCall: schedule, name }: Service, now: Temporal.Instant) {
  if (schedule === null) return null
  const here = onCallFor(world, name, now)
  const from = here?.until
  if (!from) return null
  const [first] = shiftsOf(world, schedule, from, from.add(nextWithin)).filter(({ shadow }) => !shadow)
  if (!first) return null
  const people = onCallFor(world, name, first.from)?.people ?? []
  return { people, at: first.from.toString() }
}

function contactOf({ config }: RunbookWorld, id: PersonId, now: Temporal.Instant): Contact[] {
  const person = config().people.get(id)
  if (!person) return []
  const { accounts, timeZone, pager } = person
  const local = now.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
  return [
    {
      person: id,
      accounts: accounts.map(({ chat, user }) => `${chat} ${user}`),
      pagers: [...pager.keys()],
      timeZone,
      local,
    },
  ]
}
