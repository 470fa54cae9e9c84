import { describe, expect, it } from 'vitest'
import { rolledOut, settle, shows } from '../contract/target/kit/bench.ts'
import type { TestCluster } from '../contract/target/kit/cluster.ts'
import { newest, planned, scene, soon } from '../contract/target/kit/scene.ts'
import { badTemplate } from '../contract/target/kit/workloads.ts'
import type { ControlPlane } from './control-plane/control-plane.ts'

/** What `kubectl rollout undo` does with the same workload, and where Astern differs on purpose. */
export function secondOpinion(cluster: TestCluster, plane: ControlPlane): void {
  describe('beside kubectl', () => {
    const now = scene(cluster)
    const rollout = (command: string, unit: { kind: string; name: string }, ...more: string[]) =>
      plane.kubectl([
        'rollout',
        command,
        `${unit.kind.toLowerCase()}/${unit.name}`,
        `--namespace=${now().bench.namespace}`,
        ...more,
      ])

    it.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('restores a %s to the same template', async (kind) => {
      const { target, unit, path, good, goodTemplate } = await now().twoReleases(kind)
      const receipt = await target.apply(await planned(target, good), 'key', soon())
      expect(await settle(target, await planned(target, good), receipt)).toMatchObject({ state: 'settled' })
      expect((await now().bench.admin.get(path)).spec.template).toEqual(goodTemplate)
      await now().bench.release(kind, unit.name, badTemplate(unit.name, '3.0.0'))
      await rolledOut(now().bench.admin, path)
      const undo = await rollout('undo', unit)
      expect(undo).toMatchObject({ code: 0 })
      expect((await now().bench.admin.get(path)).spec.template).toEqual(goodTemplate)
      expect((await rollout('status', unit, '--timeout=30s')).code).toBe(0)
    })

    it('sees what kubectl did as what it is: the old release, back', async () => {
      const { target, unit, good } = await now().twoReleases()
      const before = Date.now()
      expect((await rollout('undo', unit)).code).toBe(0)
      await expect.poll(async () => (await target.read(soon())).release.revision).toBe('3')
      const { release } = await target.read(soon())
      expect(release.id).toBe(good.id)
      // Its creation says nothing about that: at the least it came after the release it replaced.
      expect(Date.parse(release.since)).toBeLessThanOrEqual(before)
      expect((await newest(target)).version).toBe('2.0.0')
    })

    it('differs: pressed twice, kubectl flips back to the bad version, Astern stays', async () => {
      const { target, unit, good, path } = await now().twoReleases()
      const change = await planned(target, good)
      await target.apply(change, 'key-1', soon())
      await expect(target.apply(change, 'key-2', soon())).rejects.toMatchObject({ code: 'target.moved' })
      expect((await planned(target, good)).alreadyThere).toBe(true)
      await rolledOut(now().bench.admin, path)
      expect((await rollout('undo', unit)).code).toBe(0)
      expect((await shows(target, '2.0.0')).release.version).toBe('2.0.0')
    })

    it('differs: kubectl overwrites the annotations with the old ones, Astern leaves them alone', async () => {
      const { bench } = now()
      const { target, unit, path, good } = await now().twoReleases()
      await bench.admin.patch(path, 'merge', { metadata: { annotations: { 'example.com/new': 'yes' } } })
      await target.apply(await planned(target, good), 'key', soon())
      expect((await bench.admin.get(path)).metadata.annotations).toHaveProperty(['example.com/new'], 'yes')
      await bench.release('Deployment', unit.name, badTemplate(unit.name, '3.0.0'), { 'example.com/newer': 'yes' })
      await rolledOut(bench.admin, path)
      expect((await rollout('undo', unit)).code).toBe(0)
      expect((await bench.admin.get(path)).metadata.annotations).not.toHaveProperty(['example.com/newer'])
    })

    it('agrees that a paused Deployment is not rolled back', async () => {
      const { target, unit, path, good } = await now().twoReleases()
      await now().bench.admin.patch(path, 'merge', { spec: { paused: true } })
      const undo = await rollout('undo', unit)
      expect(undo.code).not.toBe(0)
      expect(undo.stderr).toContain('paused')
      expect((await planned(target, good)).blockers.map((blocker) => blocker.code)).toEqual(['kubernetes.paused'])
    })

    it('differs: kubectl undoes an ordered StatefulSet that then stays stuck, Astern says so beforehand', async () => {
      const { bench, connect } = now()
      const unit = bench.unit('StatefulSet', 'ledger')
      await bench.deploy('StatefulSet', 'ledger', { podManagementPolicy: 'OrderedReady' })
      const target = await connect(unit)
      await shows(target, '1.0.0')
      await bench.release('StatefulSet', 'ledger', badTemplate('ledger'))
      await shows(target, 'bad-2.0.0')
      await expect
        .poll(async () => (await planned(target, await newest(target))).blockers.map((each) => each.code), {
          timeout: 20_000,
        })
        .toEqual(['kubernetes.ordered-stuck'])
      expect((await rollout('undo', unit)).code).toBe(0)
      expect((await rollout('status', unit, '--timeout=5s')).code).not.toBe(0)
    })
  })
}
