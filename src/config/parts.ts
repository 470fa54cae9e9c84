import { z } from 'zod'
import { canonicalJson, type Json } from '../core/canonical.ts'
import { nearest } from '../core/nearest.ts'
import { targetId } from '../core/rollback/plan.ts'
import type {
  AdapterRegistry,
  AlertSourceAdapter,
  ChatAdapter,
  CheckAdapter,
  MonitorAdapter,
  OnCallSourceAdapter,
  PagerAdapter,
  RegistryAdapter,
  TargetAdapter,
} from '../ports/adapter.ts'
import { idsOf } from './adapters.ts'
import type { Configured, ConfiguredTarget } from './config.ts'
import { name, referenceTo } from './names.ts'
import { checkContacts } from './paging.ts'
import type { Path, Report } from './problem.ts'
import { validate } from './validate.ts'
import { entriesOf, keysOf, type Sections } from './written.ts'

/** An adapter's part with the place it stands at. */
export interface Part<Adapter> extends Configured<Adapter> {
  readonly path: Path
  /** As it was written: secrets are sources in it. */
  readonly raw: Json
}

/** Everything that belongs to adapters, checked by them. Keyed by chat, connection, target id and region. */
export interface Parts {
  readonly chats: ReadonlyMap<string, Part<ChatAdapter>>
  readonly connections: ReadonlyMap<string, Part<TargetAdapter>>
  readonly monitors: ReadonlyMap<string, Part<MonitorAdapter>>
  readonly calendars: ReadonlyMap<string, Part<OnCallSourceAdapter>>
  readonly pagers: ReadonlyMap<string, Part<PagerAdapter>>
  readonly alertSources: ReadonlyMap<string, Part<AlertSourceAdapter>>
  /** Person → pager → what its adapter knows of her, with its secrets. */
  readonly contacts: ReturnType<typeof checkContacts>
  readonly registry: Part<RegistryAdapter> | null
  readonly targets: ReadonlyMap<string, ConfiguredTarget>
  /** By the place of the region: `service/environment/region`. */
  readonly checks: ReadonlyMap<string, readonly Part<CheckAdapter>[]>
}

/** Lets each adapter check what is its own. Looks at what was written, however wrong the rest around it may be. */
export function checkParts(raw: Sections, adapters: AdapterRegistry, report: Report): Parts {
  const connections = new Map<string, Part<TargetAdapter>>()
  const adapterOf = new Map<string, TargetAdapter>()
  for (const [key, value] of entriesOf(raw.connections)) {
    const { adapter: id, ...rest } = Object.fromEntries(entriesOf(value))
    const path = ['connections', key]
    const adapter = adapterBy(id, adapters.targets, [...path, 'adapter'], report)
    if (!adapter) continue
    adapterOf.set(key, adapter)
    own(connections, key, part(adapter, rest, path, report))
  }
  const monitors = new Map<string, Part<MonitorAdapter>>()
  for (const [key, value] of entriesOf(raw.monitors)) {
    const { adapter: id, ...rest } = Object.fromEntries(entriesOf(value))
    const path = ['monitors', key]
    const adapter = adapterBy(id, adapters.monitors, [...path, 'adapter'], report)
    if (adapter) own(monitors, key, part(adapter, rest, path, report))
  }
  const calendars = new Map<string, Part<OnCallSourceAdapter>>()
  for (const [key, value] of entriesOf(raw.calendars)) {
    const { adapter: id, every, goodFor, timeZone, people, ...rest } = Object.fromEntries(entriesOf(value))
    const path = ['calendars', key]
    const adapter = adapterBy(id, adapters.oncallSources ?? [], [...path, 'adapter'], report)
    if (adapter) own(calendars, key, part(adapter, rest, path, report))
  }
  const pagers = new Map<string, Part<PagerAdapter>>()
  for (const [key, value] of entriesOf(raw.pagers)) {
    const { adapter: id, ...rest } = Object.fromEntries(entriesOf(value))
    const path = ['pagers', key]
    const adapter = adapterBy(id, adapters.pagers, [...path, 'adapter'], report)
    if (adapter) own(pagers, key, part(adapter, rest, path, report))
  }
  const alertSources = new Map<string, Part<AlertSourceAdapter>>()
  for (const [key, value] of entriesOf(raw.alertSources)) {
    const { adapter: id, silentAfter, ...rest } = Object.fromEntries(entriesOf(value))
    const path = ['alertSources', key]
    const adapter = adapterBy(id, adapters.alertSources ?? [], [...path, 'adapter'], report)
    if (adapter) own(alertSources, key, part(adapter, rest, path, report))
  }
  const contacts = checkContacts(raw, pagers, report)
  const chats = new Map<string, Part<ChatAdapter>>()
  for (const section of ['chat', 'connections', 'monitors', 'pagers'] as const) {
    validate(z.record(name(), z.unknown()), raw[section] ?? {}, [section], report)
  }
  for (const [key, value] of entriesOf(raw.chat)) {
    const adapter = adapterBy(key, adapters.chats, ['chat', key], report, 'key')
    if (adapter) own(chats, key, part(adapter, value, ['chat', key], report))
  }
  if (raw.registries !== undefined && !adapters.registry)
    report({ path: ['registries'], message: 'no adapter takes this' })
  const registry = adapters.registry ? part(adapters.registry, raw.registries ?? {}, ['registries'], report) : null
  return {
    chats,
    connections,
    monitors,
    pagers,
    contacts,
    calendars,
    alertSources,
    registry,
    ...inServices(raw, adapters, adapterOf, report),
  }
}

function inServices(
  raw: Sections,
  adapters: AdapterRegistry,
  adapterOf: ReadonlyMap<string, TargetAdapter>,
  report: Report,
): Pick<Parts, 'targets' | 'checks'> {
  const targets = new Map<string, ConfiguredTarget>()
  const checks = new Map<string, readonly Part<CheckAdapter>[]>()
  for (const { service, environment, region, path, value } of regionsOf(raw)) {
    const written = Object.fromEntries(entriesOf(value))
    for (const [target, targetValue] of entriesOf(written.targets)) {
      const { connection, ...rest } = Object.fromEntries(entriesOf(targetValue))
      const adapter = adapterOf.get(String(connection))
      if (!adapter) continue
      const unit = validate(adapter.unit, rest, [...path, 'targets', target], report)
      if (unit === undefined) continue
      const ref = { service, environment, region, target }
      targets.set(targetId(ref), { id: targetId(ref), ref, connection: String(connection), unit })
    }
    const list = Array.isArray(written.checks) ? written.checks : []
    checks.set(
      `${service}/${environment}/${region}`,
      regionChecks(list, adapters, keysOf(raw.monitors), [...path, 'checks'], report),
    )
  }
  return { targets, checks }
}

function regionChecks(
  list: readonly unknown[],
  adapters: AdapterRegistry,
  monitors: readonly string[],
  path: Path,
  report: Report,
) {
  const found: Part<CheckAdapter>[] = []
  const seen = new Set<string>()
  for (const [index, value] of list.entries()) {
    const at = [...path, index]
    const [first, ...more] = entriesOf(value)
    if (typeof value === 'object' && (!first || more.length > 0)) {
      report({ path: at, message: `expected one kind of check: ${idsOf(adapters.checks).join(', ')}` })
    }
    if (!first || more.length > 0) continue
    const text = canonicalJson(value as Json)
    if (seen.has(text)) report({ path: at, message: 'the same check stands twice in this region' })
    seen.add(text)
    const adapter = adapterBy(first[0], adapters.checks, [...at, first[0]], report, 'key')
    const checked = adapter ? part(adapter, first[1], [...at, first[0]], report) : undefined
    if (!checked) continue
    const monitor = checked.adapter.monitorOf?.(checked.config)
    if (monitor !== undefined) validate(referenceTo('monitor', monitors), monitor, [...at, first[0], 'monitor'], report)
    found.push(checked)
  }
  return found
}

/** Every region that was written, as far as it can be found. */
export function* regionsOf(raw: Sections) {
  for (const [service, serviceValue] of entriesOf(raw.services)) {
    for (const [environment, environmentValue] of entriesOf(Object.fromEntries(entriesOf(serviceValue)).environments)) {
      for (const [region, value] of entriesOf(Object.fromEntries(entriesOf(environmentValue)).regions)) {
        const path: Path = ['services', service, 'environments', environment, 'regions', region]
        yield { service, environment, region, path, value }
      }
    }
  }
}

function adapterBy<A extends { readonly id: string }>(
  id: unknown,
  adapters: readonly A[],
  path: Path,
  report: Report,
  on: 'key' | 'value' = 'value',
): A | undefined {
  const found = adapters.find((adapter) => adapter.id === id)
  if (found) return found
  const ids = idsOf(adapters)
  const message = id === undefined ? 'is missing' : `there is no such adapter; there are ${ids.join(', ')}`
  report({ path, message, suggestion: typeof id === 'string' ? nearest(id, ids, 1)[0] : undefined, on })
  return undefined
}

function part<A extends { readonly config: z.ZodType<unknown> }>(
  adapter: A,
  raw: unknown,
  path: Path,
  report: Report,
): Part<A> | null {
  let valid = true
  const config = validate(adapter.config, raw, path, (finding) => {
    valid = false
    report(finding)
  })
  return valid ? { adapter, config, path, raw: raw as Json } : null
}

function own<T>(map: Map<string, T>, key: string, value: T | null): void {
  if (value !== null) map.set(key, value)
}
