import { D, dep, type WireCase } from './parts.ts'

/** Objects that are not. */
export const refuseCases: readonly WireCase[] = [
  ['POST', D, dep('bad1', { selector: {} })],
  ['POST', D, dep('bad2', { selector: null })],
  ['POST', D, dep('bad3', { selector: { matchLabels: { app: 'other' } } })],
  ['POST', D, dep('bad4', { replicas: -1 })],
  ['POST', D, dep('bad5', {}, { containers: [] })],
  ['POST', D, dep('bad6', {}, {}, { image: '' })],
  [
    'POST',
    D,
    dep(
      'bad7',
      {},
      {
        containers: [
          { name: 'a', image: 'x' },
          { name: 'a', image: 'y' },
        ],
      },
    ),
  ],
  ['POST', D, dep('bad8', { progressDeadlineSeconds: 5, minReadySeconds: 5 })],
  ['POST', D, dep('bad9', {}, {}, { volumeMounts: [{ name: 'v', mountPath: '/v' }] })],
  ['POST', D, dep('bad10', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } })],
  ['POST', D, dep('bad11', { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } })],
  ['POST', D, dep('bad12', { strategy: { type: 'Nope' } })],
  ['POST', D, dep('bad13', { strategy: { rollingUpdate: { maxSurge: 'x%' } } })],
  ['POST', D, dep('bad14', {}, { restartPolicy: 'Never' })],
  ['POST', D, dep('bad15', {}, { dnsPolicy: 'Nope' })],
  ['POST', D, dep('bad16', {}, {}, { name: 'Bad_Name' })],
  ['POST', D, dep('bad17', {}, {}, { name: '' })],
  [
    'POST',
    D,
    dep(
      'bad18',
      {},
      {},
      { ports: [{ containerPort: 0 }, { containerPort: 70000 }, { containerPort: 1, protocol: 'X' }] },
    ),
  ],
  [
    'POST',
    D,
    dep(
      'bad19',
      {},
      {},
      {
        env: [
          { name: '' },
          { name: 'A=B', value: 'x' },
          { name: 'C', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
      },
    ),
  ],
  [
    'POST',
    D,
    dep(
      'bad20',
      {},
      {
        volumes: [
          { name: 'a', emptyDir: {}, configMap: { name: 'x' } },
          { name: 'a', emptyDir: {} },
        ],
      },
    ),
  ],
  [
    'POST',
    D,
    dep('bad21', {}, {}, { livenessProbe: { httpGet: { port: 80 }, exec: { command: ['x'] } }, readinessProbe: {} }),
  ],
  ['POST', D, dep('bad22', {}, {}, { imagePullPolicy: 'Nope' })],
  ['POST', D, dep('bad23', { revisionHistoryLimit: -1 }, { terminationGracePeriodSeconds: -1 })],
  ['POST', D, dep('Bad_Name')],
  ['POST', D, { ...dep('x'), metadata: {} }],
  [
    'POST',
    D,
    { ...dep('x'), metadata: { name: 'x', labels: { 'a b': 'c', ok: 'not ok!' }, annotations: { 'q w': 'x' } } },
  ],
  ['POST', D, { ...dep('x'), metadata: { name: 'x', namespace: 'other' } }],
  ['POST', D, { ...dep('x'), metadata: { name: 'x', resourceVersion: '5' } }],
  ['POST', D, dep('t1', { replicas: '3' })],
  ['POST', D, dep('t2', { replicas: 1.5 })],
  ['POST', D, dep('t3', {}, { containers: 'x' })],
  ['POST', D, dep('t4', {}, {}, { env: { a: 'b' } })],
  ['POST', D, dep('t5', { template: { metadata: { labels: { app: 5 } } } })],
  ['POST', `${D}?fieldValidation=Strict`, dep('t6', { replica: 3 }, {}, { imag: 'x' })],
  ['POST', `${D}?fieldValidation=Nope`, dep('t6')],
  ['POST', `${D}?dryRun=Nope`, dep('t6')],
  ['POST', D, { ...dep('t7'), kind: 'StatefulSet' }],
  ['POST', D, { ...dep('t7'), apiVersion: 'v1' }],
  ['POST', D, '{"kind":'],
  ['POST', D, '[]'],
  ['POST', D, 'x', 'text/plain'],
]
