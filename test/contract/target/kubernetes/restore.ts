import { describe, expect, it } from 'vitest'
import { shows, until } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { newest, planned, scene, soon } from '../kit/scene.ts'
import { badTemplate } from '../kit/workloads.ts'
import { statusWrite } from '../kubernetes-subject.ts'

/** What is written, and what is left alone. */
export function restoreCases(cluster: TestCluster): void {
  describe('restoring', () => {
    const now = scene(cluster)

    it('changes the template and our annotations, and nothing else', async () => {
      const { bench } = now()
      const { target, good, path, goodTemplate } = await now().twoReleases()
      await bench.admin.patch(path, 'merge', {
        metadata: { annotations: { 'astern.dev/run': 'the bad build', 'example.com/keep': 'this' } },
        spec: { replicas: 3, minReadySeconds: 1, strategy: { rollingUpdate: { maxSurge: 2 } } },
      })
      const change = await planned(target, good)
      const before = await bench.admin.get(path)
      await target.apply(change, 'rollback-7/step-1', soon())
      const after = await bench.admin.get(path)
      expect(after.spec).toEqual({ ...before.spec, template: goodTemplate })
      const { 'deployment.kubernetes.io/revision': _, ...annotations } = after.metadata.annotations ?? {}
      expect(annotations).toEqual({
        'astern.dev/rollback-key': 'rollback-7/step-1',
        'astern.dev/restored': expect.stringMatching(new RegExp(`^${good.id} \\d{4}-.*Z$`)),
        'kubernetes.io/change-cause': 'astern: back to 1.0.0',
        'example.com/keep': 'this',
      })
    })

    it('writes through a storm of other writes', async () => {
      const { bench } = now()
      const { target, good, path, name, goodTemplate } = await now().twoReleases()
      const change = await planned(target, good)
      let over = false
      const storm = Array.from({ length: 3 }, async (_, writer) => {
        for (let index = 0; !over; index += 1) await statusWrite(bench, path, writer * 1000 + index)
      })
      await target.apply(change, 'key', soon()).finally(async () => {
        over = true
        await Promise.all(storm)
      })
      expect((await bench.admin.get(path)).spec.template).toEqual(goodTemplate)
      expect(await bench.writes(name)).toBe(1)
    })

    it('goes on after a conflict when the template is still the same', async () => {
      const { bench } = now()
      const { target, good, name } = await now().twoReleases()
      const change = await planned(target, good)
      let conflicts = 0
      bench.meddler.spoil((request) => {
        if (request.method !== 'PATCH' || conflicts === 3) return null
        conflicts += 1
        return { status: 409, body: { kind: 'Status', code: 409, reason: 'Conflict' } }
      })
      await target.apply(change, 'key', soon())
      expect(conflicts).toBe(3)
      expect(await bench.writes(name)).toBe(1)
    })

    it('brings back a pruned revision from the store', async () => {
      const { bench } = now()
      const { target, good, name, path, goodTemplate } = await now().twoReleases('Deployment', {
        revisionHistoryLimit: 0,
      })
      await until('it is pruned', async () => (await target.history(5, soon())).length === 0)
      const change = await planned(target, { ...good, kept: 'pruned' })
      expect(change.blockers).toEqual([])
      await target.apply(change, 'key', soon())
      expect((await bench.admin.get(path)).spec.template).toEqual(goodTemplate)
      expect(await bench.writes(name)).toBe(1)
    })

    it('can be undone: back to the release that it left', async () => {
      const { bench } = now()
      const { target, good, path, name } = await now().twoReleases()
      const left = (await target.read(soon())).release
      const before = (await bench.admin.get(path)).spec.template
      await target.apply(await planned(target, good), 'key-1', soon())
      await target.apply(await planned(target, left), 'key-2', soon())
      expect((await bench.admin.get(path)).spec.template).toEqual(before)
      expect(await bench.writes(name)).toBe(2)
    })

    it('works on a bad release that never came up', async () => {
      const { bench, connect } = now()
      const name = 'checkout'
      const first = await bench.deploy('Deployment', name)
      await bench.release('Deployment', name, badTemplate(name))
      const target = await connect(bench.unit('Deployment', name))
      await shows(target, 'bad-2.0.0')
      await target.apply(await planned(target, await newest(target)), 'key', soon())
      expect((await bench.get('Deployment', name)).spec.template).toEqual(first.spec.template)
    })
  })
}
