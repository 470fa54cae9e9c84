import type { WorkloadKind } from '../../../../src/adapters/target/kubernetes/config.ts'

/** Values that must never be seen again outside the cluster. */
export const secrets = {
  env: 'env-hunter2-5f3a',
  arg: '--token=arg-hunter2-9c1d',
  annotation: 'annotation-hunter2-77ab',
  command: 'command-hunter2-31fe',
  badEnv: 'bad-env-hunter2-c0de',
} as const

export const plurals: Record<WorkloadKind, string> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
}

/** A good template, full of things that a bad release can remove. */
export const goodTemplate = (name: string, tag = '1.0.0') => ({
  metadata: {
    labels: { app: name, 'app.kubernetes.io/version': tag },
    annotations: { 'example.com/token': secrets.annotation },
  },
  spec: {
    containers: [
      {
        name: 'app',
        image: `registry.example/shop/${name}:${tag}`,
        command: ['/bin/sh', '-c', `./run && echo '<done>' # ${secrets.command}`],
        args: [secrets.arg],
        env: [
          { name: 'PASSWORD', value: secrets.env },
          { name: 'LEVEL', value: 'info' },
        ],
        ports: [{ containerPort: 8080 }],
        resources: { requests: { cpu: '100m', memory: '64Mi' } },
        readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, periodSeconds: 2 },
      },
    ],
  },
})

/** Removes most of it, changes the image and adds a variable. */
export const badTemplate = (name: string, tag = 'bad-2.0.0') => ({
  metadata: { labels: { app: name, 'app.kubernetes.io/version': tag } },
  spec: {
    containers: [
      {
        name: 'app',
        image: `registry.example/shop/${name}:${tag}`,
        env: [{ name: 'NEW_PASSWORD', value: secrets.badEnv }],
        ports: [{ containerPort: 8080 }],
      },
    ],
  },
})

export const workload = (kind: WorkloadKind, name: string, spec: Readonly<Record<string, unknown>> = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    ...(kind !== 'DaemonSet' && { replicas: 2 }),
    ...(kind === 'StatefulSet' && { serviceName: name, podManagementPolicy: 'Parallel' }),
    template: goodTemplate(name),
    ...spec,
  },
})
