import { describe, expect, it } from 'vitest'
import { rolledOut, shows } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { newest, planned, scene, soon } from '../kit/scene.ts'
import { badTemplate, goodTemplate } from '../kit/workloads.ts'

/** What is told of releases. */
export function factsCases(cluster: TestCluster): void {
  describe('facts', () => {
    const now = scene(cluster)

    it('names version, image and its digest, revision, age, cause, who and which run', async () => {
      const { bench, connect } = now()
      const annotations = {
        'kubernetes.io/change-cause': 'kubectl set env deployment/checkout PASSWORD=hunter2 --record=true',
        'astern.dev/by': 'mei',
        'astern.dev/run': 'build 1712',
        'astern.dev/run-url': 'https://ci.example/runs/1712',
      }
      await bench.deploy('Deployment', 'checkout')
      await bench.admin.patch(bench.path('Deployment', 'checkout'), 'merge', { metadata: { annotations } })
      const unit = bench.unit('Deployment', 'checkout')
      const target = await connect(unit)
      await expect.poll(async () => (await target.read(soon())).release.by).toBe('mei')
      const { release, pods } = await target.read(soon())
      expect(release).toMatchObject({
        version: '1.0.0',
        revision: '1',
        changeCause: 'kubectl set env deployment/checkout PASSWORD=… --record=…',
        run: { title: 'build 1712', url: 'https://ci.example/runs/1712' },
        available: true,
        kept: 'target',
      })
      expect(release.images).toEqual([
        {
          container: 'app',
          reference: 'registry.example/shop/checkout:1.0.0',
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      ])
      expect(Math.abs(Date.now() - Date.parse(release.since))).toBeLessThan(60_000)
      expect(pods).toEqual({ wanted: 2, ready: 2, updated: 2 })
    })

    it('reads the version from the label, else the tag, else the digest', async () => {
      const { bench, connect } = now()
      const versions = {
        tagged: ['registry.example:5000/shop/app:v7', 'v7'],
        pinned: [`registry.example/app@sha256:${'ab'.repeat(32)}`, 'sha256:abababababab'],
        bare: ['registry.example:5000/app', 'latest'],
      } as const
      for (const [name, [image, version]] of Object.entries(versions)) {
        const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image }] } }
        await bench.deploy('Deployment', name, { template, replicas: 1 })
        const target = await connect(bench.unit('Deployment', name))
        await expect.poll(async () => (await target.read(soon())).release.version).toBe(version)
      }
    })

    it('says since when a release that came back is back, not when it was first made', async () => {
      const { target, good, path } = await now().twoReleases()
      const change = await planned(target, good)
      const before = Date.now()
      const receipt = await target.apply(change, 'rollback-1/step-1', soon())
      await rolledOut(now().bench.admin, path)
      const { release } = await shows(target, '1.0.0')
      expect(Date.parse(release.since)).toBeGreaterThanOrEqual(before - 2000)
      expect(Date.parse(release.since)).toBeLessThanOrEqual(Date.parse(receipt.at) + 1000)
      expect(release.changeCause).toBe('astern: back to 1.0.0')
    })

    it('does not let its words stand on the release that comes next', async () => {
      const { target, good, path, name } = await now().twoReleases()
      await target.apply(await planned(target, good), 'key', soon())
      await rolledOut(now().bench.admin, path)
      await now().bench.release('Deployment', name, badTemplate(name, '3.0.0'))
      await rolledOut(now().bench.admin, path)
      const { release } = await shows(target, '3.0.0')
      expect(release.changeCause).toBeUndefined()
      expect((await newest(target)).version).toBe('1.0.0')
    })

    it.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)(
      'lists the history of a %s, newest first',
      async (kind) => {
        const { bench } = now()
        const { name, path, target } = await now().twoReleases(kind)
        await bench.release(kind, name, goodTemplate(name, '3.0.0'))
        await rolledOut(bench.admin, path)
        await shows(target, '3.0.0')
        expect((await target.history(10, soon())).map((release) => release.version)).toEqual(['2.0.0', '1.0.0'])
        expect((await target.history(1, soon())).map((release) => release.version)).toEqual(['2.0.0'])
      },
    )

    it('calls a release available once its pods were', async () => {
      const { bench } = now()
      const { name, target } = await now().twoReleases()
      await bench.release('Deployment', name, badTemplate(name, 'bad-3'))
      await shows(target, 'bad-3')
      expect((await target.read(soon())).release.available).toBeUndefined()
      expect((await newest(target)).available).toBe(true)
    })
  })
}
