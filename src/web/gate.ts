import { createHash, timingSafeEqual } from 'node:crypto'
import { askGate, type GateSaid } from '../app/gate.ts'
import type { World } from '../app/world.ts'
import type { Service } from '../config/config.ts'
import type { GateToken } from '../config/freezes.ts'
import { Fault } from '../core/fault.ts'
import type { RouteResponse } from '../ports/adapter.ts'
import type { Language } from '../text/language.ts'
import { sayPlain } from '../text/say.ts'
import { languageOf } from './console/page.ts'
import type { Counter, Metrics } from './metrics.ts'
import type { Route, WebRequest } from './routes.ts'

/** What CI is told. `rule`: open, freeze, rollback; else why there is no answer. */
interface GateReply {
  /** Null: nobody knows. */
  readonly allowed: boolean | null
  readonly rule: string
  readonly reason: string
  readonly service?: string
  readonly environment?: string
  readonly region?: string | null
  readonly until?: string
  readonly freeze?: string
  readonly incident?: string
  readonly rollback?: string
  readonly notes?: readonly string[]
}

/**
 * `GET /gate/<service>?env=&region=`: may CI release? 200 yes, 423 no, 401 and 403 wrong token, 404 no such service or place, 503
 * nobody knows; so `curl --fail` alone stops a pipeline. JSON, or one line for `Accept: text/plain`.
 */
export function gateRoute(world: World, metrics: Metrics): Route {
  const counted = metrics.counter('astern_gate_answers_total', 'What the release gate answered.', ['service', 'rule'])
  return {
    method: 'GET',
    path: '/gate/:id',
    handler: async (request) => {
      const language = languageOf(request.query.get('lang') ?? request.headers['accept-language'])
      const [status, reply] = await replied(world, request, language, counted)
      return shown(status, reply, request.headers.accept)
    },
  }
}

type Answered = readonly [status: number, reply: GateReply]

async function replied(world: World, request: WebRequest, language: Language, counted: Counter): Promise<Answered> {
  const config = world.config()
  const no = (status: number, rule: string, reason: string, more: Partial<GateReply> = {}): Answered => {
    counted.add(1, { service: more.service ?? '', rule })
    return [status, { allowed: status === 503 ? null : false, rule, reason, ...more }]
  }
  const token = tokenOf(request.headers.authorization, config.gate)
  if (!token) return no(401, 'no-token', sayPlain(language, 'gate.no-token'))
  const service = config.service(request.id)
  if (token.services && !token.services.includes(request.id))
    return no(403, 'other-service', sayPlain(language, 'gate.other-service', { service: request.id }))
  if (!service) {
    const known = { list: token.services ?? [...config.services.keys()] }
    return no(404, 'unknown-service', sayPlain(language, 'gate.unknown-service', { name: request.id, known }))
  }
  const where = placeIn(service, request.query)
  if ('unknown' in where) {
    const values = { service: service.name, name: where.unknown, known: { list: where.known } }
    return no(404, 'unknown-place', sayPlain(language, 'gate.unknown-place', values), { service: service.name })
  }
  const named = { service: service.name, ...where }
  try {
    const said = await askGate(world, { service, ...where })
    const reply = { ...named, ...worded(said, language) }
    counted.add(1, { service: service.name, rule: reply.rule })
    return [reply.allowed === null ? 503 : reply.allowed ? 200 : 423, reply]
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    world.log.error('release gate could not be asked', { code: cause.code }, cause)
    return no(503, 'cannot-know', sayPlain(language, 'gate.ledger'), named)
  }
}

function worded({ answer, unread }: GateSaid, language: Language) {
  const say = (key: Parameters<typeof sayPlain>[1], values?: Parameters<typeof sayPlain>[2]) =>
    sayPlain(language, key, values)
  if (!answer)
    return { allowed: null, rule: 'cannot-know', reason: say('gate.calendar', { name: { list: unread } }) } as const
  const notes = unread.length > 0 ? { notes: [say('gate.stale', { name: { list: unread } })] } : {}
  const { allowed, rule } = answer
  switch (rule) {
    case 'open':
      return { allowed, rule, reason: say('gate.open'), ...notes }
    case 'freeze': {
      const { id, to, reason } = answer.freeze
      return {
        allowed,
        rule,
        reason: say('gate.freeze', { id, reason, until: utc(to) }),
        until: to,
        freeze: id,
        ...notes,
      }
    }
    case 'rollback': {
      const { id: rollback, incident, outcome } = answer.rollback
      const key = outcome === null ? 'gate.rolling-back' : 'gate.rollback'
      const link = { rollback, incident }
      return { allowed, rule, reason: say(key, link), ...link, ...notes }
    }
  }
}

const utc = (instant: string): string =>
  `${Temporal.Instant.from(instant).toString({ smallestUnit: 'minute' }).replace('T', ' ').replace('Z', '')} UTC`

/** The environment and region that are meant; a service's default environment where none is named. */
function placeIn(
  service: Service,
  query: URLSearchParams,
): { environment: string; region: string | null } | { unknown: string; known: readonly string[] } {
  const named = query.get('env') || null
  const region = query.get('region') || null
  const environment =
    named === null ? service.defaultEnvironment : service.environments.find(({ name }) => name === named)
  if (!environment) return { unknown: named ?? '', known: service.environments.map(({ name }) => name) }
  const regions = environment.regions.map(({ name }) => name)
  if (region !== null && !regions.includes(region)) return { unknown: region, known: regions }
  return { environment: environment.name, region }
}

/** Which token was sent. Every one is compared, and by digest, so that the time says nothing of any. */
function tokenOf(authorization: string | undefined, tokens: readonly GateToken[]): GateToken | null {
  const [, sent] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  if (sent === undefined) return null
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const asked = digest(sent)
  return tokens.filter(({ token }) => timingSafeEqual(digest(token.reveal().trim()), asked))[0] ?? null
}

function shown(status: number, reply: GateReply, accept: string | undefined): RouteResponse {
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer realm="release gate"' } : {}
  if (!/text\/plain/.test(accept ?? '')) {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...challenge }
    return { status, headers, body: `${JSON.stringify(reply)}\n` }
  }
  const { allowed, service, environment, region, reason, notes = [] } = reply
  const where = [service, environment, region].filter((part) => part != null).join(' ')
  const line = [`${allowed === null ? '?' : allowed ? 'GO' : 'NO'}${where && ` ${where}`}: ${reason}`, ...notes].join(
    '; ',
  )
  // A reason is people's text: on one line, so that a log reads nothing else into it.
  return { status, headers: challenge, body: `${line.replace(/\s+/gu, ' ')}\n` }
}
