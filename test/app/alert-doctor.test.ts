import { expect, it } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { AlertDoctor, alertWarnings } from '../../src/app/alert-doctor.ts'
import type { Config } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import type { Alert } from '../../src/core/alert/alert.ts'
import { languages } from '../../src/text/language.ts'
import { plain, sayWording } from '../../src/text/say.ts'

const region = (name: string, checks: string) =>
  `{ targets: { app: { connection: eu, namespace: shop, name: ${name} } }${checks} }`
const service = (name: string, more = '', regions = ['eu-1', 'us-1'], checks = '') =>
  `  ${name}: { tier: low, team: payment, ${more} environments: { production: { regions: { ${regions.map((one) => `${one}: ${region(`${name}-${one}`, checks)}`).join(', ')} } } } }`

async function configOf(services: readonly string[], monitors = '{}', sources = true): Promise<Config> {
  const text = `
web: { url: "https://astern.example/" }
people:
  tom: { accounts: [{ chat: slack, tenant: T0, user: U1 }] }
  ana: { accounts: [{ chat: slack, tenant: T0, user: U2 }] }
teams: { payment: { members: [tom, ana] } }
connections: { eu: { adapter: kubernetes, kubeconfig: { env: KUBECONFIG } } }
monitors: ${monitors}
${sources ? 'alertSources: { am: { adapter: alertmanager, bearer: { env: TOKEN } } }' : ''}
services:
${services.join('\n')}`
  const loaded = await loadConfig('test.yaml', { adapters, readFile: async () => text, readSecret: () => 'secret' })
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  return loaded.config
}

const alert = (labels: Record<string, string>): Alert => ({
  fingerprint: JSON.stringify(labels),
  status: 'firing',
  startsAt: '2026-03-02T09:00:00Z',
  endsAt: null,
  name: 'HighErrorRate',
  summary: '',
  labels: { alertname: 'HighErrorRate', ...labels },
  link: null,
  expression: null,
  release: null,
})

const main = '{ main: { adapter: prometheus, url: "http://prometheus.example" } }'
const two =
  '{ a: { adapter: prometheus, url: "http://a.example" }, b: { adapter: prometheus, url: "http://b.example" } }'

it('tells of each source what it said and what of that is nobody’s, with how to change it', async () => {
  const doctor = new AlertDoctor(await configOf([service('checkout-svc')], main))
  const said = () =>
    [...doctor.findings()].flatMap(([part, found]) =>
      found.map(({ state, wording }) => `${part} ${state}: ${plain(sayWording('en', wording))}`),
    )
  expect(said()).toEqual([
    'alert source am unknown: has told nothing yet; it posts to https://astern.example/alerts/am',
  ])
  doctor.told('2026-03-02T09:01:00Z', {
    source: 'am',
    left: 0,
    alerts: [
      alert({ service: 'checkout-svc', region: 'eu-1' }),
      alert({ service: 'checkout-svc', zone: 'eu-1' }),
      alert({ service: 'nobody', team: 'x' }),
      alert({ team: 'x' }),
      alert({ service: 'checkout-svc', env: 'staging' }),
    ],
  })
  const lines = said()
  expect(lines[0]).toMatch(/^alert source am works: last told .*, 5 alerts lately$/)
  expect(lines.slice(1)).toEqual([
    'alert source am unknown: 2 alerts map to no service, HighErrorRate (service=nobody team=x) for example. Say whose they are: services.NAME.alerts.match, or a label service with its name.',
    'alert source am unknown: 1 alert is of an environment that the service does not have, HighErrorRate (service=checkout-svc env=staging) for example. Add the environment, or name its label: services.NAME.alerts.environment.',
    'alert source am unknown: 1 alert of checkout-svc said nothing of a region that it has: the label is region, and services.checkout-svc.alerts.region names another one',
  ])
  // In Chinese as well.
  for (const [, found] of doctor.findings())
    for (const { wording } of found)
      for (const language of languages) expect(plain(sayWording(language, wording))).not.toContain('{')
})

it.each<[string, Parameters<typeof configOf>, readonly string[]]>([
  ['one monitor for all', [[service('a')], main], []],
  ['nobody to ask', [[service('a', '', ['eu-1'])]], ['doctor.alerts-no-monitor']],
  ['two, and nothing says which', [[service('a', '', ['eu-1'])], two], ['doctor.alerts-no-monitor']],
  ['two, and the service says which', [[service('a', 'alerts: { monitor: b },')], two], []],
  [
    'two, and the checks there say which',
    [[service('a', '', ['eu-1'], ', checks: [{ metric: { monitor: a, name: 5xx, query: up, above: 1 } }]')], two],
    [],
  ],
  [
    'two services of the same labels',
    [[service('a', 'alerts: { match: { app: x } },'), service('b', 'alerts: { match: { app: x } },')], main],
    ['doctor.alerts-twin', 'doctor.alerts-twin'],
  ],
  ['no source of alerts', [[service('a')], '{}', false], []],
])('warns without having heard any: %s', async (_, args, codes) => {
  const config = await configOf(...args)
  const found = [...config.services.values()].flatMap((one) => alertWarnings(config, one))
  expect(found.map(({ code }) => code)).toEqual(codes)
})
