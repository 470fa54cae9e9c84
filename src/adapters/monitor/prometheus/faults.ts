import { Fault, type Retry } from '../../../core/fault.ts'
import { networkTrouble } from '../../../ports/network.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import type { Failure } from './wire.ts'

/** What Prometheus said is shortened: it repeats the query, and a proxy may say anything. */
const longest = 200

const fault = (
  code: Extract<TextKey, `monitor.${string}`>,
  retry: Retry,
  url: string,
  of: { readonly said?: string; readonly retryAfterMs?: number; readonly cause?: unknown } = {},
): Fault => {
  const said = (of.said ?? '').replace(/\s+/g, ' ').slice(0, longest)
  return new Fault({
    code,
    retry,
    hint: wording(code, { url, said }),
    ...(of.retryAfterMs === undefined ? {} : { retryAfterMs: of.retryAfterMs }),
    ...(of.cause === undefined ? {} : { cause: of.cause }),
  })
}

/** What an answer that is no success means: https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
export function refused(url: string, response: Response, failure: Failure | null): Fault {
  const { status } = response
  const said = failure ? `${failure.errorType}: ${failure.error}` : `HTTP ${status}`
  if (status === 401 || status === 403) return fault('monitor.no-permission', 'no', url, { said })
  if (status >= 300 && status < 400) return fault('monitor.redirected', 'no', url, { said })
  if (failure && (failure.errorType === 'timeout' || failure.errorType === 'canceled' || status === 503))
    return fault('monitor.busy', 'yes', url, { said })
  if (failure && (status === 400 || status === 422)) return fault('monitor.bad-query', 'no', url, { said })
  if (status === 429 || status >= 500) return fault('monitor.busy', 'yes', url, { said, ...retryAfter(response) })
  return fault(status === 404 ? 'monitor.not-there' : 'monitor.not-understood', 'no', url, { said })
}

export const notUnderstood = (url: string, cause: unknown): Fault =>
  fault('monitor.not-understood', 'no', url, { said: 'HTTP 200', cause })

export const incomplete = (url: string, warnings: readonly string[]): Fault =>
  fault('monitor.incomplete', 'yes', url, { said: warnings.join('; ') })

export function unreachable(url: string, cause: unknown): Fault {
  const trouble = networkTrouble(cause)
  if (trouble === 'late') return fault('monitor.late', 'yes', url, { cause })
  return fault('monitor.unreachable', 'yes', url, { said: trouble, cause })
}

/** Seconds; a date is not worth reading for so short a wait. */
function retryAfter(response: Response): { retryAfterMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.min(60, seconds) * 1000 } : {}
}
