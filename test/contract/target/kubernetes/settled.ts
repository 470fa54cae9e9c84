import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../../src/core/release/release.ts'
import { plain, sayWording } from '../../../../src/text/say.ts'
import { expectNoSecret, rolledOut, settle, shows } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { codes, planned, scene, soon } from '../kit/scene.ts'
import { badTemplate, goodTemplate, secrets } from '../kit/workloads.ts'

const said = (seen: readonly Evidence[]): string =>
  seen.map((each) => [plain(sayWording('en', each.wording)), ...(each.raw ?? [])].join('\n')).join('\n')

/** Where a change stands. */
export function settledCases(cluster: TestCluster): void {
  describe('settling', () => {
    const now = scene(cluster)

    /** Goes "back" to a release whose pods do not come up. */
    async function backToBad(tag: string, spec: Readonly<Record<string, unknown>> = {}) {
      const { bench, connect } = now()
      const name = 'checkout'
      const unit = bench.unit('Deployment', name)
      await bench.deploy('Deployment', name, spec)
      const target = await connect(unit)
      await shows(target, '1.0.0')
      await bench.release('Deployment', name, badTemplate(name, tag))
      const { release: bad } = await shows(target, tag)
      await bench.release('Deployment', name, goodTemplate(name, '3.0.0'))
      await rolledOut(bench.admin, bench.path('Deployment', name))
      await shows(target, '3.0.0')
      const change = await planned(target, bad)
      const receipt = await target.apply(change, 'key', soon())
      return { target, change, receipt, name, unit, path: bench.path('Deployment', name) }
    }

    it('is moving while pods crash, with what they said, most telling first', async () => {
      const { target, change, receipt } = await backToBad('bad-2')
      await expect
        .poll(async () => codes((await target.settled(change, receipt, soon())).seen).join(), { timeout: 20_000 })
        .toContain('kubernetes.pod:CrashLoopBackOff')
      const standing = await target.settled(change, receipt, soon())
      expect(standing).toMatchObject({ state: 'moving', at: 'between', progress: { done: 0, of: 2 } })
      expectNoSecret(standing, Object.values(secrets))
      const [first] = standing.seen
      if (cluster.logs) {
        expect(first?.code).toBe('kubernetes.log')
        expect(first?.raw?.[0]).toMatch(/^FATAL cannot start/)
        expect(codes(standing.seen)).toContain('kubernetes.events')
      } else {
        expect(first?.code).toBe('kubernetes.pod:CrashLoopBackOff')
        expect(codes(standing.seen)).toContain('kubernetes.no-log')
      }
      for (const evidence of standing.seen) {
        expect(evidence.raw?.length ?? 0).toBeLessThanOrEqual(12)
        for (const line of evidence.raw ?? []) expect(line.length).toBeLessThanOrEqual(300)
      }
      expect(said(standing.seen)).toContain('0 of 2 pods')
    })

    it('names the pull that fails', async () => {
      const { target, change, receipt } = await backToBad('gone-2')
      await expect
        .poll(async () => codes((await target.settled(change, receipt, soon())).seen).join(), { timeout: 20_000 })
        .toMatch(/kubernetes\.pod:(ImagePullBackOff|ErrImagePull)/)
    })

    it('has failed when Kubernetes gave up', async () => {
      const { target, change, receipt } = await backToBad('never-2', { progressDeadlineSeconds: 2 })
      const standing = await settle(target, change, receipt)
      expect(standing).toMatchObject({ state: 'failed', at: 'between' })
      expect(codes(standing.seen)[0]).toBe('kubernetes.dead-deadline')
    })

    it('does not take for its own failure that Kubernetes gave up on what it replaces', async () => {
      const { bench, connect } = now()
      const name = 'checkout'
      const unit = bench.unit('Deployment', name)
      const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
      await bench.deploy('Deployment', name, { strategy, progressDeadlineSeconds: 2 })
      const target = await connect(unit)
      const { release: good } = await shows(target, '1.0.0')
      await bench.release('Deployment', name, badTemplate(name, 'never-2'))
      await expect
        .poll(async () => codes((await target.read(soon())).notices), { timeout: 20_000 })
        .toContain('kubernetes.dead-deadline')
      const change = await planned(target, good)
      const receipt = await target.apply(change, 'key', soon())
      expect(await settle(target, change, receipt)).toMatchObject({ state: 'settled', at: 'to' })
    })

    it('never shows a secret that a program printed', async () => {
      const { bench } = now()
      const { target, change, receipt } = await backToBad('bad-2')
      bench.meddler.spoil((request) =>
        request.path.endsWith('/log') ? { status: 200, body: `ERROR cannot log in with ${secrets.badEnv}\n` } : null,
      )
      await expect
        .poll(async () => (await target.settled(change, receipt, soon())).seen[0]?.raw?.[0], { timeout: 20_000 })
        .toBe('ERROR cannot log in with ‹hidden›')
      expectNoSecret(await target.settled(change, receipt, soon()), Object.values(secrets))
    })

    it('has failed when it was paused, for nothing moves', async () => {
      const { bench } = now()
      const { target, change, receipt, path } = await backToBad('slow-2')
      await bench.admin.patch(path, 'merge', { spec: { paused: true } })
      const standing = await settle(target, change, receipt)
      expect(standing).toMatchObject({ state: 'failed', at: 'between' })
      expect(codes(standing.seen)[0]).toBe('kubernetes.dead-paused')
    })

    it('tells when somebody put the bad version straight back, and who writes there', async () => {
      const { bench } = now()
      const { target, good, name, path } = await now().twoReleases()
      await bench.admin.patch(path, 'merge', {
        metadata: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:x' } },
      })
      const change = await planned(target, good)
      const receipt = await target.apply(change, 'key', soon())
      await bench.release('Deployment', name, badTemplate(name, '2.0.0'))
      await shows(target, '2.0.0')
      const standing = await settle(target, change, receipt)
      expect(standing).toMatchObject({ state: 'failed', at: 'from' })
      expect(said(standing.seen)).toContain('Argo CD')
    })

    it('tells when another version came after us', async () => {
      const { bench } = now()
      const { target, good, name } = await now().twoReleases()
      const change = await planned(target, good)
      const receipt = await target.apply(change, 'key', soon())
      await bench.release('Deployment', name, goodTemplate(name, '4.0.0'))
      await shows(target, '4.0.0')
      expect(await settle(target, change, receipt)).toMatchObject({ state: 'failed', at: 'elsewhere' })
    })

    it('settles a workload of no pods, and says that this proves nothing', async () => {
      const { bench } = now()
      const { target, good, path } = await now().twoReleases()
      await bench.admin.patch(path, 'merge', { spec: { replicas: 0 } })
      const change = await planned(target, good)
      const receipt = await target.apply(change, 'key', soon())
      const standing = await settle(target, change, receipt)
      expect(standing.state).toBe('settled')
      expect(codes(standing.seen)).toEqual(['kubernetes.no-pods'])
    })

    it('waits for every pod of a StatefulSet that went back in the middle of its rollout', async () => {
      const { bench, connect } = now()
      const name = 'ledger'
      const unit = bench.unit('StatefulSet', name)
      await bench.deploy('StatefulSet', name, { podManagementPolicy: 'OrderedReady', replicas: 3 })
      const target = await connect(unit)
      const { release: good } = await shows(target, '1.0.0')
      await bench.release('StatefulSet', name, badTemplate(name, 'slow-2'))
      const images = async () => {
        const pods = await bench.admin.get(`/api/v1/namespaces/${bench.namespace}/pods?labelSelector=app=${name}`)
        return pods.items.map((pod) => (pod.spec.containers as { image: string }[])[0]?.image.split(':')[1])
      }
      await expect
        .poll(async () => (await images()).filter((tag) => tag === 'slow-2').length, { timeout: 30_000 })
        .toBe(2)
      const change = await planned(target, good)
      const standing = await settle(target, change, await target.apply(change, 'key', soon()))
      expect(standing).toMatchObject({ state: 'settled', at: 'to', progress: { done: 3, of: 3 } })
      expect(await images()).toEqual(['1.0.0', '1.0.0', '1.0.0'])
    })

    it.each(['StatefulSet', 'DaemonSet'] as const)(
      'does not call a %s settled before its last pod is back',
      async (kind) => {
        const { bench } = now()
        const { target, good, path, name } = await now().twoReleases(kind)
        const change = await planned(target, good)
        const receipt = await target.apply(change, 'key', soon())
        expect(await settle(target, change, receipt)).toMatchObject({ state: 'settled', at: 'to' })
        const pods = await bench.admin.get(`/api/v1/namespaces/${bench.namespace}/pods?labelSelector=app=${name}`)
        const images = pods.items.map((pod) => (pod.spec.containers as { image: string }[])[0]?.image)
        expect(new Set(images)).toEqual(new Set([`registry.example/shop/${name}:1.0.0`]))
        await rolledOut(bench.admin, path)
      },
    )
  })
}
