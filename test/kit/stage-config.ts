import type { PlaygroundKubernetes } from '../../src/playground/kubernetes/index.ts'
import type { Alarm } from '../../src/ports/alarm.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { clusterToken } from './stage-world.ts'

export interface StageConfig {
  /** Instead of the real one. */
  readonly clock?: Clock
  readonly alarm?: Alarm
  /** How the images of checkout-svc are called; `shop.test/checkout-svc:VERSION` where not given. */
  readonly image?: (version: string) => string
  /** How many times as fast the bot's clock runs. */
  readonly speed?: number
  readonly incident?: 'channel' | 'thread'
  readonly order?: 'sequence' | 'together'
  /** Of checkout-svc; critical where not given. */
  readonly tier?: 'critical' | 'standard'
  /** The standard tier's policy, as a YAML flow map. */
  readonly standard?: string
  readonly expiresAfter?: string
  readonly stepDeadline?: string
  readonly approvals?: number
  /** Who may approve, as the configuration has it. */
  readonly approve?: string
  /** YAML of one list item, for each region; REGION in it stands for its name. */
  readonly check?: string
  readonly checkWindow?: string
  /** YAML of one more line of checkout-svc: `watch: [ … ]`. */
  readonly service?: string
  /** YAML of more services, with a place to fill in: see `payment-svc` here. */
  readonly services?: string
  /** YAML of a map. */
  readonly monitors?: string
  /** Where the workloads of the two regions are; `shop` where not given. */
  readonly namespaces?: readonly [eu: string, us: string]
  /** More of the critical tier's policy, as entries of a YAML flow map: `, breakGlass: [owners]`. */
  readonly policy?: string
  /** The schedule of the team that owns the services; it stands in `sections`. */
  readonly onCall?: string
  /** By person: more of her part, as entries of a YAML flow map: `, pager: { … }`. */
  readonly people?: Readonly<Record<string, string>>
  /** More secrets that the configuration names. */
  readonly env?: Readonly<Record<string, string>>
  /** YAML of whole sections. */
  readonly sections?: string
  /** A second chat: where the local organisation listens. Its secret is `DINGTALK_SECRET`. */
  readonly dingtalk?: { readonly url: string; readonly sceneGroup?: string }
}

/** The secrets that the configuration names. */
export const stageEnv = (clusters: Readonly<Record<string, PlaygroundKubernetes>>): Record<string, string> => ({
  SLACK_BOT_TOKEN: 'xoxb-stage-bot',
  SLACK_APP_TOKEN: 'xapp-stage-app',
  GATE_TOKEN: 'stage-gate-token-0123456789',
  GATE_TOKEN_2: 'stage-gate-token-9876543210',
  ...Object.fromEntries(
    Object.entries(clusters).map(([region, cluster]) => [
      `KUBECONFIG_${region.slice(0, 2).toUpperCase()}`,
      cluster.kubeconfig(clusterToken.token),
    ]),
  ),
})

const dingtalkChat = ({ url, sceneGroup }: NonNullable<StageConfig['dingtalk']>) => `
  dingtalk:
    tenant: dingastern0001
    clientId: dingclient01
    robotCode: dingrobot01
    clientSecret: { env: DINGTALK_SECRET }
    cardTemplate: astern-card.schema
    apiUrl: "${url}"
    oapiUrl: "${url}"
    ${sceneGroup ? `sceneGroup: { template: ${sceneGroup}, owner: ana01 }` : ''}`

export function stageConfig(apiUrl: string, options: StageConfig): string {
  const { incident = 'channel', order = 'sequence', expiresAfter = '10m', stepDeadline = '90s', check } = options
  const { approvals = 1, approve = '[owners]', namespaces: [eu, us] = ['shop', 'shop'] } = options
  const { checkWindow = '60s', monitors = '{}', sections = '', policy = '', people = {}, onCall } = options
  const checks = (name: string) => (check ? `\n            checks: [${check.replaceAll('REGION', name)}]` : '')
  const region = (name: string, connection: string, namespace: string) => `
          ${name}:
            targets:
              app: { connection: ${connection}, kind: Deployment, namespace: ${namespace}, name: checkout-svc }
            stepDeadline: ${stepDeadline}
            checkWindow: ${checkWindow}${checks(name)}`
  const { dingtalk, service, tier = 'critical', standard } = options
  const second = (id: string) => (dingtalk ? `, { chat: dingtalk, tenant: dingastern0001, user: ${id}01 }` : '')
  const account = (user: string) => `{ chat: slack, tenant: T0STAGE000, user: ${user} }`
  const person = (id: string, name: string, zone: string, language: string, more = '') =>
    `  ${id}: { name: ${name}, accounts: [${account(`U0${id.toUpperCase()}00000`)}${more}${second(id)}], timeZone: ${zone}, language: ${language}${people[id] ?? ''} }`
  return `
web: { url: http://127.0.0.1:7400 }
chat:
  slack: { tenant: T0STAGE000, mode: socket, botToken: { env: SLACK_BOT_TOKEN }, appToken: { env: SLACK_APP_TOKEN }, apiUrl: "${apiUrl}" }${dingtalk ? dingtalkChat(dingtalk) : ''}
connections:
  eu: { adapter: kubernetes, kubeconfig: { env: KUBECONFIG_EU } }
  us: { adapter: kubernetes, kubeconfig: { env: KUBECONFIG_US } }
monitors: ${monitors}
people:
${person('mei', 'Mei', 'Asia/Shanghai', 'zh-CN')}
${person('tom', 'Tom', 'Europe/London', 'en', `, ${account('U0TOM00002')}`)}
${person('ana', 'Ana', 'Europe/Lisbon', 'en')}
${person('lin', 'Lin', 'Asia/Shanghai', 'en')}
${person('kai', 'Kai', 'Europe/Berlin', 'en')}
teams:
  payment: { members: [tom, ana, kai], commander: ana${onCall ? `, onCall: ${onCall}` : ''} }
policies:
  critical: { propose: [mei, tom, ana, kai], approve: ${approve}, approvals: ${approvals}, fourEyes: true, expiresAfter: ${expiresAfter}, incident: ${incident}${policy} }${standard ? `\n  standard: ${standard}` : ''}
services:
  checkout-svc:
    tier: ${tier}
    team: payment${service ? `\n    ${service}` : ''}
    channels: { slack: C0PAYMENT0${dingtalk ? ', dingtalk: "cidPAYMENT0000000000==="' : ''} }${dingtalk ? '\n    languages: { dingtalk: zh-CN }' : ''}
    environments:
      production:
        default: true
        order: ${order}
        regions:${region('eu-1', 'eu', eu)}${region('us-1', 'us', us)}
  payment-svc:
    tier: critical
    team: payment
    channels: { slack: C0PAYMENT0 }
    environments:
      production:
        regions:
          eu-1: { targets: { app: { connection: eu, kind: Deployment, namespace: ${eu}, name: payment-svc } } }${options.services ?? ''}
${sections}
`
}
