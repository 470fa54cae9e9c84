import { z } from 'zod'
import { Fault, type Retry } from '../../../core/fault.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import type { Reply } from './transport.ts'
import { Status } from './wire.ts'

/** One thing asked of the API server, in the words of its authorization. */
export interface Ask {
  readonly verb: 'get' | 'list' | 'watch' | 'patch' | 'create'
  readonly group: '' | 'apps' | 'authorization.k8s.io'
  /** With its subresource, for example `pods/log`. */
  readonly resource: string
  readonly namespace?: string
  readonly name?: string
}

/** The permission as people grant it: `patch deployments in shop`. */
export const permissionOf = (ask: Ask): string =>
  `${ask.verb} ${ask.resource}${ask.namespace === undefined ? '' : ` in ${ask.namespace}`}`

const thing = (ask: Ask): string =>
  `${ask.resource}${ask.name === undefined ? '' : `/${ask.name}`}${ask.namespace === undefined ? '' : ` in ${ask.namespace}`}`

/** Fields that the API server named as the cause of a refusal; never its message, which may quote values. */
const RefusedFields = z.object({ status: z.number(), reason: z.string(), fields: z.array(z.string()).readonly() })
type RefusedFields = z.infer<typeof RefusedFields>

/** What a Fault of this adapter has as its cause where the API server answered. */
export const refusalOf = (refused: RefusedFields): Error =>
  new Error(`HTTP ${refused.status} ${refused.reason} ${refused.fields.join(', ')}`.trim(), { cause: refused })

/** The fields that such a Fault is about. */
export function fieldsOf(fault: Fault): readonly string[] {
  const refused = RefusedFields.safeParse(fault.cause instanceof Error ? fault.cause.cause : undefined)
  return refused.success ? refused.data.fields : []
}

type Answered =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'expired'
  | 'invalid'
  | 'busy'
  | 'server-error'
  | 'refused'

/**
 * Translates what is not a yes of the API server. `effect`: the call may have changed something, so that silence or a 5xx
 * means `check`. Reasons and codes: https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#StatusReason
 */
export function faultOf(reply: Reply, ask: Ask, cluster: string, effect: boolean): Fault {
  if (reply.got === 'nothing') {
    const retry: Retry = effect && reply.sent ? 'check' : reply.why === 'tls' ? 'no' : 'yes'
    const key = reply.why === 'network' ? 'unreachable' : reply.why
    return new Fault({
      code: `kubernetes.${key}`,
      retry,
      hint: wording(`kubernetes.${key}`, { cluster }),
      cause: reply.cause,
    })
  }
  const status = statusOf(reply.text)
  const seconds = Number(reply.retryAfter ?? status?.details?.retryAfterSeconds ?? Number.NaN)
  const cause = refusalOf({
    status: reply.status,
    reason: status?.reason ?? '',
    fields: (status?.details?.causes ?? []).flatMap((each) => (each.field ? [each.field] : [])),
  })
  const say = (code: Answered, retry: Retry, key: TextKey = `kubernetes.${code}`) =>
    new Fault({
      code: `kubernetes.${code}`,
      retry,
      hint: wording(key, { cluster, what: thing(ask), permission: permissionOf(ask), status: String(reply.status) }),
      cause,
      ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1000 }),
    })
  switch (reply.status) {
    case 401:
      return say('unauthorized', 'no')
    case 403:
      return say('forbidden', 'no')
    case 404:
      return say('not-found', 'no')
    case 409:
      return say('conflict', 'yes')
    case 410:
      return say('expired', 'yes')
    case 422:
      return say('invalid', 'no')
    case 429:
      return say('busy', 'yes')
    default:
      if (reply.status >= 500) return say('server-error', effect ? 'check' : 'yes')
      return say('refused', 'no')
  }
}

function statusOf(text: string): Status | undefined {
  const parsed = Status.safeParse(jsonOf(text))
  return parsed.success ? parsed.data : undefined
}

/** The JSON of a text, or undefined where it is none: a proxy may answer in HTML. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
