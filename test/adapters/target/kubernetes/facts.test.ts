import { describe, expect, it } from 'vitest'
import { quantity } from '../../../../src/adapters/target/kubernetes/checks/quantity.ts'
import { neededBy } from '../../../../src/adapters/target/kubernetes/checks/references.ts'
import { KubernetesConfig, KubernetesUnit } from '../../../../src/adapters/target/kubernetes/config.ts'
import { normalised, templateDigest } from '../../../../src/adapters/target/kubernetes/template.ts'

describe('the digest of a template', () => {
  const live = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'app', image: 'x:1' }] } }

  it('is the same on the workload and on its revisions', () => {
    const replicaSet = {
      ...live,
      metadata: { creationTimestamp: null, labels: { app: 'x', 'pod-template-hash': 'abc' } },
    }
    const revision = { $patch: 'replace', spec: live.spec, metadata: live.metadata }
    for (const copy of [replicaSet, revision]) {
      expect(normalised(copy)).toEqual(live)
      expect(templateDigest(normalised(copy))).toBe(templateDigest(normalised(live)))
    }
  })

  it('moves with every field, also those nobody knows', () => {
    const digests = [live, { ...live, future: 1 }, { ...live, metadata: { labels: { app: 'x', a: 'b' } } }].map(
      (each) => templateDigest(normalised(each)),
    )
    expect(new Set(digests).size).toBe(3)
  })
})

it.each([
  ['100m', 0.1],
  ['2', 2],
  ['1.5', 1.5],
  ['64Mi', 64 * 2 ** 20],
  ['1k', 1000],
  ['1e3', 1000],
  ['12E', 12e18],
  ['abc', null],
  ['', null],
  ['1Zi', null],
])('the quantity %s is %s', (text, value) => {
  expect(quantity(text)).toBe(value)
})

it('finds every ConfigMap and Secret that pods cannot start without', () => {
  const needed = neededBy({
    spec: {
      initContainers: [{ name: 'init', envFrom: [{ secretRef: { name: 'init-secret' } }] }],
      containers: [
        {
          name: 'app',
          env: [
            { name: 'A', valueFrom: { configMapKeyRef: { name: 'map', key: 'a' } } },
            { name: 'B', valueFrom: { configMapKeyRef: { name: 'map', key: 'b' } } },
            { name: 'C', valueFrom: { secretKeyRef: { name: 'maybe', key: 'c', optional: true } } },
          ],
          envFrom: [{ configMapRef: { name: 'all' } }],
        },
      ],
      volumes: [
        { name: 'v1', secret: { secretName: 'volume-secret', items: [{ key: 'k', path: 'p' }] } },
        {
          name: 'v2',
          projected: { sources: [{ configMap: { name: 'projected' } }, { secret: { name: 'projected-secret' } }] },
        },
        { name: 'v3', configMap: { name: 'optional', optional: true } },
        { name: 'v4', emptyDir: {} },
      ],
    },
  })
  expect(needed.map(({ kind, name, keys }) => `${kind} ${name} ${keys.join()}`.trim()).sort()).toEqual([
    'ConfigMap all',
    'ConfigMap map a,b',
    'ConfigMap projected',
    'Secret init-secret',
    'Secret projected-secret',
    'Secret volume-secret k',
  ])
})

describe('configuration', () => {
  it.each([
    [{ kubeconfig: { file: '/etc/kubeconfig' } }, true],
    [{ kubeconfig: { env: 'KUBECONFIG_TEXT' }, context: 'eu-1' }, true],
    [{ inCluster: true }, true],
    [{}, false],
    [{ inCluster: true, kubeconfig: { env: 'A' } }, false],
    [{ inCluster: true, context: 'eu-1' }, false],
    [{ kubeconfig: 'apiVersion: v1' }, false],
    [{ inCluster: true, contxt: 'x' }, false],
  ])('%j: %s', (config, good) => {
    expect(KubernetesConfig.safeParse(config).success).toBe(good)
  })

  it.each([
    [{ namespace: 'shop', name: 'checkout' }, true],
    [{ kind: 'StatefulSet', namespace: 'shop', name: 'a.b' }, true],
    [{ kind: 'Pod', namespace: 'shop', name: 'a' }, false],
    [{ namespace: '../kube-system', name: 'a' }, false],
    [{ namespace: 'shop', name: 'a/b' }, false],
  ])('a unit %j: %s', (unit, good) => {
    expect(KubernetesUnit.safeParse(unit).success).toBe(good)
  })
})
