import { type ConsoleKey, consoleLink, opensPage } from '../../core/console-link.ts'
import type { Recorded } from '../../core/event.ts'
import { type Incident, incidentFrom, incidentStream } from '../../core/incident/state.ts'
import { rollbackStream } from '../../core/rollback/lock.ts'
import type { RouteResponse } from '../../ports/adapter.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { Language } from '../../text/language.ts'
import { drillMark } from '../../view/drill-mark.ts'
import type { Route, WebRequest } from '../routes.ts'
import { eventArticle, time } from './event.ts'
import { type Html, html } from './html.ts'
import { languageOf, page, type Say, saying } from './page.ts'

export interface ConsoleOptions {
  readonly ledger: Pick<Ledger, 'stream' | 'read'>
  /** The key that the links were made with. */
  readonly key: ConsoleKey
}

/** The evidence behind every line of a timeline: `/incidents/:id` and `/events/:position`. Each opens only by its own link. */
export const consoleRoutes = (options: ConsoleOptions): readonly Route[] => [
  guarded('/incidents/:id', options, incidentPage),
  guarded('/events/:id', options, eventPage),
]

type Page = (options: ConsoleOptions, id: string, language: Language) => Promise<RouteResponse>

/** A wrong key is told before anything is read: the answer says nothing of what exists. */
const guarded = (path: string, options: ConsoleOptions, show: Page): Route => ({
  method: 'GET',
  path,
  handler: async (request: WebRequest) => {
    const language = languageOf(request.headers['accept-language'])
    if (opensPage(request.path, request.query.get('k'), options.key)) return show(options, request.id, language)
    const say = saying(language)
    return page(403, language, say('console.closed-title'), html`<p>${say('console.closed')}</p>`)
  },
})

async function incidentPage({ ledger, key }: ConsoleOptions, id: string, language: Language): Promise<RouteResponse> {
  const own = await ledger.stream(incidentStream(id))
  const incident = incidentFrom(own)
  if (!incident) return missing(id, language)
  const rollbacks = await Promise.all(incident.rollbacks.map((rollback) => ledger.stream(rollbackStream(rollback))))
  const events = [own, ...rollbacks].flat().sort((a, b) => a.position - b.position)
  const say = saying(language)
  return page(
    200,
    language,
    `${incident.drill === null ? '' : drillMark(language, incident.drill)}${id} · ${incident.title}`,
    html`${summary(incident, say)}
<p><small>${say('console.events', { count: events.length })}. ${say('console.explained')}</small></p>
${events.map((recorded) => eventArticle(recorded, eventLink(recorded, key), say))}`,
  )
}

async function eventPage({ ledger, key }: ConsoleOptions, id: string, language: Language): Promise<RouteResponse> {
  const position = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null
  const recorded = position === null ? undefined : (await ledger.read(position - 1, 1))[0]
  if (recorded?.position !== position || !recorded) return missing(id, language)
  const say = saying(language)
  return page(
    200,
    language,
    say('console.event', { position: id }),
    html`<p><small>${say('console.explained')}</small></p>
${eventArticle(recorded, eventLink(recorded, key), say)}`,
  )
}

const eventLink = (recorded: Recorded, key: ConsoleKey): string => consoleLink(`/events/${recorded.position}`, key)

function summary(incident: Incident, say: Say): Html {
  const { service, openedAt, closed, rollbacks } = incident
  return html`<dl>
<dt>${say('console.service')}</dt><dd>${service}</dd>
<dt>${say('console.opened')}</dt><dd>${time(openedAt)}</dd>
<dt>${say('console.closed-at')}</dt><dd>${closed ? time(closed.at) : say('console.still-open')}</dd>
<dt>${say('console.rollbacks')}</dt><dd>${rollbacks.join(', ') || say('console.none')}</dd>
</dl>`
}

function missing(name: string, language: Language): RouteResponse {
  const say = saying(language)
  return page(404, language, say('console.missing-title'), html`<p>${say('console.missing', { name })}</p>`)
}
