import { Fault, type Retry } from '../../../core/fault.ts'
import { networkTrouble } from '../../../ports/network.ts'
import { type TextKey, wording } from '../../../text/say.ts'

export type CalendarFault = Extract<
  TextKey,
  | 'calendar.bad-address'
  | 'calendar.unreachable'
  | 'calendar.late'
  | 'calendar.no-permission'
  | 'calendar.not-there'
  | 'calendar.busy'
  | 'calendar.redirected'
  | 'calendar.too-large'
  | 'calendar.not-understood'
  | 'calendar.cut'
>

/** Only the host is told: the rest of the address is the key to the calendar. */
export function fault(
  code: CalendarFault,
  retry: Retry,
  host: string,
  of: { readonly said?: string; readonly retryAfterMs?: number } = {},
): Fault {
  return new Fault({
    code,
    retry,
    hint: wording(code, { host, said: (of.said ?? '').slice(0, 100) }),
    ...(of.retryAfterMs === undefined ? {} : { retryAfterMs: of.retryAfterMs }),
  })
}

/** What an answer that is no calendar means. */
export function refused(host: string, response: Response): Fault {
  const { status } = response
  const said = `HTTP ${status}`
  if (status === 401 || status === 403) return fault('calendar.no-permission', 'no', host, { said })
  if (status === 404 || status === 410) return fault('calendar.not-there', 'no', host, { said })
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const wish = Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.min(3600, seconds) * 1000 } : {}
    return fault('calendar.busy', 'yes', host, { said, ...wish })
  }
  return fault('calendar.not-understood', 'no', host, { said })
}

export function unreachable(host: string, cause: unknown): Fault {
  const trouble = networkTrouble(cause)
  if (trouble === 'late') return fault('calendar.late', 'yes', host)
  return fault(trouble === 'broken' ? 'calendar.cut' : 'calendar.unreachable', 'yes', host, { said: trouble })
}
