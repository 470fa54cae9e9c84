import { alertSecret, alertSource, rangeMs } from './alerting.ts'
import { oncallGroup, paymentChannel, tenant, webChannel } from './chat.ts'
import { drills } from './drills.ts'
import { cardTemplate, dingtalkApp, groupTemplate, organisation, paymentGroup, webGroup } from './organisation.ts'
import { people } from './people.ts'
import { pagerKeyName, pagerSecrets, pagerUser } from './phones.ts'
import { namespace, type Region, regions, type Service, services } from './shop/catalogue.ts'

/** Where the local servers listen. */
export interface Addresses {
  readonly slackUrl: string
  readonly dingtalkUrl: string
  readonly registryHost: string
  readonly url: (service: string, region: Region) => string
  /** How often it scrapes, and how long a metric has to be well. */
  readonly monitor: { readonly url: string; readonly everyMs: number; readonly forMs: number }
  /** How long checks may take to pass. */
  readonly checkWindowMs: number
  /** Where the local PagerDuty is. */
  readonly pagerUrl: string
  /** When it is made, in Unix milliseconds. */
  readonly nowMs: number
  /** What links in chat begin with; the bot's own default where nobody says. */
  readonly webUrl: string | undefined
}

/** Names of the environment variables that the configuration's secrets come from. */
export const secretNames = {
  botToken: 'PLAYGROUND_SLACK_BOT_TOKEN',
  appToken: 'PLAYGROUND_SLACK_APP_TOKEN',
  clientSecret: 'PLAYGROUND_DINGTALK_SECRET',
  'eu-1': 'PLAYGROUND_KUBECONFIG_EU',
  'us-1': 'PLAYGROUND_KUBECONFIG_US',
} as const

const connectionOf: Readonly<Record<Region, string>> = { 'eu-1': 'eu', 'us-1': 'us' }

const payment = { team: 'payment', channel: paymentChannel, group: paymentGroup }
const web = { team: 'web', channel: webChannel, group: webGroup }
const owners: Readonly<
  Record<string, { tier: string; team: string; channel: string; group: string; migrations?: string }>
> = {
  'checkout-svc': { tier: 'critical', ...payment },
  'payment-svc': { tier: 'critical', ...payment },
  storefront: { tier: 'low', ...web, migrations: 'none' },
}

/** A complete configuration of the bot, as YAML. */
export const configuration = (at: Addresses): string => `# The playground's: everything it names runs on this machine.
language: en
${at.webUrl === undefined ? '' : `web: { url: ${JSON.stringify(at.webUrl)} }\n`}
chat:
  slack:
    tenant: ${tenant}
    mode: socket
    apiUrl: ${JSON.stringify(at.slackUrl)}
    botToken: { env: ${secretNames.botToken} }
    appToken: { env: ${secretNames.appToken} }
  dingtalk:
    tenant: ${organisation}
    clientId: ${dingtalkApp}
    clientSecret: { env: ${secretNames.clientSecret} }
    cardTemplate: ${cardTemplate}
    sceneGroup: { template: ${groupTemplate}, owner: ana }
    apiUrl: ${JSON.stringify(at.dingtalkUrl)}
    oapiUrl: ${JSON.stringify(at.dingtalkUrl)}

connections:
${regions.map((region) => `  ${connectionOf[region]}: { adapter: kubernetes, kubeconfig: { env: ${secretNames[region]} } }`).join('\n')}

monitors:
  main: { adapter: prometheus, url: ${JSON.stringify(at.monitor.url)} }

alertSources:
  ${alertSource}: { adapter: alertmanager, bearer: { env: ${alertSecret} } }

pagers:
  phones:
    adapter: pagerduty
    url: ${JSON.stringify(at.pagerUrl)}
    apiUrl: ${JSON.stringify(at.pagerUrl)}
    apiToken: { env: ${pagerSecrets.token} }
    webhookSecrets: [{ env: ${pagerSecrets.webhook} }]
  dingtalk: { adapter: dingtalk }

registries:
  ${JSON.stringify(at.registryHost)}: { plainHttp: true }

people:
${people.map(person).join('\n')}

teams:
  payment: { members: [tom, ana], commander: ana, onCall: payment }
  web: { members: [lin, mei], commander: ana, onCall: web }

schedules:
  payment:
    timeZone: Europe/London
    groups: { slack: ${oncallGroup} }
    layers:
      main: { people: [tom], start: 2026-01-05T09:00, every: week }
      learning: { people: [mei], start: 2026-01-05T09:00, every: week, shadow: true }
  web:
    timeZone: Asia/Shanghai
    layers:
      main: { people: [mei, lin], start: 2026-01-05T09:00, every: day }

escalations:
  usual:
    levels: [{ page: [on-call] }, { page: [owners] }, { page: [commander] }]
    repeat: { every: 2m, times: 2 }

policies:
  critical: { sla: { acknowledge: 3m }, escalation: usual, propose: [anyone], approve: [on-call, commander, owners], approvals: 1, fourEyes: true, expiresAfter: 10m, emergency: allowed, breakGlass: [owners], incident: channel }
  standard: { propose: [anyone], approve: [owners], approvals: 1, fourEyes: false, incident: thread }
  low: { propose: [anyone], approve: [owners], approvals: 0, human: false, automatic: { after: 30s }, incident: thread }

services:
${services.map((service) => serviceText(service, at)).join('\n')}

${drills(at.registryHost, at.nowMs)}
`

const person = ({ key, name, user, timeZone, language, guest }: (typeof people)[number]): string =>
  `  ${key}:
    name: ${name}
    accounts:
      - { chat: slack, tenant: ${tenant}, user: ${user} }${
        guest ? '' : `\n      - { chat: dingtalk, tenant: ${organisation}, user: ${key} }`
      }
    timeZone: ${timeZone}
    language: ${language}${pagerOf(key)}`

/** Whom DingTalk calls; the others have a phone of their own. */
const dinged = 'ana'

function pagerOf(key: string): string {
  if (key === dinged) return '\n    pager: { dingtalk: { by: phone } }'
  const secret = pagerKeyName(key)
  return secret ? `\n    pager: { phones: { user: ${pagerUser(key)}, routingKey: { env: ${secret} } } }` : ''
}

function serviceText({ name, kind, needs }: Service, at: Addresses): string {
  const { tier, team, channel, group, migrations } = owners[name] ?? { tier: 'low', ...web }
  return `  ${name}:
    tier: ${tier}
    team: ${team}
    channels: { slack: ${channel}, dingtalk: ${JSON.stringify(group)} }
    languages: { dingtalk: zh-CN }
    alerts: { wellFor: ${Math.round(at.monitor.forMs)}ms }${migrations === undefined ? '' : `\n    migrations: ${migrations}`}${needs === undefined ? '' : `\n    dependsOn: [${needs}]`}
    environments:
      production:
        default: true
        order: sequence
        regions:
${regions
  .map(
    (region) => `          ${region}:
            targets:
              app: { connection: ${connectionOf[region]}, kind: ${kind}, namespace: ${namespace}, name: ${name} }
            checkWindow: ${Math.round(at.checkWindowMs)}ms
            checks:
              - http: { url: ${JSON.stringify(`${at.url(name, region)}/healthz`)}, timeout: 3s }${metrics(name, region, at)}`,
  )
  .join('\n')}`
}

/** What customers get at the checkout, as its balancer counts it. */
function metrics(service: string, region: Region, { monitor }: Addresses): string {
  if (service !== 'checkout-svc') return ''
  const series = (more = '') =>
    `http_requests_total{job="balancers",service="${service}",region="${region}"${more}}[${rangeMs(monitor.everyMs)}ms]`
  const query = `sum(rate(${series(',code=~"5.."')})) / sum(rate(${series()}))`
  return `
              - metric:
                  monitor: main
                  name: 5xx
                  query: ${JSON.stringify(query)}
                  above: 5%
                  for: ${Math.round(monitor.forMs)}ms`
}
