import type { z } from 'zod'
import type { PersonId } from '../core/actor.ts'
import type { Json } from '../core/canonical.ts'
import type { Alarm } from './alarm.ts'
import type { AlertSource } from './alert-source.ts'
import type { ChatConnection, Directory } from './chat.ts'
import type { Check } from './check.ts'
import type { Chance, Clock } from './clock.ts'
import type { Connection } from './effector.ts'
import type { Fetch } from './http.ts'
import type { Log } from './log.ts'
import type { Monitor } from './monitor.ts'
import type { OnCallSource } from './oncall-source.ts'
import type { Pager } from './pager.ts'
import type { Registry } from './registry.ts'
import type { Ring } from './ring.ts'
import type { TemplateStore, ValueStore } from './store.ts'

/** What the world outside is made of, for whoever needs it. */
export interface Platform {
  readonly clock: Clock
  readonly chance: Chance
  readonly fetch: Fetch
  readonly log: Log
  /** Absent where only timers wake. */
  readonly alarm?: Alarm
}

/** How an effect can be made at most once: the vendor keeps our key; the write is guarded by an etag; it can be found; it cannot. */
export type Repeat = 'keyed' | 'guarded' | 'findable' | 'unsafe'

export interface TargetAdapter<Config = unknown, Unit extends Json = Json> {
  readonly port: 'target'
  readonly id: string
  readonly title: string
  readonly can: { readonly preview: boolean; readonly undo: boolean; readonly repeat: Repeat }
  /** What sort of thing its targets are, where a policy may want more consent for it: `database`. */
  readonly layer?: string
  /** The connection's own part of the configuration. */
  readonly config: z.ZodType<Config>
  /** One target of this connection. */
  readonly unit: z.ZodType<Unit>
  open(config: Config, given: TargetGiven, signal: AbortSignal): Promise<Connection>
}

export interface TargetGiven extends Platform {
  readonly templates: TemplateStore
  readonly registry: Registry | null
  /** Every configured target of this connection: what to watch. */
  readonly units: readonly { readonly id: string; readonly unit: Json }[]
  /** Called (often, cheaply) when what is known of a target changed. */
  changed(targetId: string): void
}

export interface ChatAdapter<Config = unknown> {
  readonly port: 'chat'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  open(config: Config, given: ChatGiven, signal: AbortSignal): Promise<ChatConnection>
}

export interface ChatGiven extends Platform {
  directory(): Directory
  /** What outlives the process, where something does: a doctor keeps nothing. */
  readonly values?: ValueStore
  /** The bot's commands by their own names; the adapter maps the workspace's names onto them. */
  readonly commands: readonly string[]
  /** Adds a route to the one HTTP server. The handler gets the raw body. */
  route(method: 'POST', path: string, handler: RouteHandler): void
}

export interface RouteRequest {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly signal: AbortSignal
}

export interface RouteResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export type RouteHandler = (request: RouteRequest) => Promise<RouteResponse>

export interface CheckAdapter<Config = unknown> {
  readonly port: 'check'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  /** The monitor that a check of this kind asks, by the name it has in `monitors`; absent where it asks none. */
  monitorOf?(config: Config): string
  open(config: Config, given: CheckGiven): Check
}

export interface CheckGiven extends Platform {
  /** A monitor of the configuration. Throws on a name that is not there: `monitorOf` was checked before. */
  monitor(name: string): Monitor
}

export interface MonitorAdapter<Config = unknown> {
  readonly port: 'monitor'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  /** Connects to nothing yet. */
  open(config: Config, given: Platform): Monitor
}

/** Calendars of who is on call, or of freezes, that are kept elsewhere. */
export interface OnCallSourceAdapter<Config = unknown> {
  readonly port: 'oncall-source'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  /** Connects to nothing yet. `timeZone` is what times without a zone are read in where the calendar names none. */
  open(config: Config, given: OnCallSourceGiven): OnCallSource
}

export interface OnCallSourceGiven extends Platform {
  readonly timeZone: string
}

/** `contact` is what a person's part of the configuration says of her for a pager of this kind. */
export interface PagerAdapter<Config = unknown, Contact = unknown> {
  readonly port: 'pager'
  readonly id: string
  readonly title: string
  readonly can: { readonly repeat: Repeat }
  readonly config: z.ZodType<Config>
  readonly contact: z.ZodType<Contact>
  /** Connects to nothing yet. */
  open(config: Config, given: PagerGiven<Contact>): Pager
}

export interface PagerGiven<Contact = unknown> extends Platform {
  /** As `pagers` names it. */
  readonly name: string
  /** What the configuration of the moment says of people for this pager. */
  contacts(): ReadonlyMap<PersonId, Contact>
  /** Whether the configuration knows a person by this name. */
  knows(person: string): boolean
  /** What outlives the process, where something does: a doctor keeps nothing. */
  readonly values?: ValueStore
  /** How a chat wakes people, by the chat's name; null where it is not connected or cannot. */
  ring?(chat: string): Ring | null
  /** Adds a route to the one HTTP server. The handler gets the raw body. */
  route(method: 'POST', path: string, handler: RouteHandler): void
}

/** Where images live. `config` is the `registries` part of the configuration; `open` is given its result, also when it is empty. */
export interface RegistryAdapter<Config = unknown> {
  readonly port: 'registry'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  open(config: Config, given: Platform): Registry
}

/** Alerts that are posted to us. */
export interface AlertSourceAdapter<Config = unknown> {
  readonly port: 'alert-source'
  readonly id: string
  readonly title: string
  readonly config: z.ZodType<Config>
  open(config: Config, given: Platform): AlertSource
}

/** What a configuration may name. Passed in: the configuration knows no adapter by itself. */
export interface AdapterRegistry {
  readonly targets: readonly TargetAdapter[]
  readonly chats: readonly ChatAdapter[]
  readonly checks: readonly CheckAdapter[]
  readonly monitors: readonly MonitorAdapter[]
  readonly pagers: readonly PagerAdapter[]
  readonly oncallSources?: readonly OnCallSourceAdapter[]
  readonly alertSources?: readonly AlertSourceAdapter[]
  readonly registry?: RegistryAdapter
}

export const defineTargetAdapter = <Config, Unit extends Json>(adapter: TargetAdapter<Config, Unit>) => adapter
export const defineChatAdapter = <Config>(adapter: ChatAdapter<Config>) => adapter
export const defineCheckAdapter = <Config>(adapter: CheckAdapter<Config>) => adapter
export const defineMonitorAdapter = <Config>(adapter: MonitorAdapter<Config>) => adapter
export const defineOnCallSourceAdapter = <Config>(adapter: OnCallSourceAdapter<Config>) => adapter
export const definePagerAdapter = <Config, Contact>(adapter: PagerAdapter<Config, Contact>) => adapter
export const defineRegistryAdapter = <Config>(adapter: RegistryAdapter<Config>) => adapter
export const defineAlertSourceAdapter = <Config>(adapter: AlertSourceAdapter<Config>) => adapter
