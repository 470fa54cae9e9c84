import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { shows } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { scene, soon } from '../kit/scene.ts'
import { badTemplate } from '../kit/workloads.ts'

/** What the watches survive. */
export function watchCases(cluster: TestCluster): void {
  describe('watching', () => {
    const now = scene(cluster)

    it('asks nothing while nothing happens, and reports each change', async () => {
      const { bench } = now()
      const { target, name } = await now().twoReleases()
      await delay(1500) // the last status writes of the rollout
      const [requests, changes] = [bench.meddler.requests.length, bench.changed.length]
      for (let index = 0; index < 20; index += 1) {
        await target.read(soon())
        await target.history(10, soon())
      }
      await delay(1000)
      expect(bench.meddler.requests.length).toBe(requests)
      await bench.release('Deployment', name, badTemplate(name, '3.0.0'))
      await shows(target, '3.0.0')
      expect(bench.changed.slice(changes)).toContain('Deployment/checkout')
      expect(bench.meddler.requests.length).toBe(requests)
    })

    it('goes on where it was after its watches are cut', async () => {
      const { bench } = now()
      const { target, name } = await now().twoReleases()
      const lists = () =>
        bench.meddler.requests.filter((each) => each.method === 'GET' && each.query.has('limit')).length
      const before = lists()
      bench.meddler.dropWatches()
      await bench.release('Deployment', name, badTemplate(name, '3.0.0'))
      await shows(target, '3.0.0')
      expect(lists()).toBe(before)
    })

    it.each(['as its answer', 'in the stream'])('lists anew when its place is gone, said %s', async (how) => {
      const { bench } = now()
      const { target, name } = await now().twoReleases()
      const gone = { kind: 'Status', apiVersion: 'v1', code: 410, reason: 'Expired', message: 'too old' }
      let told = 0
      bench.meddler.spoil((request) => {
        if (request.query.get('watch') !== 'true' || told === 3) return null
        told += 1
        return how === 'as its answer'
          ? { status: 410, body: gone }
          : { status: 200, body: `${JSON.stringify({ type: 'ERROR', object: gone })}\n` }
      })
      bench.meddler.dropWatches()
      await bench.release('Deployment', name, badTemplate(name, '3.0.0'))
      await shows(target, '3.0.0')
      expect(told).toBe(3)
    })

    it('forgets what was deleted while it could not look', async () => {
      const { bench } = now()
      const { target, path } = await now().twoReleases()
      bench.meddler.down()
      await bench.admin.remove(path)
      await expect
        .poll(
          () =>
            bench.admin.get(path).then(
              () => true,
              () => false,
            ),
          { timeout: 10_000 },
        )
        .toBe(false)
      bench.meddler.up()
      await expect
        .poll(
          () =>
            target.read(soon()).then(
              () => 'there',
              (fault: unknown) => (fault as { code: string }).code,
            ),
          { timeout: 20_000 },
        )
        .toBe('kubernetes.not-found')
    })

    it('lists in pages', async () => {
      const { bench, connect } = now()
      await bench.deploy('Deployment', 'checkout')
      const path = `/apis/apps/v1/namespaces/${bench.namespace}/controllerrevisions`
      for (let index = 0; index < 260; index += 1)
        await bench.admin.create(path, {
          apiVersion: 'apps/v1',
          kind: 'ControllerRevision',
          metadata: { name: `r-${index}` },
          revision: index,
          data: {},
        })
      await bench.admin.create(bench.path('StatefulSet'), {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'ledger' },
        spec: {
          serviceName: 'x',
          replicas: 0,
          selector: { matchLabels: { app: 'x' } },
          template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
        },
      })
      const target = await connect(bench.unit('StatefulSet', 'ledger'))
      await shows(target, '1')
      const pages = bench.meddler.requests.filter((each) => each.path === path && each.query.get('limit') === '250')
      expect(pages.map((each) => each.query.has('continue'))).toEqual([false, true])
    })

    it('asks for a new token when the old one is refused', async () => {
      const { bench } = now()
      await bench.deploy('Deployment', 'checkout')
      const dir = await mkdtemp(join(tmpdir(), 'astern-exec-'))
      const hand = (token: string) =>
        writeFile(
          join(dir, 'token'),
          JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } }),
        )
      await hand('expired')
      const user = {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'cat',
          args: [join(dir, 'token')],
          interactiveMode: 'Never',
        },
      }
      const unit = bench.unit('Deployment', 'checkout')
      const target = (await bench.connect([unit], { user })).target(unit)
      await expect(target.read(soon())).rejects.toMatchObject({ code: 'kubernetes.unauthorized', retry: 'no' })
      await hand(cluster.adminToken)
      await expect
        .poll(
          () =>
            target.read(soon()).then(
              (seen) => seen.release.version,
              () => '',
            ),
          { timeout: 20_000 },
        )
        .toBe('1.0.0')
      await rm(dir, { recursive: true })
    })

    it('says which permission it lacks', async () => {
      const { bench, connect } = now()
      await bench.deploy('Deployment', 'checkout')
      const target = await connect(bench.unit('Deployment', 'checkout'), { token: cluster.visitorToken })
      await expect(target.read(soon())).rejects.toMatchObject({
        code: 'kubernetes.forbidden',
        retry: 'no',
        hint: { values: { permission: expect.stringMatching(new RegExp(`^list \\w+ in ${bench.namespace}$`)) } },
      })
    })
  })
}
