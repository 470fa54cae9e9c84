import { D, DS, dep, ns, paused, S, type WireCase, wl } from './parts.ts'

/** Objects that are fine: what is filled in and shown. */
export const createCases: readonly WireCase[] = [
  ['POST', ns, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'diff' } }],
  ['POST', D, dep('a', paused)],
  ['POST', D, dep('a', paused)],
  [
    'POST',
    `${D}?fieldManager=m1`,
    dep(
      'full',
      paused,
      {
        volumes: [
          { name: 'c', configMap: { name: 'c' } },
          { name: 's', secret: { secretName: 's' } },
          { name: 'e' },
          { name: 'p', projected: { sources: [{ configMap: { name: 'c' } }] } },
          { name: 'h', hostPath: { path: '/x' } },
        ],
        initContainers: [{ name: 'i', image: 'y' }],
        serviceAccountName: 'sa',
        nodeSelector: { a: 'b' },
        tolerations: [{ key: 'k', operator: 'Exists' }],
        hostNetwork: false,
        terminationGracePeriodSeconds: 0,
        imagePullSecrets: [{ name: 'x' }],
        securityContext: { runAsUser: 0 },
      },
      {
        ports: [{ containerPort: 80 }],
        env: [
          { name: 'A', value: '' },
          { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
        args: [],
        command: ['x'],
        livenessProbe: { httpGet: { port: 80 } },
        readinessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 3 },
        volumeMounts: [{ name: 'c', mountPath: '/c' }],
        resources: { limits: { cpu: '1', memory: '1Gi' } },
        tty: false,
        stdin: true,
      },
    ),
  ],
  ['POST', S, wl('StatefulSet', 's1', { serviceName: 's1' })],
  ['POST', S, wl('StatefulSet', 's2', { updateStrategy: { type: 'OnDelete' } })],
  ['POST', DS, wl('DaemonSet', 'd1', { updateStrategy: { type: 'OnDelete' } }, { nodeSelector: { no: 'where' } })],
]
