import { type Account, asternId, type PersonId } from '../core/actor.ts'
import { digestOf } from '../core/canonical.ts'
import { durationMs } from '../core/duration.ts'
import type { Directory } from '../ports/chat.ts'
import { alertRule, alertSourcesOf, watchesOf } from './alerts.ts'
import { calendarsOf } from './calendars.ts'
import {
  type Config,
  type ConfiguredConnection,
  type ConfiguredTarget,
  type Environment,
  languageIn,
  type Person,
  type Region,
  type Service,
  type Team,
} from './config.ts'
import { scenariosOf } from './drills.ts'
import { effective } from './effective.ts'
import { freezesOf, gateTokens } from './freezes.ts'
import { servicePaging } from './paging.ts'
import type { Parts } from './parts.ts'
import { ruleOf } from './policies.ts'
import { groupsOf, scheduleOf } from './schedules.ts'
import type { Tier } from './shape/people.ts'
import type { WrittenService } from './shape/service.ts'
import { accountKey } from './whole.ts'
import type { Written } from './written.ts'

/** Makes the configuration the program works with out of parts that were all found valid. */
export function resolve(written: Written, parts: Parts): Config {
  const { web, ledger, language, freezes, gate } = written
  if (!web || !ledger || !freezes || !gate) throw new TypeError('resolve takes only what was found valid')
  const people = new Map([...written.people].map(([id, person]) => [id, personOf(id, person, parts)]))
  const teams = new Map([...written.teams].map(([name, team]) => [name, teamOf(name, team)]))
  const services = new Map(
    [...written.services].map(([name, service]) => [name, serviceOf(name, service, written, teams, parts)]),
  )
  const byAccount = new Map(
    [...people.values()].flatMap((person) => person.accounts.map((account) => [accountKey(account), person])),
  )
  const inForce = effective(written, parts)
  const directory = directoryOf(people, byAccount, language)
  return {
    digest: digestOf(inForce),
    effective: inForce,
    language,
    web,
    ledger: {
      file: ledger.file,
      keys: ledger.keys ?? null,
      checkpoints: ledger.checkpoints
        ? { key: ledger.checkpoints.key, witness: ledger.checkpoints.witness ?? null }
        : null,
    },
    chats: [...parts.chats.values()].map(({ adapter, config }) => ({ adapter, config })),
    connections: connectionsOf(parts),
    monitors: new Map([...parts.monitors].map(([name, { adapter, config }]) => [name, { adapter, config }])),
    pagers: new Map([...parts.pagers].map(([name, { adapter, config }]) => [name, { adapter, config }])),
    registry: parts.registry && { adapter: parts.registry.adapter, config: parts.registry.config },
    calendars: calendarsOf(written, parts),
    alertSources: alertSourcesOf(written, parts),
    people,
    teams,
    schedules: new Map([...written.schedules].map(([id, schedule]) => [id, scheduleOf(id, schedule)])),
    groups: groupsOf(written.schedules),
    services,
    freezes: freezesOf(freezes, teams),
    drills: scenariosOf(written),
    gate: gateTokens(gate),
    service: (name) => services.get(name) ?? null,
    ruleFor(service, environment) {
      const rule = ruleOf(written, service.tier as Tier, environment)
      if (!rule) throw new TypeError(`no policy for ${service.tier}`)
      return rule
    },
    personOf: (account) => byAccount.get(accountKey(account))?.id ?? null,
    directory: () => directory,
    languageOf(chat, channel) {
      const service = [...services.values()].find(({ channels }) => channels[chat] === channel)
      return service ? languageIn(service, chat) : language
    },
  }
}

type WrittenEntry<Section extends 'people' | 'teams'> =
  Written[Section] extends ReadonlyMap<string, infer Entry> ? Entry : never

const personOf = (id: PersonId, written: WrittenEntry<'people'>, parts: Parts): Person => ({
  id,
  name: written.name ?? id,
  accounts: written.accounts,
  timeZone: written.timeZone,
  language: written.language ?? null,
  pager: parts.contacts.contacts.get(id) ?? new Map(),
})

const teamOf = (name: string, written: WrittenEntry<'teams'>): Team => ({
  name,
  members: [...new Set(written.members)],
  commander: written.commander ?? null,
  onCall: written.onCall ?? null,
})

function serviceOf(
  name: string,
  service: WrittenService,
  written: Written,
  teams: ReadonlyMap<string, Team>,
  parts: Parts,
): Service {
  const team = teams.get(service.team)
  const environments = Object.entries(service.environments).map(
    ([environment, { order, regions }]): Environment => ({
      name: environment,
      order,
      regions: Object.entries(regions).map(([region, { targets, stepDeadline, checkWindow }]): Region => {
        const place = `${name}/${environment}/${region}`
        return {
          name: region,
          targets: Object.keys(targets)
            .map((target) => parts.targets.get(`${place}/${target}`))
            .filter((target): target is ConfiguredTarget => target !== undefined),
          checks: (parts.checks.get(place) ?? []).map(({ adapter, config }) => ({ adapter, config })),
          stepDeadlineMs: durationMs(stepDeadline) ?? 0,
          checkWindowMs: durationMs(checkWindow) ?? 0,
        }
      }),
    }),
  )
  const marked = environments.find((environment) => service.environments[environment.name]?.default)
  const defaultEnvironment = marked ?? environments[0]
  if (!team || !defaultEnvironment) throw new TypeError(`service ${name} was not found valid`)
  return {
    name,
    tier: service.tier,
    team,
    onCall: service.onCall ?? team.onCall,
    channels: service.channels,
    language: service.language ?? written.language,
    languages: service.languages,
    environments,
    defaultEnvironment,
    paging: servicePaging(written, service),
    alerts: alertRule(service.alerts, { name, environments, defaultEnvironment }),
    asking: {
      monitor: service.alerts.monitor ?? null,
      wellForMs: durationMs(service.alerts.wellFor) ?? 0,
      pendingMs: durationMs(service.alerts.pending) ?? 0,
    },
    watches: watchesOf(name, service, defaultEnvironment.name),
    dependsOn: [...new Set(service.dependsOn)],
    migrations: service.migrations ?? null,
  }
}

function connectionsOf(parts: Parts): ReadonlyMap<string, ConfiguredConnection> {
  const targets = [...parts.targets.values()]
  return new Map(
    [...parts.connections].map(([name, { adapter, config }]) => [
      name,
      { name, adapter, config, targets: targets.filter((target) => target.connection === name) },
    ]),
  )
}

function directoryOf(
  people: ReadonlyMap<PersonId, Person>,
  byAccount: ReadonlyMap<string, Person>,
  fallback: Config['language'],
): Directory {
  return {
    account: (person: PersonId, chat: string): Account | null =>
      people.get(person)?.accounts.find((account) => account.chat === chat) ?? null,
    name: (person) => people.get(person)?.name ?? (person === asternId ? 'Astern' : person),
    language: (account) => byAccount.get(accountKey(account))?.language ?? fallback,
    timeZone: (person) => people.get(person)?.timeZone ?? 'UTC',
  }
}
