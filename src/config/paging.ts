import { z } from 'zod'
import { durationMs } from '../core/duration.ts'
import type { Escalation } from '../core/paging/events.ts'
import type { PagerAdapter } from '../ports/adapter.ts'
import { commander, onCall, owners, referenceTo } from './names.ts'
import type { Path, Report } from './problem.ts'
import type { WrittenEscalation } from './shape/paging.ts'
import type { Tier } from './shape/people.ts'
import type { WrittenService } from './shape/service.ts'
import { validate } from './validate.ts'
import { entriesOf, type Sections, type Written } from './written.ts'

/** Where neither the service nor its tier says how long an acknowledgement may take. */
const defaultSla: Readonly<Record<Tier, string>> = { critical: '5m', standard: '15m', low: '1h' }

/** Who is paged about a service, and who next: what the service says, else its tier, else its on-call, its team, its commander. */
export function servicePaging(written: Written, service: WrittenService): Escalation {
  const tier = written.policies.get(service.tier)
  const sla = service.sla ?? tier?.sla
  const acknowledgeMs = durationMs(sla?.acknowledge ?? defaultSla[service.tier]) ?? 0
  const rule = written.escalations.get(service.escalation ?? tier?.escalation ?? '') ?? usual(written, service)
  return escalationOf(rule, service.tier, acknowledgeMs)
}

function usual(written: Written, service: WrittenService): WrittenEscalation {
  const team = written.teams.get(service.team)
  const hasSchedule = (service.onCall ?? team?.onCall) !== undefined
  const levels = [...(hasSchedule ? [onCall] : []), owners, ...(team?.commander ? [commander] : [])]
  return { levels: levels.map((role) => ({ page: [role] })) }
}

function escalationOf({ levels, repeat, quiet }: WrittenEscalation, tier: Tier, acknowledgeMs: number): Escalation {
  const sleeps = quiet && tier !== 'critical' && quiet.tiers.includes(tier)
  return {
    acknowledgeMs,
    delayMs: 0,
    levels: levels.map(({ page, after }) => ({ page, waitMs: after ? (durationMs(after) ?? 0) : acknowledgeMs })),
    repeat: repeat ? { everyMs: durationMs(repeat.every) ?? 0, times: repeat.times } : null,
    quiet: sleeps ? { from: quiet.from, to: quiet.to, instead: quiet.instead } : null,
  }
}

/** A level that pages whoever is on call needs a schedule to ask. */
export function checkPaging(written: Written, report: Report): void {
  for (const [name, service] of written.services) {
    const id = service.escalation ?? written.policies.get(service.tier)?.escalation
    const rule = id === undefined ? undefined : written.escalations.get(id)
    const scheduled = service.onCall ?? written.teams.get(service.team)?.onCall
    if (!rule || scheduled !== undefined || !rule.levels.some(({ page }) => page.includes(onCall))) continue
    const path = ['services', name, service.escalation === undefined ? 'tier' : 'escalation']
    report({ path, message: `escalations.${id} pages ${onCall}, but neither ${name} nor its team has a schedule` })
  }
}

/** What people's parts say of each pager, checked by its adapter: person → pager → contact. */
export function checkContacts(
  raw: Sections,
  pagers: ReadonlyMap<string, { readonly adapter: PagerAdapter }>,
  report: Report,
): { readonly contacts: ReadonlyMap<string, ReadonlyMap<string, unknown>>; readonly secrets: readonly Contact[] } {
  const contacts = new Map<string, ReadonlyMap<string, unknown>>()
  const secrets: Contact[] = []
  for (const [person, value] of entriesOf(raw.people)) {
    const { pager } = Object.fromEntries(entriesOf(value))
    const own = new Map<string, unknown>()
    for (const [name, contact] of entriesOf(pager)) {
      const path = ['people', person, 'pager', name]
      const known = pagers.get(name)
      if (!known) {
        // One whose own part is wrong was told already.
        const written = entriesOf(raw.pagers).map(([key]) => key)
        validate(z.record(referenceTo('pager', written), z.unknown()), { [name]: contact }, path.slice(0, -1), report)
        continue
      }
      const config = validate(known.adapter.contact, contact, path, report)
      if (config === undefined) continue
      own.set(name, config)
      secrets.push({ config, path })
    }
    contacts.set(person, own)
  }
  return { contacts, secrets }
}

interface Contact {
  readonly config: unknown
  readonly path: Path
}
