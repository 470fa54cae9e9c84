import { definePagerAdapter, type PagerGiven } from '../../../ports/adapter.ts'
import type { Pager } from '../../../ports/pager.ts'
import type { Secret } from '../../../ports/secret.ts'
import { noWay } from '../faults.ts'
import { Api } from './api.ts'
import { PagerDutyConfig, PagerDutyContact } from './config.ts'
import { examine } from './doctor.ts'
import { webhookHandler } from './webhook.ts'
import { longestSummary } from './wire.ts'

/** PagerDuty: pages by its Events API v2, acknowledgements by its v3 webhooks. */
export const pagerduty = definePagerAdapter<PagerDutyConfig, PagerDutyContact>({
  port: 'pager',
  id: 'pagerduty',
  title: 'PagerDuty',
  can: { repeat: 'keyed' },
  config: PagerDutyConfig,
  contact: PagerDutyContact,
  open: (config, given) => pagerDuty(config, given),
})

/** What a receipt remembers: an event only counts by the routing key that made the alert. Names it, never holds it. */
interface Sent {
  readonly key: string
  readonly route: string
}

function pagerDuty(config: PagerDutyConfig, given: PagerGiven<PagerDutyContact>): Pager {
  const api = new Api(config, given)
  const now = () => given.clock.now().toString()

  /** Her own way, else the service's, else the one for everybody. */
  function routeTo(person: string, service: string): string | null {
    if (given.contacts().get(person)?.routingKey) return `person ${person}`
    if (Object.hasOwn(config.services, service)) return `service ${service}`
    return config.routingKey ? 'default' : null
  }
  function keyOf(route: string): Secret | undefined {
    const [kind, name = ''] = route.split(' ')
    if (kind === 'person') return given.contacts().get(name)?.routingKey
    return kind === 'service' ? config.services[name] : config.routingKey
  }
  function routing(route: string | null, whom: string): Secret {
    const key = route && keyOf(route)
    if (!key) throw noWay(config.url, whom)
    return key
  }

  return {
    reaches: (person, service) => routeTo(person, service) !== null,
    async page(page, signal) {
      const route = routeTo(page.person, page.service)
      const event = {
        event_action: 'trigger',
        dedup_key: page.key,
        client: 'Astern',
        client_url: page.link,
        links: [{ href: page.link, text: 'Astern' }],
        payload: {
          summary: [...page.summary].slice(0, longestSummary).join(''),
          source: page.service,
          severity: page.urgency === 'high' ? 'critical' : 'warning',
          timestamp: page.at,
          custom_details: { person: page.person },
        },
      }
      await api.enqueue(routing(route, page.person), event, signal)
      return { at: now(), data: { key: page.key, route } }
    },
    async recall(page, signal) {
      if (!config.apiToken) return 'unknown'
      const made = await api.incidentOf(config.apiToken, page.key, signal)
      if (made === null) return 'never'
      const at = Temporal.Instant.from(made).toString()
      return { at, data: { key: page.key, route: routeTo(page.person, page.service) } }
    },
    async calm(receipt, as, signal) {
      const { key, route } = receipt.data as unknown as Sent
      const action = as === 'acknowledged' ? 'acknowledge' : 'resolve'
      await api.enqueue(routing(route, route), { event_action: action, dedup_key: key }, signal)
    },
    listen: (hear) => given.route('POST', `/pagers/${given.name}`, webhookHandler(config, given, hear)),
    doctor: (signal) => examine(config, given, { api, keyOf }, signal),
  }
}
