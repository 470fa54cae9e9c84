import type { Platform } from '../../../ports/adapter.ts'
import type { Secret } from '../../../ports/secret.ts'
import { type Answer, ask } from '../ask.ts'
import { answered, notUnderstood } from '../faults.ts'
import type { PagerDutyConfig } from './config.ts'
import { incidents, refusal } from './wire.ts'

/** The calls; the only place that knows what PagerDuty answers. */
export class Api {
  readonly #config: PagerDutyConfig
  readonly #given: Platform

  constructor(config: PagerDutyConfig, given: Platform) {
    this.#config = config
    this.#given = given
  }

  /** Resolves when the event was accepted (202). Applies to the alert that the same routing key made under the same `dedup_key`. */
  async enqueue(routingKey: Secret, event: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void> {
    const { url, timeout } = this.#config
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': 'astern' },
      body: JSON.stringify({ routing_key: routingKey.reveal(), ...event }),
    }
    const answer = await ask(this.#given, { url: `${url}/v2/enqueue`, init, timeoutMs: timeout }, signal)
    if (answer.response.status !== 202) throw answered(url, answer.response, saidIn(answer))
  }

  /** When an incident was made of this key; null when there is none. Only where a REST key is configured. */
  async incidentOf(token: Secret, key: string, signal: AbortSignal): Promise<string | null> {
    const query = new URLSearchParams([
      ['incident_key', key],
      ['date_range', 'all'],
      ...['triggered', 'acknowledged', 'resolved'].map((status) => ['statuses[]', status]),
    ])
    const answer = await this.#rest(token, `/incidents?${query}`, signal)
    const { apiUrl } = this.#config
    if (answer.response.status !== 200) throw answered(apiUrl, answer.response, saidIn(answer))
    const read = incidents.safeParse(answer.json)
    if (!read.success) throw notUnderstood(apiUrl, read.error)
    return read.data.incidents[0]?.created_at ?? null
  }

  async knowsUser(token: Secret, user: string, signal: AbortSignal): Promise<boolean> {
    const answer = await this.#rest(token, `/users/${encodeURIComponent(user)}`, signal)
    if (answer.response.status === 404) return false
    if (answer.response.status !== 200) throw answered(this.#config.apiUrl, answer.response, saidIn(answer))
    return true
  }

  #rest(token: Secret, path: string, signal: AbortSignal): Promise<Answer> {
    const headers = {
      accept: 'application/vnd.pagerduty+json;version=2',
      authorization: `Token token=${token.reveal()}`,
      'user-agent': 'astern',
    }
    const { apiUrl, timeout } = this.#config
    return ask(this.#given, { url: apiUrl + path, init: { headers }, timeoutMs: timeout }, signal)
  }
}

/** Its own words, where it has some. */
function saidIn({ json }: Answer): string {
  const read = refusal.safeParse(json)
  if (!read.success) return ''
  return [read.data.message, ...(read.data.errors ?? [])].filter((part) => part !== undefined).join('; ')
}
