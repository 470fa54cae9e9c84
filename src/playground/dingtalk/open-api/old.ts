import type { IncomingMessage } from 'node:http'
import type { Reply } from '../../misfortune.ts'
import { isWire, OldRefusal, parseJson, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Asked } from './exchange.ts'
import { uploadMedia } from './media.ts'
import type { OldCall } from './old-call.ts'
import type { Quota } from './quota.ts'
import { jsonReply, oldRefusalReply } from './reply.ts'
import type { Tokens } from './tokens.ts'
import { getUser } from './users.ts'
import { postByWebhook, postToSession } from './webhooks.ts'

interface OldApi {
  /** The permission point it needs; absent: none, and no token either. */
  readonly scope?: string
  readonly isFree?: boolean
  readonly run: (call: OldCall) => Wire | Promise<Wire>
}

const apis: Readonly<Record<string, OldApi>> = {
  'POST /media/upload': { scope: 'qyapi_base', run: uploadMedia },
  'POST /topapi/v2/user/get': { scope: 'qyapi_get_member', isFree: true, run: getUser },
  'POST /robot/send': { isFree: true, run: postByWebhook },
  'POST /robot/sendBySession': { isFree: true, run: postToSession },
}

/** What the old interfaces work on. */
export interface OldParts {
  readonly world: World
  readonly tokens: Tokens
  readonly quota: Quota
}

/** A call of an old interface, ready to be answered; undefined when there is no such one. */
export function askOld(parts: OldParts, request: IncomingMessage, url: URL, bytes: Buffer): Asked | undefined {
  const api = `${request.method} ${url.pathname}`
  const found = Object.hasOwn(apis, api) ? apis[api] : undefined
  if (!found) return undefined
  const contentType = request.headers['content-type'] ?? ''
  const body = readBody(contentType, bytes)
  const call = { world: parts.world, query: url.searchParams, body, bytes, contentType }
  return { api, path: url.pathname, body, perform: () => answer(parts, found, url.pathname, call) }
}

async function answer(parts: OldParts, api: OldApi, path: string, call: OldCall): Promise<Reply> {
  const { world } = parts
  try {
    if (api.scope) {
      parts.tokens.checkOld(call.query.get('access_token'))
      checkScope(world, api.scope)
      parts.quota.take(path, api.isFree ?? false)
    }
    return jsonReply({ errcode: 0, errmsg: 'ok', ...(await api.run(call)) })
  } catch (error) {
    if (error instanceof OldRefusal) return oldRefusalReply(world, error)
    throw error
  }
}

/** Refuses as the old interfaces do: error 88, the real one within. */
function checkScope(world: World, scope: string): void {
  if (world.scopes.has(scope)) return
  const submsg = `应用尚未开通所需的权限：[${scope}]`
  throw new OldRefusal(88, `ding talk error[subcode=60011,submsg=${submsg}]`, { sub_code: '60011', sub_msg: submsg })
}

function readBody(contentType: string, bytes: Buffer): Wire {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  const given = /^application\/json\b/i.test(contentType) ? parseJson(bytes.toString('utf8')) : undefined
  return isWire(given) ? given : {}
}
