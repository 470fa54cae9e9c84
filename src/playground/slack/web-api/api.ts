import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import { Arguments } from './arguments.ts'
import type { CallLog } from './call-log.ts'
import type { Fault, Faults } from './faults.ts'
import type { RateLimits } from './limits.ts'
import type { Method, Methods } from './method.ts'
import { type Parsed, parseArguments, readBody } from './request.ts'

export interface ApiParts {
  readonly world: World
  readonly methods: Methods
  readonly faults: Faults
  readonly log: CallLog
  /** Absent: nothing is limited. */
  readonly limits: RateLimits | undefined
}

interface Reply {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Answers one call under `/api/`. */
export async function answerApi(parts: ApiParts, request: IncomingMessage, response: ServerResponse, url: URL) {
  const name = decodeURIComponent(url.pathname.slice('/api/'.length))
  const startedAt = parts.world.now()
  const body = await readBody(request)
  const { parsed, unreadable } = tryParse(request, url, body)
  const fault = parts.faults.find(name, parsed.args)
  if (fault?.delayMs) await sleep(fault.delayMs)
  if (request.socket.destroyed) return
  if (fault?.reset === 'before') return cut(request, parts, name, parsed.args, startedAt, 'reset')
  const replaced = fault && !fault.afterEffect ? faultReply(fault) : undefined
  if (replaced) {
    parts.log.add({ method: name, args: parsed.args, at: startedAt, status: replaced.status, result: undefined })
    return send(response, replaced)
  }
  const reply = unreadable ? refusalReply(unreadable) : perform(parts, request, name, parsed)
  if (fault?.reset === 'after') return cut(request, parts, name, parsed.args, startedAt, 'reset_after_effect')
  const sent = (fault && faultReply(fault)) ?? reply
  parts.log.add({ method: name, args: parsed.args, at: startedAt, status: sent.status, result: JSON.parse(reply.body) })
  send(response, sent)
}

function cut(request: IncomingMessage, parts: ApiParts, method: string, args: Wire, at: number, fault: string): void {
  parts.log.add({ method, args, at, status: 0, result: undefined, fault })
  request.socket.resetAndDestroy()
}

function tryParse(request: IncomingMessage, url: URL, body: Buffer): { parsed: Parsed; unreadable?: Refusal } {
  try {
    return { parsed: parseArguments(request, url, body) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { parsed: { args: {}, isJson: false, warnings: [] }, unreadable: error }
  }
}

function perform(parts: ApiParts, request: IncomingMessage, name: string, parsed: Parsed): Reply {
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

function faultReply(fault: Fault): Reply | undefined {
  const headers = { ...fault.headers, ...(fault.contentType ? { 'content-type': fault.contentType } : {}) }
  if (fault.rateLimitedForS !== undefined) return limitReply(fault.rateLimitedForS)
  if (fault.error !== undefined) return jsonReply({ ok: false, error: fault.error }, headers)
  if (fault.status === undefined && fault.body === undefined && fault.contentType === undefined) return undefined
  const body = fault.body ?? (fault.status !== undefined && fault.status >= 400 ? '' : '{"ok":true}')
  return {
    status: fault.status ?? 200,
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  }
}

function limitReply(seconds: number): Reply {
  const reply = jsonReply({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) })
  return { ...reply, status: 429 }
}

function refusalReply(refusal: Refusal, headers: Readonly<Record<string, string>> = {}): Reply {
  const { cause: _cause, ...extra } = refusal.extra
  return jsonReply({ ok: false, error: refusal.code, ...extra }, headers)
}

function jsonReply(value: Wire, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status: 200,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}
