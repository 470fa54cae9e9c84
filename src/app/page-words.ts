import type { PersonId } from '../core/actor.ts'
import type { Paging } from '../core/paging/state.ts'
import type { Page } from '../ports/pager.ts'
import { duration } from '../text/format.ts'
import type { Language } from '../text/language.ts'
import { sayPlain } from '../text/say.ts'
import { drillMark } from '../view/drill-mark.ts'
import { names } from '../view/names.ts'
import { drillOfIncident } from './drills.ts'
import { loadIncident, loadRollback } from './load.ts'
import type { World } from './world.ts'

/** What one page says: in her language, by her own clock. */
export async function pageFor(
  world: World,
  paging: Paging,
  of: { readonly key: string; readonly person: PersonId; readonly at: string },
): Promise<Page> {
  const { key, person, at } = of
  const config = world.config()
  const language = config.people.get(person)?.language ?? config.language
  const drill = drillOfIncident(world, paging.incident)
  return {
    key,
    person,
    at,
    service: paging.service,
    summary: `${drill === null ? '' : drillMark(language, drill)}${await summaryFor(world, paging, person, language)}`,
    urgency: paging.tier === 'low' ? 'low' : 'high',
    link: world.link(`/incidents/${paging.incident}`),
  }
}

async function summaryFor(world: World, paging: Paging, person: PersonId, language: Language): Promise<string> {
  const { service, tier } = paging
  const zone = world.config().directory().timeZone(person)
  const clock = (at: string): string =>
    Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
  const name = (id: PersonId) => world.config().directory().name(id)
  if (paging.about === 'incident') {
    const incident = await loadIncident(world, paging.incident)
    return sayPlain(language, 'page.incident', {
      id: paging.incident,
      service,
      tier,
      title: incident?.title ?? '',
      since: clock(incident?.openedAt ?? paging.openedAt),
      within: duration(language, paging.escalation.acknowledgeMs),
    })
  }
  const rollback = await loadRollback(world, paging.rollback ?? '')
  if (!rollback) return paging.id
  const { id, requester, reason, expiresAt } = rollback
  const { from, to, regions } = names(rollback)
  const said = { id, service, from, to, regions, reason }
  return rollback.glass && paging.about === 'glass'
    ? sayPlain(language, 'page.glass', {
        ...said,
        who: name(rollback.glass.person),
        reason: rollback.glass.reason,
        at: clock(rollback.glass.at),
      })
    : sayPlain(language, 'page.approval', { ...said, who: name(requester), until: clock(expiresAt) })
}
