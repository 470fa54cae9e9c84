import { z } from 'zod'
import type { AdapterRegistry } from '../../src/ports/adapter.ts'
import {
  defineAlertSourceAdapter,
  defineChatAdapter,
  defineCheckAdapter,
  defineMonitorAdapter,
  defineOnCallSourceAdapter,
  definePagerAdapter,
  defineRegistryAdapter,
  defineTargetAdapter,
} from '../../src/ports/adapter.ts'
import { duration } from '../../src/ports/duration.ts'
import { secret } from '../../src/ports/secret.ts'

const notHere = () => {
  throw new TypeError('configuration opens nothing')
}

/** Adapters that only have the schemas a real one would have. */
export const adapters: AdapterRegistry = {
  targets: [
    defineTargetAdapter({
      port: 'target',
      id: 'kubernetes',
      title: 'Kubernetes',
      can: { preview: true, undo: true, repeat: 'guarded' },
      config: z.strictObject({ kubeconfig: secret(), context: z.string() }),
      unit: z.strictObject({
        kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']).default('Deployment'),
        namespace: z.string(),
        name: z.string(),
      }),
      open: notHere,
    }),
    defineTargetAdapter({
      port: 'target',
      id: 'flags',
      title: 'Flags',
      can: { preview: true, undo: true, repeat: 'keyed' },
      config: z.strictObject({ url: z.string(), token: secret() }),
      unit: z.strictObject({ flag: z.string() }),
      open: notHere,
    }),
  ],
  chats: [
    defineChatAdapter({
      port: 'chat',
      id: 'slack',
      title: 'Slack',
      config: z.strictObject({
        tenant: z.string(),
        mode: z.literal('socket').optional(),
        botToken: secret(),
        appToken: secret().optional(),
      }),
      open: notHere,
    }),
  ],
  checks: [
    defineCheckAdapter({
      port: 'check',
      id: 'http',
      title: 'HTTP',
      config: z.union([
        z.string().transform((url) => ({ url, timeout: 5000 })),
        z.strictObject({ url: z.string(), timeout: duration().default(5000) }),
      ]),
      open: notHere,
    }),
    defineCheckAdapter({ port: 'check', id: 'tcp', title: 'TCP', config: z.string(), open: notHere }),
    defineCheckAdapter({
      port: 'check',
      id: 'metric',
      title: 'Metric',
      config: z.strictObject({
        monitor: z.string(),
        name: z.string(),
        query: z.string(),
        above: z.string().optional(),
        for: duration().optional(),
      }),
      monitorOf: ({ monitor }) => monitor,
      open: notHere,
    }),
  ],
  monitors: [
    defineMonitorAdapter({
      port: 'monitor',
      id: 'prometheus',
      title: 'Prometheus',
      config: z.strictObject({ url: z.string(), bearer: secret().optional() }),
      open: notHere,
    }),
  ],
  pagers: [
    definePagerAdapter({
      port: 'pager',
      id: 'pagerduty',
      title: 'PagerDuty',
      can: { repeat: 'keyed' },
      config: z.strictObject({
        routingKey: secret().optional(),
        services: z.record(z.string(), secret()).default({}),
        webhookSecrets: z.array(secret()).min(1),
        apiToken: secret().optional(),
      }),
      contact: z.strictObject({ user: z.string(), routingKey: secret().optional() }),
      open: notHere,
    }),
    definePagerAdapter({
      port: 'pager',
      id: 'webhook',
      title: 'Webhook',
      can: { repeat: 'keyed' },
      config: z.strictObject({ url: z.string(), secret: secret() }),
      contact: z.strictObject({ address: z.string() }),
      open: notHere,
    }),
  ],
  oncallSources: [
    defineOnCallSourceAdapter({
      port: 'oncall-source',
      id: 'ical',
      title: 'iCalendar',
      config: z.strictObject({ url: secret(), plainHttp: z.boolean().default(false) }),
      open: notHere,
    }),
  ],
  alertSources: [
    defineAlertSourceAdapter({
      port: 'alert-source',
      id: 'alertmanager',
      title: 'Alertmanager',
      config: z.strictObject({ bearer: secret() }),
      open: notHere,
    }),
  ],
  registry: defineRegistryAdapter({
    port: 'registry',
    id: 'oci',
    title: 'OCI',
    config: z.record(z.string(), z.strictObject({ username: z.string(), password: secret() })),
    open: notHere,
  }),
}
