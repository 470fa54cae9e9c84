import { createHash } from 'node:crypto'
import { type ConsoleKey, opensPage } from '../../core/console-link.ts'
import type { RouteResponse } from '../../ports/adapter.ts'
import { plainAnswer } from '../respond.ts'
import type { Route, WebRequest } from '../routes.ts'
import { type Ics, icsText } from './ics.ts'
import { calendarOfPerson, calendarOfSchedule, type Known } from './shifts.ts'

/** Calendars to subscribe to: `/calendar/schedule/<id>.ics` and `/calendar/person/<id>.ics`. Each opens only by its own link. */
export const calendarRoutes = (world: Known, key: ConsoleKey): readonly Route[] => [
  { method: 'GET', path: '/calendar/schedule/:id', handler: guarded(key, (id) => calendarOfSchedule(world, id)) },
  { method: 'GET', path: '/calendar/person/:id', handler: guarded(key, (id) => calendarOfPerson(world, id)) },
]

/** A wrong key and a calendar that there is not are answered alike, as any other address where there is nothing. */
function guarded(key: ConsoleKey, calendar: (id: string) => Ics | null): Route['handler'] {
  return async (request: WebRequest): Promise<RouteResponse> => {
    const nothing = plainAnswer(404, 'There is nothing here.')
    if (!request.id.endsWith('.ics') || !opensPage(request.path, request.query.get('k'), key)) return nothing
    const found = calendar(request.id.slice(0, -'.ics'.length))
    return found ? answered(found, request.headers['if-none-match']) : nothing
  }
}

function answered(calendar: Ics, known: string | undefined): RouteResponse {
  const body = icsText(calendar)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = {
    etag,
    'cache-control': 'private, max-age=300',
    'last-modified': new Date(calendar.changedAt.epochMilliseconds).toUTCString(),
  }
  const same = known?.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, '')))
  if (same) return { status: 304, headers }
  return { status: 200, headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' }, body }
}
