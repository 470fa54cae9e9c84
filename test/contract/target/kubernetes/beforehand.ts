import { describe, expect, it } from 'vitest'
import { templateDigest } from '../../../../src/adapters/target/kubernetes/template.ts'
import type { Json } from '../../../../src/core/canonical.ts'
import type { Registry } from '../../../../src/ports/registry.ts'
import { rolledOut, shows, until } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { codes, newest, planned, scene, soon } from '../kit/scene.ts'
import { badTemplate, goodTemplate } from '../kit/workloads.ts'

const checkedAt = '2026-03-02T09:00:00Z'

/** What a plan finds before anything happens. */
export function beforehandCases(cluster: TestCluster): void {
  describe('beforehand', () => {
    const now = scene(cluster)
    const core = (resource: string, name = '') =>
      `/api/v1/namespaces/${now().bench.namespace}/${resource}${name && `/${name}`}`

    it('shows images and resources in clear, of all that may be secret only the place', async () => {
      const { target, good } = await now().twoReleases()
      const { preview } = await planned(target, good)
      expect(preview[0]).toEqual({
        path: 'spec.containers[app].image',
        kind: 'changed',
        from: 'registry.example/shop/checkout:2.0.0',
        to: 'registry.example/shop/checkout:1.0.0',
      })
      expect(preview).toContainEqual({ path: 'spec.containers[app].resources.requests.cpu', kind: 'added', to: '100m' })
      expect(preview).toContainEqual({ path: 'spec.containers[app].env[PASSWORD]', kind: 'added' })
      expect(preview).toContainEqual({ path: 'spec.containers[app].env[NEW_PASSWORD]', kind: 'removed' })
      expect(preview).toContainEqual({ path: 'spec.containers[app].args', kind: 'added' })
      expect(preview).toContainEqual({ path: 'metadata.annotations[example.com/token]', kind: 'added' })
    })

    it('says what it cannot know', async () => {
      const { target, good } = await now().twoReleases()
      expect(codes((await planned(target, good)).warnings)).toEqual([
        'kubernetes.database',
        'kubernetes.image-not-checked:registry.example/shop/checkout:1.0.0',
      ])
    })

    it('is blocked by a paused Deployment, also one paused after the plan', async () => {
      const { target, good, path, name } = await now().twoReleases()
      const change = await planned(target, good)
      await now().bench.admin.patch(path, 'merge', { spec: { paused: true } })
      expect(codes((await planned(target, good)).blockers)).toEqual(['kubernetes.paused'])
      await expect(target.apply(change, 'key', soon())).rejects.toMatchObject({
        code: 'kubernetes.paused',
        retry: 'no',
      })
      expect(await now().bench.writes(name)).toBe(0)
    })

    it('is blocked by a ConfigMap that is gone or misses a key, and warns of one that changed', async () => {
      const { bench, connect } = now()
      const name = 'checkout'
      const map = (data: Record<string, string>) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data,
      })
      await bench.admin.create(core('configmaps'), map({ level: 'info' }))
      const template = goodTemplate(name)
      const env = [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } }]
      await bench.deploy('Deployment', name, {
        template: { ...template, spec: { containers: [{ ...template.spec.containers[0], env }] } },
      })
      const target = await connect(bench.unit('Deployment', name))
      await shows(target, '1.0.0')
      await bench.release('Deployment', name, badTemplate(name, '2.0.0'))
      await shows(target, '2.0.0')
      const good = await newest(target)
      expect(codes((await planned(target, good)).warnings)).not.toContain(
        'kubernetes.configuration-changed:ConfigMap/settings',
      )

      await until('a second has passed', async () => Date.now() > Date.parse(good.since) + 2000)
      await bench.admin.patch(core('configmaps', 'settings'), 'merge', { data: { level: 'debug' } })
      const changed = await planned(target, good)
      expect(codes(changed.warnings)).toContain('kubernetes.configuration-changed:ConfigMap/settings')
      expect(changed.blockers).toEqual([])

      await bench.admin.patch(core('configmaps', 'settings'), 'merge', { data: { level: null, other: 'x' } })
      expect(codes((await planned(target, good)).blockers)).toEqual(['kubernetes.missing-key:ConfigMap/settings'])
      await bench.admin.remove(core('configmaps', 'settings'))
      expect(codes((await planned(target, good)).blockers)).toEqual(['kubernetes.missing:ConfigMap/settings'])
    })

    it('checks Secrets only where it may, and never says ok where it may not', async () => {
      const { bench, connect } = now()
      const name = 'checkout'
      const template = goodTemplate(name)
      const volumes = [{ name: 'keys', secret: { secretName: 'keys' } }]
      await bench.admin.create(core('secrets'), {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'keys' },
        stringData: { a: 'secret-hunter2' },
      })
      await bench.deploy('Deployment', name, { template: { ...template, spec: { ...template.spec, volumes } } })
      const unit = bench.unit('Deployment', name)
      const mayRead = await connect(unit)
      await shows(mayRead, '1.0.0')
      await bench.release('Deployment', name, badTemplate(name, '2.0.0'))
      await shows(mayRead, '2.0.0')
      const mayNot = await connect(unit, { token: await cluster.asternToken(bench.namespace) })
      const good = await newest(mayRead)
      expect(codes((await planned(mayRead, good)).warnings)).not.toContain('kubernetes.not-checked:Secret/keys')
      expect(codes((await planned(mayNot, good)).warnings)).toContain('kubernetes.not-checked:Secret/keys')
      await bench.admin.remove(core('secrets', 'keys'))
      expect(codes((await planned(mayRead, good)).blockers)).toEqual(['kubernetes.missing:Secret/keys'])
      const blind = await planned(mayNot, good)
      expect(blind.blockers).toEqual([])
      const notice = blind.warnings.find((warning) => warning.code === 'kubernetes.not-checked:Secret/keys')
      expect(notice?.wording.values).toMatchObject({ permission: `get secrets in ${bench.namespace}` })
    })

    it('is blocked by a quota with no room for another pod, not by one the wanted pods already fit', async () => {
      const { bench } = now()
      const { target, good, path } = await now().twoReleases()
      await bench.admin.create(core('resourcequotas'), {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'tight' },
        spec: { hard: { pods: '2' } },
      })
      await until('the quota is counted', async () => {
        const quota = await bench.admin.get(core('resourcequotas', 'tight'))
        return (quota.status.used as { pods?: string } | undefined)?.pods === '2'
      })
      expect(codes((await planned(target, good)).blockers)).toEqual(['kubernetes.quota:tight/pods'])
      await bench.admin.patch(path, 'merge', { spec: { strategy: { rollingUpdate: { maxUnavailable: 1 } } } })
      expect((await planned(target, good)).blockers).toEqual([])
    })

    it('is blocked by what the API server refuses, named by its fields and no values', async () => {
      const { target, good, goodTemplate: template } = await now().twoReleases()
      const other = { ...(template as object), metadata: { labels: { app: 'label-hunter2' } } } as Json
      const id = templateDigest(other as Parameters<typeof templateDigest>[0])
      now().bench.templates.set(id, other)
      const change = await planned(target, { ...good, id })
      expect(codes(change.blockers)).toEqual(['kubernetes.invalid'])
      expect(change.blockers[0]?.wording.values).toEqual({ fields: { list: ['spec.template.metadata.labels'] } })
      expect(JSON.stringify(change.blockers)).not.toContain('hunter2')
    })

    it('is blocked by an image that the registry no longer has, and by nothing that it does not say', async () => {
      const { twoReleases, connect } = now()
      const { unit, good } = await twoReleases()
      const registry = (look: Awaited<ReturnType<Registry['look']>>): Registry => ({ look: async () => look })
      const planWith = async (look: Awaited<ReturnType<Registry['look']>>) =>
        planned(await connect(unit, { registry: registry(look) }), good)
      expect(codes((await planWith({ state: 'gone', checkedAt })).blockers)).toEqual([
        'kubernetes.image-gone:registry.example/shop/checkout:1.0.0',
      ])
      const ran = `sha256:${'0'.repeat(64)}`
      const images = good.images.map((image) => ({ ...image, digest: ran }))
      const present = await planned(
        await connect(unit, { registry: registry({ state: 'present', digest: ran, checkedAt }) }),
        { ...good, images },
      )
      expect(codes(present.warnings)).toEqual(['kubernetes.database'])
      const moved = await planned(
        await connect(unit, {
          registry: registry({ state: 'present', digest: `sha256:${'1'.repeat(64)}`, checkedAt }),
        }),
        { ...good, images },
      )
      expect(codes(moved.warnings)).toContain('kubernetes.image-moved:registry.example/shop/checkout:1.0.0')
      const unknown = await planWith({ state: 'unknown', why: 'unreachable', checkedAt })
      expect(unknown.blockers).toEqual([])
      expect(unknown.warnings.map((warning) => warning.wording.key)).toContain(
        'kubernetes.image-not-checked.unreachable',
      )
    })

    it('is blocked when an ordered StatefulSet waits for broken pods', async () => {
      const { bench, connect } = now()
      const name = 'ledger'
      await bench.deploy('StatefulSet', name, { podManagementPolicy: 'OrderedReady' })
      const target = await connect(bench.unit('StatefulSet', name))
      await shows(target, '1.0.0')
      await bench.release('StatefulSet', name, badTemplate(name))
      await shows(target, 'bad-2.0.0')
      await expect
        .poll(async () => codes((await target.read(soon())).notices).join(), { timeout: 20_000 })
        .toContain('kubernetes.trouble')
      const change = await planned(target, await newest(target))
      expect(codes(change.blockers)).toEqual(['kubernetes.ordered-stuck'])
      expect(change.blockers[0]?.wording.values).toMatchObject({ pods: { list: ['ledger-1'] } })
    })

    it('is blocked when nobody has the template any more', async () => {
      const { connect, twoReleases } = now()
      const { unit, good, target } = await twoReleases('Deployment', { revisionHistoryLimit: 0 })
      await until('it is pruned', async () => (await target.history(5, soon())).length === 0)
      const forgetful = await connect(unit, { templates: new Map() })
      expect(codes((await planned(forgetful, good)).blockers)).toEqual(['kubernetes.template-unknown'])
    })

    it('names everybody else who writes the workload', async () => {
      const { bench } = now()
      const { target, good, path } = await now().twoReleases()
      await bench.admin.patch(path, 'merge', {
        metadata: {
          labels: {
            'kustomize.toolkit.fluxcd.io/name': 'shop',
            'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
          },
          annotations: {
            'argocd.argoproj.io/tracking-id': 'shop-prod:apps/Deployment:shop/checkout',
            'meta.helm.sh/release-name': 'shop',
          },
        },
      })
      await bench.admin.patch(
        path,
        'merge',
        { spec: { template: { metadata: { annotations: { a: 'b' } } } } },
        'terraform-provider',
      )
      await rolledOut(bench.admin, path)
      const writers = [
        'kubernetes.other-writer:Argo CD:shop-prod',
        'kubernetes.other-writer:Flux:flux-system/shop',
        'kubernetes.other-writer:Helm:shop',
        'kubernetes.other-writer:Terraform',
      ]
      expect(codes((await planned(target, good)).warnings)).toEqual(expect.arrayContaining(writers))
      await expect.poll(async () => codes((await target.read(soon())).notices)).toEqual(writers)
    })
  })
}
