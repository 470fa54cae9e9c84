import type { IncomingMessage } from 'node:http'
import type { Reply } from '../../misfortune.ts'
import { isWire, OldRefusal, parseJson, Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Asked } from './exchange.ts'
import { checkFields, type Shape } from './fields.ts'
import type { Quota } from './quota.ts'
import { jsonReply, oldRefusalReply, refusalReply } from './reply.ts'
import type { Tokens } from './tokens.ts'

/** One call of an interface under `/v1.0`. */
export interface Call {
  readonly world: World
  readonly body: Wire
}

/** One interface under `/v1.0`. */
export interface Api {
  /** The permission point it needs; absent: none, and no token either. */
  readonly scope?: string
  /** Not counted in the month. */
  readonly isFree?: boolean
  /** The fields of its body. Absent: the interface checks them itself. */
  readonly fields?: Shape
  /** Does it. Throws `Refusal` with DingTalk's code. */
  readonly run: (call: Call) => Wire
}

/** Interfaces by method and path. */
export type Apis = Readonly<Record<string, Api>>

/** What the interfaces work on. */
export interface ApiParts {
  readonly world: World
  readonly apis: Apis
  readonly tokens: Tokens
  readonly quota: Quota
}

/** One call under `/v1.0/`, ready to be answered. */
export function askApi(parts: ApiParts, request: IncomingMessage, path: string, bytes: Buffer): Asked {
  const api = `${request.method} ${path}`
  const given = parseJson(bytes.toString('utf8'))
  const body = isWire(given) ? given : {}
  const header = request.headers['x-acs-dingtalk-access-token']
  const token = Array.isArray(header) ? header[0] : header
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '')
  const perform = (): Reply => answer(parts, { api, path, body, token, isReadable: isJson && isWire(given) })
  return { api, path, body, perform }
}

interface Given {
  readonly api: string
  readonly path: string
  readonly body: Wire
  readonly token: string | undefined
  readonly isReadable: boolean
}

function answer(parts: ApiParts, given: Given): Reply {
  const { world } = parts
  try {
    const api = Object.hasOwn(parts.apis, given.api) ? parts.apis[given.api] : undefined
    if (!api)
      throw new Refusal('InvalidAction.NotFound', 'Specified api is not found, please check your url and method.', 404)
    if (!given.isReadable) throw new Refusal('Missingbody', 'body is mandatory for this action.')
    if (api.scope) {
      parts.tokens.check(given.token)
      checkScope(world, api.scope)
    }
    parts.quota.take(given.path, api.isFree ?? false)
    if (api.fields) checkFields(given.body, api.fields)
    return jsonReply(api.run({ world, body: given.body }))
  } catch (error) {
    if (error instanceof Refusal) return refusalReply(world, error)
    if (error instanceof OldRefusal) return oldRefusalReply(world, error)
    throw error
  }
}

function checkScope(world: World, scope: string): void {
  if (world.scopes.has(scope)) return
  throw new Refusal(
    'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    `应用尚未开通所需的权限：[${scope}]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope/apply`,
    403,
    { accessdenieddetail: { requiredScopes: [scope] } },
  )
}
