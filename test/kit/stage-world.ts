import { scopes } from '../../src/adapters/chat/slack/doctor.ts'
import type { PlaygroundKubernetes } from '../../src/playground/kubernetes/index.ts'
import type { SlackSetup } from '../../src/playground/slack/index.ts'
import { until } from './until.ts'

export const clusterToken = { token: 'stage-cluster-token', user: 'astern', groups: ['system:masters'], admin: true }

const everybody = ['MEI00000', 'TOM00000', 'ANA00000', 'LIN00000', 'KAI00000', 'TOM00002', 'EVE00000'].map(
  (user) => `U0${user}`,
)

export const workspaceSetup: SlackSetup = {
  team: { id: 'T0STAGE000', domain: 'stage', name: 'Stage' },
  users: [
    { id: 'U0MEI00000', name: 'mei', realName: 'Mei', tz: 'Asia/Shanghai' },
    { id: 'U0TOM00000', name: 'tom', realName: 'Tom', tz: 'Europe/London' },
    { id: 'U0ANA00000', name: 'ana', realName: 'Ana', tz: 'Europe/Lisbon' },
    { id: 'U0LIN00000', name: 'lin', realName: 'Lin', tz: 'Asia/Shanghai' },
    { id: 'U0KAI00000', name: 'kai', realName: 'Kai', isRestricted: true },
    // Tom's other account, and somebody the configuration does not know.
    { id: 'U0TOM00002', name: 'tom.admin', realName: 'Tom' },
    { id: 'U0EVE00000', name: 'eve', realName: 'Eve' },
  ],
  channels: [
    {
      id: 'C0PAYMENT0',
      name: 'payment',
      members: [...everybody, 'U0ASTERN00'],
    },
    { id: 'C0PARTNER0', name: 'partners', members: [...everybody, 'U0ASTERN00'], isExtShared: true },
    { id: 'C0AUDIT000', name: 'audit', members: ['U0ANA00000', 'U0ASTERN00'] },
  ],
  usergroups: [{ id: 'S0PAYONCAL', handle: 'payment-oncall', name: 'Payment on call', users: ['U0LIN00000'] }],
  app: {
    appId: 'A0ASTERN00',
    botUserId: 'U0ASTERN00',
    botId: 'B0ASTERN00',
    botToken: 'xoxb-stage-bot',
    appToken: 'xapp-stage-app',
    signingSecret: 'stage-signing-secret',
    scopes,
    commands: [
      '/rollback',
      '/versions',
      '/incident',
      '/note',
      '/postmortem',
      '/oncall',
      '/freeze',
      '/drill',
      '/audit',
      '/runbook',
      '/readiness',
      '/astern-help',
    ],
    events: ['app_mention', 'app_home_opened', 'user_change', 'message.channels', 'reaction_added', 'reaction_removed'],
  },
  limits: 'off',
}

const template = (version: string, name: string, image: string) => ({
  metadata: { labels: { app: name, 'app.kubernetes.io/version': version } },
  spec: {
    containers: [
      {
        name: 'app',
        image,
        env: [{ name: 'PAYMENT_KEY', value: `seeded-secret-of-${version}` }],
      },
    ],
  },
})

/** Creates or changes the workload as CI would, and waits until its controller has seen it. */
export async function deployment(
  cluster: PlaygroundKubernetes,
  version: string,
  name = 'checkout-svc',
  image = `shop.test/${name}:${version}`,
): Promise<void> {
  const known = cluster.get('deployments', 'shop', name)
  if (known)
    cluster.edit('deployments', 'shop', name, (object) => {
      const spec = object.spec as { template?: unknown }
      spec.template = template(version, name, image)
    })
  else
    cluster.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: { replicas: 3, selector: { matchLabels: { app: name } }, template: template(version, name, image) },
    })
  const bad = /^(bad|never|gone)/.test(version)
  await until(`${version} is rolled out`, () => {
    const { status, metadata } = cluster.get('deployments', 'shop', name) as unknown as {
      metadata: { generation: number }
      status: { observedGeneration?: number; updatedReplicas?: number; availableReplicas?: number; replicas?: number }
    }
    if (status.observedGeneration !== metadata.generation || (status.updatedReplicas ?? 0) < 1) return false
    return bad || (status.updatedReplicas === 3 && status.availableReplicas === 3 && status.replicas === 3)
  })
}
