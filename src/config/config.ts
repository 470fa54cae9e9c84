import type { Account, PersonId } from '../core/actor.ts'
import type { AlertRule } from '../core/alert/place.ts'
import type { Watch } from '../core/alert/watch.ts'
import type { Json } from '../core/canonical.ts'
import type { Schedule } from '../core/oncall/schedule.ts'
import type { Escalation } from '../core/paging/events.ts'
import type { PolicyRule } from '../core/policy/policy.ts'
import type { TargetRef } from '../core/rollback/plan.ts'
import type {
  AlertSourceAdapter,
  ChatAdapter,
  CheckAdapter,
  MonitorAdapter,
  OnCallSourceAdapter,
  PagerAdapter,
  RegistryAdapter,
  TargetAdapter,
} from '../ports/adapter.ts'
import type { Directory } from '../ports/chat.ts'
import type { Secret } from '../ports/secret.ts'
import type { Language } from '../text/language.ts'
import type { Scenario } from './drills.ts'
import type { Freezes, GateToken } from './freezes.ts'

export interface Person {
  readonly id: PersonId
  readonly name: string
  readonly accounts: readonly Account[]
  readonly timeZone: string
  /** Null: the default. */
  readonly language: Language | null
  /** Pager → what its adapter knows of her. */
  readonly pager: ReadonlyMap<string, unknown>
}

export interface Team {
  readonly name: string
  readonly members: readonly PersonId[]
  readonly commander: PersonId | null
  /** The schedule of its services that name none. */
  readonly onCall: string | null
}

export interface ConfiguredTarget {
  /** `service/environment/region/target`, as `targetId` makes it. */
  readonly id: string
  readonly ref: TargetRef
  readonly connection: string
  /** Validated by the connection's adapter. */
  readonly unit: Json
}

/** An adapter with its own validated part of the configuration: `open` takes it. */
export interface Configured<Adapter> {
  readonly adapter: Adapter
  readonly config: unknown
}

export interface Region {
  readonly name: string
  readonly targets: readonly ConfiguredTarget[]
  readonly checks: readonly Configured<CheckAdapter>[]
  readonly stepDeadlineMs: number
  readonly checkWindowMs: number
}

export interface Environment {
  readonly name: string
  readonly order: 'sequence' | 'together'
  /** In the order of the file, which is the order of a sequence. */
  readonly regions: readonly Region[]
}

export interface Service {
  readonly name: string
  readonly tier: string
  readonly team: Team
  /** Its schedule, or its team's. */
  readonly onCall: string | null
  /** The team's channel per chat. */
  readonly channels: Readonly<Record<string, string>>
  readonly language: Language
  /** Chats in which its channel speaks another one. */
  readonly languages: Readonly<Record<string, Language>>
  readonly environments: readonly Environment[]
  /** The one that is meant when nobody names one. */
  readonly defaultEnvironment: Environment
  /** Who is woken about it, and who next. */
  readonly paging: Escalation
  readonly alerts: AlertRule
  /** Whether its migrations can be undone; null where nobody says. */
  readonly migrations: 'none' | 'reversible' | 'one-way' | null
  /** How its alerts are asked again after a rollback; no monitor: as the checks of the region say. `pendingMs`: so long they may wait before they fire. */
  readonly asking: { readonly monitor: string | null; readonly wellForMs: number; readonly pendingMs: number }
  /** Services it asks directly; there may be circles. */
  readonly dependsOn: readonly string[]
  /** What Astern asks for itself. */
  readonly watches: readonly Watch[]
}

export interface ConfiguredConnection extends Configured<TargetAdapter> {
  readonly name: string
  /** Every target on it, over all services. */
  readonly targets: readonly ConfiguredTarget[]
}

/** A calendar kept elsewhere. */
export interface ConfiguredCalendar extends Configured<OnCallSourceAdapter> {
  readonly name: string
  readonly everyMs: number
  /** Read longer ago than this, it gives nobody rights. */
  readonly goodForMs: number
  readonly timeZone: string
  /** How it writes people, and who they are. */
  readonly people: Readonly<Record<string, PersonId>>
}

/** What posts alerts to us. */
export interface ConfiguredAlertSource extends Configured<AlertSourceAdapter> {
  /** An alert that was not told again for so long counts as silent. */
  readonly silentAfterMs: number
}

/** One whole, valid configuration; never changes. */
export interface Config {
  /** Hex SHA-256 of what is in force, without secrets. */
  readonly digest: string
  /** What is in force with all defaults, secrets as their sources: what the digest is of and `astern check` prints. */
  readonly effective: { readonly [section: string]: Json }
  readonly language: Language
  readonly web: { readonly url: string; readonly host: string; readonly port: number }
  readonly ledger: {
    readonly file: string
    readonly keys: Secret | null
    readonly checkpoints: {
      readonly key: Secret
      readonly witness: { readonly chat: string; readonly channel: string } | null
    } | null
  }
  readonly chats: readonly Configured<ChatAdapter>[]
  readonly connections: ReadonlyMap<string, ConfiguredConnection>
  /** What keeps the metrics, by name. */
  readonly monitors: ReadonlyMap<string, Configured<MonitorAdapter>>
  /** What wakes people, by name, in the order of the file. */
  readonly pagers: ReadonlyMap<string, Configured<PagerAdapter>>
  /** What posts alerts, by the name in its address. */
  readonly alertSources: ReadonlyMap<string, ConfiguredAlertSource>
  readonly registry: Configured<RegistryAdapter> | null
  readonly people: ReadonlyMap<PersonId, Person>
  readonly teams: ReadonlyMap<string, Team>
  readonly calendars: ReadonlyMap<string, ConfiguredCalendar>
  /** By id. */
  readonly schedules: ReadonlyMap<string, Schedule>
  /** User groups of chats that are to hold who is on call for these schedules. */
  readonly groups: readonly { readonly chat: string; readonly group: string; readonly schedules: readonly string[] }[]
  readonly services: ReadonlyMap<string, Service>
  readonly freezes: Freezes
  /** What is rehearsed, by name. */
  readonly drills: ReadonlyMap<string, Scenario>
  /** Of the release gate. */
  readonly gate: readonly GateToken[]
  service(name: string): Service | null
  /** The rule of the service's tier in an environment, in its words: `policyAt` of the app knows who stands behind them now. */
  ruleFor(service: Service, environment: string): PolicyRule
  personOf(account: Account): PersonId | null
  directory(): Directory
  /** The language of a channel: of the service whose channel it is, else the default. */
  languageOf(chat: string, channel: string): Language
}

/** What a service's conversations in a chat speak. */
export const languageIn = (service: Pick<Service, 'language' | 'languages'>, chat: string): Language =>
  service.languages[chat] ?? service.language
