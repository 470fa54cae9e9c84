import { stringify } from 'yaml'
import type { Json } from '../core/canonical.ts'
import { Secret } from '../ports/secret.ts'
import type { Config } from './config.ts'
import type { Parts } from './parts.ts'
import type { Written } from './written.ts'

/**
 * What is in force, with the defaults of everything that is Astern's own and the adapters' parts as they were written. Secrets
 * stand there as their sources: no adapter takes one in another form.
 */
export function effective(written: Written, parts: Parts): { readonly [section: string]: Json } {
  const rawParts = (map: ReadonlyMap<string, { readonly raw: Json }>) =>
    Object.fromEntries([...map].map(([key, part]) => [key, part.raw]))
  const withAdapters = (map: ReadonlyMap<string, { readonly adapter: { readonly id: string }; readonly raw: Json }>) =>
    Object.fromEntries([...map].map(([key, part]) => [key, { adapter: part.adapter.id, ...(part.raw as object) }]))
  return redactedValue({
    language: written.language,
    web: written.web,
    ledger: written.ledger,
    chat: rawParts(parts.chats),
    connections: withAdapters(parts.connections),
    monitors: withAdapters(parts.monitors),
    pagers: withAdapters(parts.pagers),
    registries: parts.registry?.raw,
    calendars: Object.fromEntries(written.calendars),
    alertSources: Object.fromEntries(
      [...parts.alertSources].map(([key, { adapter, raw }]) => [
        key,
        { adapter: adapter.id, silentAfter: written.alertSources.get(key)?.silentAfter, ...(raw as object) },
      ]),
    ),
    people: Object.fromEntries(written.people),
    teams: Object.fromEntries(written.teams),
    policies: Object.fromEntries(written.policies),
    schedules: Object.fromEntries(written.schedules),
    escalations: Object.fromEntries(written.escalations),
    services: Object.fromEntries(written.services),
    freezes: written.freezes,
    drills: Object.fromEntries(written.drills),
    gate: written.gate,
  }) as { readonly [section: string]: Json }
}

/** The configuration in force as YAML that can be shown to anybody. */
export const redacted = (config: Config): string =>
  stringify(config.effective, { lineWidth: 0, aliasDuplicateObjects: false })

function redactedValue(value: unknown): Json | undefined {
  if (value instanceof Secret) return { ...value.source }
  // A password in an address is the one secret that can stand in a text that is none.
  if (typeof value === 'string') return value.replace(/(:\/\/)[^/\s@]+@/g, '$1<secret>@')
  if (Array.isArray(value)) return value.map((item) => redactedValue(item) ?? null)
  if (typeof value !== 'object' || value === null) return value as Json | undefined
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactedValue(item)]))
}
