import { z } from 'zod'
import { asternId } from '../core/actor.ts'
import type { AdapterRegistry } from '../ports/adapter.ts'
import type { Language } from '../text/language.ts'
import { idsOf } from './adapters.ts'
import { type KnownNames, name, policyWords } from './names.ts'
import type { Report } from './problem.ts'
import { alertSource, type WrittenAlertSource } from './shape/alerts.ts'
import { calendar, type WrittenCalendar } from './shape/calendar.ts'
import { drill, type WrittenDrill } from './shape/drill.ts'
import { freezes, type WrittenFreezes } from './shape/freezes.ts'
import { gate, type WrittenGate } from './shape/gate.ts'
import { language, ledger, web } from './shape/general.ts'
import { escalation, type WrittenEscalation } from './shape/paging.ts'
import { person, policy, type Tier, team, tiers } from './shape/people.ts'
import { schedule, type WrittenSchedule } from './shape/schedule.ts'
import { service, type WrittenService } from './shape/service.ts'
import { validate } from './validate.ts'

export type Entries<T> = ReadonlyMap<string, T>

/** The sections as they were written, each entry valid by itself, with defaults; what was not valid is not in it. */
export interface Written {
  readonly language: Language
  readonly web: z.infer<ReturnType<typeof web>> | undefined
  readonly ledger: z.infer<ReturnType<typeof ledger>> | undefined
  readonly people: Entries<z.infer<ReturnType<typeof person>>>
  readonly teams: Entries<z.infer<ReturnType<typeof team>>>
  readonly policies: ReadonlyMap<Tier, z.infer<ReturnType<typeof policy>>>
  readonly calendars: Entries<WrittenCalendar>
  readonly schedules: Entries<WrittenSchedule>
  readonly escalations: Entries<WrittenEscalation>
  readonly alertSources: Entries<WrittenAlertSource>
  readonly services: Entries<WrittenService>
  readonly freezes: WrittenFreezes | undefined
  readonly drills: Entries<WrittenDrill>
  readonly gate: WrittenGate | undefined
}

export const sections = z.strictObject({
  language: z.unknown().optional(),
  web: z.unknown().optional(),
  ledger: z.unknown().optional(),
  chat: z.unknown().optional(),
  connections: z.unknown().optional(),
  monitors: z.unknown().optional(),
  pagers: z.unknown().optional(),
  registries: z.unknown().optional(),
  people: z.unknown().optional(),
  teams: z.unknown().optional(),
  policies: z.unknown().optional(),
  calendars: z.unknown().optional(),
  schedules: z.unknown().optional(),
  escalations: z.unknown().optional(),
  alertSources: z.unknown().optional(),
  services: z.unknown().optional(),
  freezes: z.unknown().optional(),
  drills: z.unknown().optional(),
  gate: z.unknown().optional(),
})
export type Sections = Partial<Record<keyof typeof sections.shape, unknown>>

/** The entries of a map, none of anything else: its own check has told that it is no map. */
export const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

export const keysOf = (value: unknown): string[] => entriesOf(value).map(([key]) => key)

export const knownNames = (raw: Sections): KnownNames => ({
  people: keysOf(raw.people),
  teams: keysOf(raw.teams),
  services: keysOf(raw.services),
  schedules: keysOf(raw.schedules),
  escalations: keysOf(raw.escalations),
  connections: keysOf(raw.connections),
  monitors: keysOf(raw.monitors),
  chats: keysOf(raw.chat),
})

/** Checks everything that is Astern's own, each entry by itself, so that one mistake hides no other. */
export function checkWritten(raw: Sections, adapters: AdapterRegistry, report: Report): Written {
  const known = knownNames(raw)
  const entries = <T>(section: keyof Sections, schema: z.ZodType<T>): Entries<T> => {
    const value = raw[section] ?? {}
    validate(z.record(name(), z.unknown()), value, [section], report)
    const valid = new Map<string, T>()
    for (const [key, entry] of entriesOf(value)) {
      const checked = validate(schema, entry, [section, key], report)
      if (checked !== undefined) valid.set(key, checked)
    }
    return valid
  }
  reservedNames(known, report)
  return {
    language: validate(language(), raw.language ?? 'en', ['language'], report) ?? 'en',
    web: validate(web(), raw.web ?? {}, ['web'], report),
    ledger: validate(ledger(known), raw.ledger ?? {}, ['ledger'], report),
    people: entries('people', person([...new Set([...idsOf(adapters.chats), ...known.chats])])),
    teams: entries('teams', team(known)),
    policies: policies(raw.policies ?? {}, known, report),
    calendars: entries('calendars', calendar(known)),
    schedules: entries('schedules', schedule(known)),
    escalations: entries('escalations', escalation(known)),
    alertSources: entries('alertSources', alertSource()),
    services: entries('services', service(known)),
    drills: entries('drills', drill(known)),
    freezes: validate(freezes(known), raw.freezes ?? {}, ['freezes'], report),
    gate: validate(gate(known), raw.gate ?? {}, ['gate'], report),
  }
}

function policies(raw: unknown, known: KnownNames, report: Report): Written['policies'] {
  const tier = z.unknown().optional()
  validate(z.strictObject({ critical: tier, standard: tier, low: tier }), raw, ['policies'], report)
  const valid: [Tier, z.infer<ReturnType<typeof policy>>][] = []
  const written = new Map(entriesOf(raw))
  for (const key of tiers) {
    const checked = validate(policy(known), written.get(key) ?? {}, ['policies', key], report)
    if (checked) valid.push([key, checked])
  }
  return new Map(valid)
}

/** A policy names people and teams in one list, beside words of its own: each name must mean one thing. */
function reservedNames(known: KnownNames, report: Report): void {
  for (const section of ['people', 'teams'] as const) {
    if (known[section].includes(asternId))
      report({ path: [section, asternId], message: `${asternId} is Astern itself and cannot be a name`, on: 'key' })
    for (const word of policyWords) {
      if (!known[section].includes(word)) continue
      report({ path: [section, word], message: `${word} is a word of policies and cannot be a name`, on: 'key' })
    }
  }
  for (const team of known.teams) {
    if (!known.people.includes(team)) continue
    report({
      path: ['teams', team],
      message: 'a person has the same name; policies could not tell them apart',
      on: 'key',
    })
  }
}
