import type { IncomingMessage } from 'node:http'
import type { Reply } from '../../misfortune.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import { Arguments } from './arguments.ts'
import type { Asked } from './exchange.ts'
import type { RateLimits } from './limits.ts'
import type { Method, Methods } from './method.ts'
import { jsonReply, limitReply } from './reply.ts'
import { type Parsed, parseArguments } from './request.ts'

/** What the methods work on. */
export interface ApiParts {
  readonly world: World
  readonly methods: Methods
  /** Absent: nothing is limited. */
  readonly limits: RateLimits | undefined
}

/** One call under `/api/`, ready to be answered. */
export function askApi(parts: ApiParts, request: IncomingMessage, url: URL, body: Buffer): Asked {
  const method = decodeURIComponent(url.pathname.slice('/api/'.length))
  const { parsed, unreadable } = tryParse(request, url, body)
  const perform = (): Reply => (unreadable ? refusalReply(unreadable) : call(parts, request, method, parsed))
  return { method, args: parsed.args, perform }
}

function tryParse(request: IncomingMessage, url: URL, body: Buffer): { parsed: Parsed; unreadable?: Refusal } {
  try {
    return { parsed: parseArguments(request, url, body) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { parsed: { args: {}, isJson: false, warnings: [] }, unreadable: error }
  }
}

function call(parts: ApiParts, request: IncomingMessage, name: string, parsed: Parsed): Reply {
  const { world } = parts
  const method = Object.hasOwn(parts.methods, name) ? parts.methods[name] : undefined
  const headers = { 'x-oauth-scopes': world.app.scopes.join(','), 'x-slack-req-id': world.ids.hex(32) }
  try {
    if (!method) throw new Refusal('unknown_method', { req_method: name })
    checkToken(world, method, request.headers.authorization, parsed)
    if (method.scopes) requireScope(world, method.scopes)
    const limited = parts.limits?.take(name, method.tier, new Arguments(parsed.args).text('channel'))
    if (limited !== undefined) return limitReply(limited)
    const args = new Arguments(method.formOnly && parsed.isJson ? {} : parsed.args)
    const result = method.run({ world, args, requireScope: (...anyOf) => requireScope(world, anyOf) })
    const accepted = method.scopes ? { 'x-accepted-oauth-scopes': method.scopes.join(',') } : {}
    return jsonReply({ ok: true, ...withWarnings(result, parsed.warnings) }, { ...headers, ...accepted })
  } catch (error) {
    if (error instanceof Refusal) return refusalReply(error, headers)
    throw error
  }
}

function withWarnings(result: Wire, warnings: readonly string[]): Wire {
  if (warnings.length === 0) return result
  const metadata = typeof result.response_metadata === 'object' ? result.response_metadata : {}
  return { ...result, warning: warnings.join(','), response_metadata: { ...metadata, warnings } }
}

function checkToken(world: World, method: Method, authorization: string | undefined, parsed: Parsed): void {
  const kind = method.token ?? 'bot'
  if (kind === 'none') return
  const inBody = parsed.isJson ? undefined : parsed.args.token
  const token = authorization?.replace(/^Bearer\s+/i, '') ?? (typeof inBody === 'string' ? inBody : undefined)
  if (!token) throw new Refusal('not_authed')
  const { botToken, appToken } = world.app
  if (token !== botToken && token !== appToken) throw new Refusal('invalid_auth')
  if ((kind === 'app') !== (token === appToken)) throw new Refusal('not_allowed_token_type')
}

function requireScope(world: World, anyOf: readonly string[]): void {
  const { scopes } = world.app
  if (anyOf.some((scope) => scopes.includes(scope))) return
  throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: scopes.join(',') })
}

function refusalReply(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): Reply {
  const { cause: _cause, ...extra } = refusal.extra
  return jsonReply({ ok: false, error: refusal.code, ...extra }, headers)
}
