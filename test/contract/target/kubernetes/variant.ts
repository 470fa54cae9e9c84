import { describe, expect, it } from 'vitest'
import type { Variation } from '../../../../src/core/drill/fault.ts'
import { expectNoSecret, settle, shows, until } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import { planned, scene, soon } from '../kit/scene.ts'
import { secrets } from '../kit/workloads.ts'

const nothing: Variation = { container: null, image: null, command: null, args: null, env: {} }

/** Bad releases that drills ship on purpose. */
export function variantCases(cluster: TestCluster): void {
  describe('a bad release for a drill', () => {
    const now = scene(cluster)

    async function one(
      kind: 'Deployment' | 'StatefulSet' = 'Deployment',
      more: Readonly<Record<string, unknown>> = {},
    ) {
      const { bench } = now()
      const name = 'checkout'
      const { spec } = await bench.deploy(kind, name, more)
      const unit = bench.unit(kind, name)
      const connection = await bench.connect([unit])
      const target = connection.target(unit)
      const { release: before } = await shows(target, '1.0.0')
      const variant = (variation: Partial<Variation>, drill = 'D-7') =>
        connection.variant?.({ ...unit }, { ...nothing, ...variation }, drill, soon()) ??
        expect.unreachable('Kubernetes can')
      return { bench, name, kind, target, before, good: spec.template, variant, path: bench.path(kind, name) }
    }

    it('differs in what the scenario says and in who it is, and nothing is done yet', async () => {
      const { bench, name, kind, good, variant } = await one()
      const release = await variant({ image: 'registry.example/shop/checkout:9.9.9', env: { LEVEL: 'none' } })
      expect(release).toMatchObject({ version: '9.9.9', drill: 'D-7' })
      expectNoSecret(release, Object.values(secrets))
      expect((await bench.get(kind, name)).spec.template).toEqual(good)
      const { metadata, spec } = bench.templates.get(release.id) as unknown as {
        metadata: { annotations: object; labels: object }
        spec: { containers: { env: { name: string; value: string }[] }[] }
      }
      expect(metadata.annotations).toMatchObject({ 'astern.dev/drill': 'D-7', 'example.com/token': secrets.annotation })
      expect(metadata.labels).toEqual({ app: name, 'app.kubernetes.io/version': '9.9.9' })
      expect(spec.containers[0]?.env).toEqual([
        { name: 'LEVEL', value: 'none' },
        { name: 'PASSWORD', value: secrets.env },
      ])
      expect((await variant({ env: { LEVEL: 'none' } })).version).toBe('1.0.0-drill')
      // The same drill makes the same release, another one its own.
      expect((await variant({ env: { A: '1' } })).id).toBe((await variant({ env: { A: '1' } })).id)
      expect((await variant({ env: { A: '1' } }, 'D-8')).id).not.toBe((await variant({ env: { A: '1' } })).id)
    })

    it.each(['Deployment', 'StatefulSet'] as const)(
      'goes onto a %s once and comes off again without a trace',
      async (kind) => {
        const { bench, target, before, good, variant, path, name } = await one(kind)
        const bad = await variant({ env: { FAIL: '1' } })
        const change = await planned(target, bad)
        expect(change.blockers).toEqual([])
        const receipt = await target.apply(change, 'D-7/fault', soon())
        expect(await target.apply(change, 'D-7/fault', soon())).toMatchObject({ data: receipt.data })
        expect(await bench.writes(name)).toBe(1)
        await settle(target, change, receipt)
        const { release } = await shows(target, '1.0.0-drill')
        expect(release).toMatchObject({ id: bad.id, drill: 'D-7', changeCause: 'astern: drill D-7' })

        const back = await planned(target, before)
        await settle(target, back, await target.apply(back, 'D-7/clear', soon()))
        expect((await bench.admin.get(path)).spec.template).toEqual(good)
        const current = await until('the view has it back', async () => {
          const seen = await target.read(soon())
          return seen.release.id === before.id && seen.release
        })
        expect(current.drill).toBeUndefined()
        const left = (await target.history(5, soon())).find(({ id }) => id === bad.id)
        expect(left?.drill).toBe('D-7')
      },
    )

    it.each([
      ['StatefulSet', { podManagementPolicy: 'OrderedReady' }],
      ['StatefulSet', { updateStrategy: { type: 'OnDelete' } }],
    ] as const)('is refused where broken pods would stay: %s %j', async (kind, more) => {
      const { variant } = await one(kind, more)
      await expect(variant({ env: { A: '1' } })).rejects.toMatchObject({
        code: 'kubernetes.drill-by-hand',
        retry: 'no',
      })
    })

    it('is refused for a container that is not there, and on top of what another drill left', async () => {
      const { target, variant } = await one()
      await expect(variant({ container: 'sidecar', env: { A: '1' } })).rejects.toMatchObject({
        code: 'kubernetes.no-container',
        retry: 'no',
      })
      const change = await planned(target, await variant({ env: { A: '1' } }))
      await target.apply(change, 'D-7/fault', soon())
      await expect(variant({ env: { B: '1' } }, 'D-8')).rejects.toMatchObject({ code: 'kubernetes.drill-left' })
    })
  })
}
