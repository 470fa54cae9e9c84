import { Fault, type Retry } from '../../core/fault.ts'
import { networkTrouble } from '../../ports/network.ts'
import { type TextKey, wording } from '../../text/say.ts'

/** What a pager said is shortened: a proxy before it may say anything. */
const longest = 200
/** Where nobody says when to come again. */
const laterMs = 15_000

interface Of {
  readonly said?: string
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

const fault = (code: Extract<TextKey, `pager.${string}`>, retry: Retry, url: string, of: Of = {}): Fault => {
  const said = (of.said ?? '').replace(/\s+/g, ' ').slice(0, longest)
  return new Fault({
    code,
    retry,
    hint: wording(code, { url, said }),
    ...(of.retryAfterMs === undefined ? {} : { retryAfterMs: of.retryAfterMs }),
    ...(of.cause === undefined ? {} : { cause: of.cause }),
  })
}

/** What an answer that is no success means; after 5xx nobody knows whether it went out. `said` are the vendor's own words. */
export function answered(url: string, response: Response, said: string): Fault {
  const { status } = response
  const words = said || `HTTP ${status}`
  if (status === 429) return fault('pager.busy', 'yes', url, { said: words, ...retryAfter(response) })
  if (status === 408 || status === 425) return fault('pager.busy', 'yes', url, { said: words, retryAfterMs: laterMs })
  if (status >= 500) return fault('pager.trouble', 'check', url, { said: words })
  if (status === 401 || status === 403) return fault('pager.no-permission', 'no', url, { said: words })
  if (status >= 300 && status < 400) return fault('pager.redirected', 'no', url, { said: words })
  return fault('pager.refused', 'no', url, { said: words })
}

/** A connection that was cut, or an answer that did not come, may have been for a page that went out. */
export function unanswered(url: string, cause: unknown): Fault {
  const trouble = networkTrouble(cause)
  if (trouble === 'late') return fault('pager.late', 'check', url, { cause })
  const never = trouble === 'refused' || trouble === 'unknown-host' || trouble === 'untrusted'
  return fault('pager.unreachable', never ? 'yes' : 'check', url, { said: trouble, cause })
}

export const noWay = (url: string, said: string): Fault => fault('pager.no-way', 'no', url, { said })

export const notUnderstood = (url: string, cause: unknown): Fault =>
  fault('pager.not-understood', 'yes', url, { said: 'HTTP 200', cause })

/** Seconds; a date is not worth reading for so short a wait. */
function retryAfter(response: Response): { retryAfterMs: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return { retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? Math.min(120, seconds) * 1000 : laterMs }
}
