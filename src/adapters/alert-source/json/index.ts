import { type Alert, bounded } from '../../../core/alert/alert.ts'
import { defineAlertSourceAdapter } from '../../../ports/adapter.ts'
import { bearerMatches, hmacMatches, json } from '../wire.ts'
import { Config } from './config.ts'
import { at, text } from './pointer.ts'

/** Any JSON: where each part of an alert stands is said in the configuration, by JSON pointers (RFC 6901). */
export const jsonWebhook = defineAlertSourceAdapter({
  port: 'alert-source',
  id: 'json',
  title: 'JSON webhook',
  config: Config,
  open: (config, { clock }) => ({
    read(request) {
      const { headers, body } = request
      if (config.bearer && !bearerMatches(config.bearer, request))
        return { refused: 401, why: 'wrong or missing bearer token' }
      const { hmac } = config
      if (hmac && !hmacMatches(hmac.secret, [body], (headers[hmac.header] ?? '').replace(hmac.prefix, '')))
        return { refused: 401, why: `no right signature in ${hmac.header}` }
      const payload = json(body)
      if (payload === undefined) return { refused: 400, why: 'the body is no JSON' }
      const all = config.alerts === undefined ? [payload] : at(payload, config.alerts)
      if (!Array.isArray(all)) return { refused: 400, why: `no array at ${config.alerts}` }
      const alerts: Alert[] = []
      for (const [index, one] of all.entries()) {
        const alert = alertOf(config, one, clock.now().toString())
        if (typeof alert === 'string') return { refused: 400, why: `alert ${index}: ${alert}` }
        alerts.push(alert)
      }
      return { alerts, left: 0, reply: '' }
    },
  }),
})

function alertOf(config: Config, one: unknown, now: string): Alert | string {
  const fingerprint = text(at(one, config.fingerprint))
  if (!fingerprint) return `nothing at ${config.fingerprint} to know it by`
  const said = text(at(one, config.status.at)) ?? ''
  const resolved = config.status.resolved.includes(said)
  if (!resolved && !config.status.firing.includes(said))
    return `“${said.slice(0, 40)}” at ${config.status.at} is neither firing nor resolved`
  const startsAt = config.startsAt === undefined ? now : time(at(one, config.startsAt))
  if (startsAt === null) return `no time at ${config.startsAt}`
  const endsAt = config.endsAt === undefined ? now : (time(at(one, config.endsAt)) ?? now)
  const labels = Object.entries(config.labels).flatMap(([name, pointer]) => {
    const value = text(at(one, pointer))
    return value === null ? [] : [[name, value] as const]
  })
  const maybe = (pointer: string | undefined) => (pointer === undefined ? null : text(at(one, pointer)))
  return bounded({
    fingerprint,
    status: resolved ? 'resolved' : 'firing',
    startsAt,
    ...(config.startsAt === undefined && { undated: true }),
    endsAt: resolved ? endsAt : null,
    name: maybe(config.name) ?? fingerprint,
    summary: maybe(config.summary) ?? '',
    labels: Object.fromEntries(labels),
    link: maybe(config.link),
    expression: maybe(config.expression),
    release: maybe(config.release),
  })
}

/** An ISO instant, or seconds or milliseconds since 1970. */
function time(value: unknown): string | null {
  const number = typeof value === 'string' && /^\d{9,14}(\.\d+)?$/.test(value) ? Number(value) : value
  try {
    if (typeof number === 'number')
      return Temporal.Instant.fromEpochMilliseconds(Math.floor(number < 1e11 ? number * 1000 : number)).toString()
    return typeof number === 'string' ? Temporal.Instant.from(number).toString() : null
  } catch (cause) {
    if (cause instanceof RangeError) return null
    throw cause
  }
}
