import { z } from 'zod'
import { Fault, type Retry } from '../../../core/fault.ts'
import type { Wording } from '../../../core/wording.ts'
import { type NetworkTrouble, networkTrouble } from '../../../ports/network.ts'
import { type TextKey, wording } from '../../../text/say.ts'

/** What was tried, for the hint and for whether it may have happened. */
export interface Attempt {
  /** Short name of the call, for logs, metrics and hints: `card.create`. */
  readonly name: string
  /** True when doing it twice shows: then an unclear end is `check`. */
  readonly once: boolean
  /** The group or person it was meant for. */
  readonly room?: string
}

/** Nothing was sent. */
const neverLeft: ReadonlySet<NetworkTrouble> = new Set(['refused', 'unknown-host', 'untrusted'])

/** https://open.dingtalk.com/document/development/api-call-limit: a second is enough. */
const qpsMs = 1000
/** The month's calls are used up; who buys more need not restart. */
const quotaMs = 15 * 60_000

export const faultOf = (
  code: string,
  retry: Retry,
  key: TextKey,
  values?: Wording['values'],
  cause?: unknown,
  retryAfterMs?: number,
): Fault =>
  new Fault({
    code,
    retry,
    hint: wording(key, values),
    ...(cause === undefined ? {} : { cause }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })

const unclear = (attempt: Attempt): Retry => (attempt.once ? 'check' : 'yes')

/** The answer was none of DingTalk's. */
export const unreadable = (attempt: Attempt, cause?: unknown): Fault =>
  faultOf('dingtalk.unreadable', unclear(attempt), 'dingtalk.unreadable', { call: attempt.name }, cause)

/** No answer came. The cause is not kept: it may repeat an address with a token in it. */
export function unanswered(error: unknown, attempt: Attempt): Fault {
  const trouble = networkTrouble(error)
  const retry = neverLeft.has(trouble) ? 'yes' : unclear(attempt)
  return faultOf('dingtalk.unreachable', retry, 'dingtalk.unreachable', { detail: trouble })
}

export const aborted = (attempt: Attempt, begun: boolean): Fault =>
  faultOf('dingtalk.aborted', begun ? unclear(attempt) : 'yes', 'dingtalk.aborted')

/** A refusal of api.dingtalk.com: `{code, message, requestid}` with a status. */
export const apiRefusal = z.object({
  code: z.string(),
  accessdenieddetail: z.object({ requiredScopes: z.array(z.string()).nullish() }).nullish(),
})

/** An answer of oapi.dingtalk.com: always 200, with a number. */
export const oapiAnswer = z.object({ errcode: z.number(), sub_code: z.string().nullish() })

const tokenCodes = /^(InvalidAuthentication|InvalidAccessToken|invalidClientIdOrSecret|invalid\.?(access)?token)/i
const permissionCodes = /(AccessTokenPermissionDenied|PermissionDenied|permission\.checkFailed|noPermission)/i
const roomCodes =
  /(cid|conversation|chatbotNotInstall|robot.?not|spaceId|group.?not|userNotExist|userIdNotExist|staffId)/i
const packageCodes = /(serverquota|ding\.\w*quota)/i
const templateCodes = /(template)/i

/** True when only a new token helps. */
export const isTokenCode = (code: string): boolean => tokenCodes.test(code)

/** Any refusal of api.dingtalk.com by its status and code. The only place that knows them. */
export function apiFault(status: number, code: string, scopes: readonly string[], attempt: Attempt): Fault {
  const values = { error: code, call: attempt.name, room: attempt.room ?? '?', scope: scopes.join(', ') || '?' }
  const own = codeOf(code)
  if (/ApiCountLimit/i.test(code))
    return faultOf('dingtalk.quota', 'yes', 'dingtalk.quota', undefined, undefined, quotaMs)
  if (/Qps|Throttling|TooManyRequests|FlowControl/i.test(code) || status === 429)
    return faultOf('dingtalk.busy', 'yes', 'dingtalk.busy', { wait: { ms: qpsMs } }, undefined, qpsMs)
  if (isTokenCode(code) || status === 401) return faultOf(own, 'no', 'dingtalk.token', values)
  if (status >= 500) return faultOf('dingtalk.broken', unclear(attempt), 'dingtalk.unreachable', { detail: code })
  if (packageCodes.test(code)) return faultOf(own, 'no', 'dingtalk.no-package', values)
  if (permissionCodes.test(code)) return faultOf(own, 'no', 'dingtalk.permission', values)
  if (templateCodes.test(code)) return faultOf(own, 'no', 'dingtalk.template', values)
  if (roomCodes.test(code)) return faultOf(own, 'no', 'dingtalk.room', values)
  return faultOf(own, 'no', 'dingtalk.refused', values)
}

/** Any error number of oapi.dingtalk.com. https://open.dingtalk.com/document/orgapp/server-api-error-codes-1 */
export function oapiFault(errcode: number, sub: string | null, attempt: Attempt): Fault {
  const error = sub ? `${errcode}/${sub}` : String(errcode)
  if (errcode === 90020 || /ApiCountLimit/i.test(sub ?? '')) return apiFault(403, 'ApiCountLimitForOrg', [], attempt)
  if (errcode === -1 || errcode === 15)
    return faultOf('dingtalk.broken', unclear(attempt), 'dingtalk.unreachable', { detail: error })
  if ([90018, 90002, 90005].includes(errcode) || sub === '90018') return apiFault(403, 'QpsLimit', [], attempt)
  if (isTokenNumber(errcode, sub)) return apiFault(401, `InvalidAccessToken-${error}`, [], attempt)
  if (errcode === 60011 || sub === '60011' || (errcode === 88 && sub === null))
    return faultOf(`dingtalk.refused-${errcode}`, 'no', 'dingtalk.permission', {
      scope: '?',
      call: attempt.name,
      error,
    })
  return faultOf(`dingtalk.refused-${errcode}`, 'no', 'dingtalk.refused', { call: attempt.name, error })
}

export const isTokenNumber = (errcode: number, sub: string | null): boolean =>
  [40001, 40014, 42001].includes(errcode) || ['40001', '40014', '42001'].includes(sub ?? '')

/** A card of that id is there already: an earlier try had its effect. */
export const isThere = (error: unknown): boolean =>
  error instanceof Fault && /already-?exist|duplicate/.test(error.code)
/**
 * There is no card of that id. Which code says so nobody has seen: any refusal of the change itself counts, for a card that is
 * sent twice is better than one that is never sent.
 */
export const isMissing = (error: unknown): boolean =>
  error instanceof Fault &&
  error.retry === 'no' &&
  ['dingtalk.refused', 'dingtalk.room'].some((key) => key === error.hint.key)

/** `param.outTrackIdEmpty` → `dingtalk.param-out-track-id-empty`. */
const codeOf = (code: string): string =>
  `dingtalk.${code
    .slice(0, 80)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
