import { Fault } from '../../../core/fault.ts'
import type { PagerGiven } from '../../../ports/adapter.ts'
import type { Finding } from '../../../ports/effector.ts'
import type { Secret } from '../../../ports/secret.ts'
import { wording } from '../../../text/say.ts'
import type { Api } from './api.ts'
import type { PagerDutyConfig, PagerDutyContact } from './config.ts'

interface Ways {
  readonly api: Api
  keyOf(route: string): Secret | undefined
}

/** Resolves an alert that was never there, by each integration key: PagerDuty checks the event and drops it. Wakes nobody. */
export async function examine(
  config: PagerDutyConfig,
  given: PagerGiven<PagerDutyContact>,
  { api, keyOf }: Ways,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const { url, apiToken } = config
  const contacts = [...given.contacts()]
  const routes = [
    ...(config.routingKey ? ['default'] : []),
    ...Object.keys(config.services).map((service) => `service ${service}`),
    ...contacts.filter(([, { routingKey }]) => routingKey).map(([person]) => `person ${person}`),
  ]
  for (const route of routes) {
    const key = keyOf(route)
    if (!key) continue
    const event = { event_action: 'resolve', dedup_key: 'astern/doctor' }
    findings.push(
      await found(() => api.enqueue(key, event, signal), wording('pager.takes', { url, said: route }), 'pager.takes'),
    )
  }
  for (const [person, { user }] of apiToken ? contacts : []) {
    const ask = async () => {
      if (apiToken && (await api.knowsUser(apiToken, user, signal))) return
      throw new Fault({ code: 'pager.no-user', retry: 'no', hint: wording('pager.no-user', { person, said: user }) })
    }
    findings.push(await found(ask, wording('pager.user', { person, said: user }), 'pager.user'))
  }
  const path = `/pagers/${given.name}`
  findings.push({ code: 'pager.comes-in', state: 'unknown', wording: wording('pager.comes-in', { path }) })
  return findings
}

async function found(ask: () => Promise<void>, works: Finding['wording'], code: string): Promise<Finding> {
  try {
    await ask()
    return { code, state: 'works', wording: works }
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    return { code: cause.code, state: 'missing', wording: cause.hint }
  }
}
