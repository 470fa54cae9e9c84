import { describe, expect, it } from 'vitest'
import { releaseFaults } from '../../../../src/app/fault-releases.ts'
import type { World } from '../../../../src/app/world.ts'
import type { Config } from '../../../../src/config/config.ts'
import type { DrillScope, PreparedFault, ReleaseFault } from '../../../../src/core/drill/fault.ts'
import { Fault } from '../../../../src/core/fault.ts'
import { Desk } from '../../../../src/projection/desk.ts'
import { shows, until } from '../kit/bench.ts'
import type { TestCluster } from '../kit/cluster.ts'
import type { Mishap } from '../kit/meddler.ts'
import { scene, soon } from '../kit/scene.ts'

const scope: DrillScope = { drill: 'D-7', environment: 'staging', services: ['checkout'], regions: ['eu-1'] }
const fault: ReleaseFault = {
  kind: 'failing',
  service: 'checkout',
  target: null,
  release: { container: null, image: null, command: null, args: null, env: { FAIL: '1' } },
}

/** The whole way of a drill's fault on an API server that does not always answer. */
export function drilledCases(cluster: TestCluster): void {
  describe('a drill on a cluster that is in trouble', () => {
    const now = scene(cluster)

    const mishaps: readonly [string, Mishap][] = [
      ['the request is lost', 'cut-before'],
      ['the answer is lost', 'cut-after'],
      ['500', { status: 500, body: {} }],
      ['429', { status: 429, body: {}, headers: { 'retry-after': '1' } }],
      ['409', { status: 409, body: { kind: 'Status', code: 409, reason: 'Conflict' } }],
    ]

    it.each(mishaps)('is broken once and put back once, exactly: %s', async (_, mishap) => {
      const { bench } = now()
      const name = 'checkout'
      const { spec } = await bench.deploy('Deployment', name)
      const unit = bench.unit('Deployment', name)
      const id = 'checkout/staging/eu-1/app'
      /** A process and the one after it share nothing but what was recorded. */
      const maker = async () => {
        const connection = await bench.connect([unit])
        const ref = { service: name, environment: 'staging', region: 'eu-1', target: 'app' }
        const region = { name: 'eu-1', targets: [{ id, ref, connection: 'eu', unit: { ...unit } }] }
        const config = { service: () => ({ environments: [{ name: 'staging', regions: [region] }] }) }
        const target = connection.target(unit)
        const estate: Pick<ReturnType<World['estate']>, 'target' | 'variant'> = {
          target: () => target,
          variant: async (_id, variation, drill, signal) =>
            (await connection.variant?.({ ...unit }, variation, drill, signal)) ?? null,
        }
        const made = releaseFaults({
          config: () => config as unknown as Config,
          desk: new Desk(),
          estate: () => estate as ReturnType<World['estate']>,
        })
        return { made, target }
      }
      const first = await maker()
      await shows(first.target, '1.0.0')
      const prepared = JSON.parse(JSON.stringify(await first.made.prepare(fault, scope, soon()))) as PreparedFault
      /** Of the next write the first one meets it. */
      const spoilOnce = () => {
        let left = 1
        return bench.meddler.spoil((request) =>
          request.method === 'PATCH' && request.query.get('dryRun') === null && left-- > 0 ? mishap : null,
        )
      }
      /** As the engine does: what may pass is asked for again, by another process. */
      const insist = <T>(doing: () => Promise<T | null>): Promise<T> =>
        until('it comes through', () =>
          doing().catch((cause: unknown) => {
            if (cause instanceof Fault && cause.retry !== 'no') return null
            throw cause
          }),
        )
      let end = spoilOnce()
      await insist(async () => (await maker()).made.make(prepared, scope, 'D-7/make', soon()))
      end()
      expect(await bench.writes(name)).toBe(1)
      end = spoilOnce()
      await insist(async () => {
        const { state, left } = await (await maker()).made.clear(prepared, scope, 'D-7/clear', soon())
        if (state === 'failed') throw new Error(JSON.stringify(left))
        return state === 'restored' ? true : null
      })
      end()
      expect((await bench.get('Deployment', name)).spec.template).toEqual(spec.template)
      expect(await bench.writes(name)).toBe(2)
    })
  })
}
