import { webApi } from '@slack/bolt'
import { Fault, type Retry } from '../../../core/fault.ts'
import type { Wording } from '../../../core/wording.ts'
import { type TextKey, wording } from '../../../text/say.ts'

/** What was tried, for the hint and for whether it may have happened. */
export interface Attempt {
  readonly method: string
  /** True when doing it twice shows (a second message): then an unclear end is `check`. */
  readonly once: boolean
  readonly channel?: string
  readonly user?: string
}

/** Slack's error codes by what people can do about them. https://docs.slack.dev/reference/methods/chat.postMessage#errors and its like */
const groups: readonly (readonly [TextKey, readonly string[]])[] = [
  [
    'slack.token',
    [
      'invalid_auth',
      'not_authed',
      'account_inactive',
      'token_revoked',
      'token_expired',
      'not_allowed_token_type',
      'org_login_required',
      'team_access_not_granted',
      'two_factor_setup_required',
    ],
  ],
  ['slack.scope', ['missing_scope', 'no_permission']],
  ['slack.channel', ['channel_not_found', 'not_in_channel', 'cant_post_message', 'channel_type_not_supported']],
  ['slack.archived', ['is_archived', 'channel_is_archived']],
  [
    'slack.gone',
    [
      'message_not_found',
      'thread_not_found',
      'cant_update_message',
      'edit_window_closed',
      'canvas_not_found',
      'canvas_deleted',
    ],
  ],
  [
    'slack.blocks',
    [
      'invalid_blocks',
      'invalid_blocks_format',
      'msg_blocks_too_long',
      'msg_too_long',
      'no_text',
      'metadata_too_large',
      'view_too_large',
      'invalid_arguments',
      'too_many_attachments',
    ],
  ],
  ['slack.person', ['user_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot', 'user_not_in_channel']],
  [
    'slack.restricted',
    [
      'restricted_action',
      'restricted_action_read_only_channel',
      'restricted_action_thread_only_channel',
      'restricted_action_non_threadable_channel',
      'restricted_action_thread_locked',
      'ekm_access_denied',
      'access_denied',
      'team_not_found',
      'user_is_restricted',
    ],
  ],
]
const hints = new Map(groups.flatMap(([key, errors]) => errors.map((error) => [error, key] as const)))

/** Slack broke in the middle: part of it may have happened. */
const broken = new Set(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'])
const busy = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded', 'accesslimited'])
/** The connection never came to be, so nothing was sent. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ENETUNREACH'])

const patienceS = 30

/** Whatever a call of Slack's SDK threw, as a fault. The only place that knows Slack's errors. */
export function toFault(error: unknown, attempt: Attempt): Fault {
  if (error instanceof Fault) return error
  const unclear: Retry = attempt.once ? 'check' : 'yes'
  if (error instanceof webApi.WebAPIRateLimitedError) return limited(error.retryAfter, error)
  if (error instanceof webApi.WebAPIPlatformError) return refusal(error, attempt, unclear)
  if (error instanceof webApi.WebAPIHTTPError)
    // The error itself holds headers and page; a proxy's may repeat what we sent, token included.
    return unreachable(`HTTP ${error.statusCode}`, error.statusCode < 500 ? 'no' : unclear, new Error(error.message))
  if (error instanceof webApi.WebAPIRequestError) {
    const code = networkCode(error.original)
    return unreachable(code, neverLeft.has(code) ? 'yes' : unclear, error)
  }
  return unreachable(networkCode(error), unclear, error)
}

/** Slack's error code of a fault: `channel_not_found` of `slack.channel-not-found`. */
export const slackError = (fault: Fault): string => fault.code.replace(/^slack\./, '').replaceAll('-', '_')

export const faultOf = (code: string, retry: Retry, key: TextKey, values?: Wording['values'], cause?: unknown): Fault =>
  new Fault({ code, retry, hint: wording(key, values), ...(cause === undefined ? {} : { cause }) })

/** The answer was none of Slack's. */
export const unreadable = (attempt: Attempt, cause?: unknown): Fault =>
  faultOf('slack.unreadable', attempt.once ? 'check' : 'yes', 'slack.unreadable', { method: attempt.method }, cause)

const unreachable = (detail: string, retry: Retry, cause: unknown): Fault =>
  faultOf('slack.unreachable', retry, 'slack.unreachable', { detail }, cause)

/** Too much at once: nothing was done, and after so many seconds it may be. */
export function limited(afterS = patienceS, cause?: unknown): Fault {
  const retryAfterMs = afterS * 1000
  const hint = wording('slack.busy', { wait: { ms: retryAfterMs } })
  return new Fault({ code: 'slack.rate-limited', retry: 'yes', hint, retryAfterMs, cause })
}

function refusal(thrown: webApi.WebAPIPlatformError, attempt: Attempt, unclear: Retry): Fault {
  const { data } = thrown
  const error: unknown = data.error
  // What is no error code was no answer of Slack's: a proxy's page, an empty body.
  if (typeof error !== 'string' || !/^[a-z][a-z0-9_]{1,80}$/.test(error)) return unreadable(attempt)
  if (busy.has(error)) return limited(data.response_metadata?.retryAfter, thrown)
  if (broken.has(error)) return unreachable(error, unclear, thrown)
  const needed: unknown = 'needed' in data ? data.needed : undefined
  return new Fault({
    code: `slack.${error.replaceAll('_', '-')}`,
    retry: 'no',
    hint: hintOf(error, attempt, typeof needed === 'string' ? needed : null),
    cause: thrown,
  })
}

function hintOf(error: string, attempt: Attempt, needed: string | null): Wording {
  const values = {
    error,
    method: attempt.method,
    channel: attempt.channel ?? '?',
    user: attempt.user ?? '?',
    scope: needed ?? '?',
  }
  return wording(hints.get(error) ?? 'slack.refused', values)
}

function networkCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at.name === 'TimeoutError') return 'timeout'
  }
  return 'network'
}
