import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultMaker } from '../../../src/app/fault-maker.ts'
import type { DrillFault, DrillScope, PreparedFault } from '../../../src/core/drill/fault.ts'
import { Fault } from '../../../src/core/fault.ts'
import { type Stage, stage } from '../../kit/stage.ts'
import { untilAsync } from '../../kit/story.ts'

const regions = ['eu-1', 'us-1'] as const
type Region = (typeof regions)[number]
const scope: DrillScope = { drill: 'D-7', environment: 'production', services: ['checkout-svc'], regions }
const failing: DrillFault = {
  kind: 'failing',
  service: 'checkout-svc',
  target: null,
  release: { container: null, image: 'shop.test/checkout-svc:v9.9.9', command: null, args: null, env: {} },
}
const soon = () => AbortSignal.timeout(15_000)

describe('faults that are releases', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.close())

  const maker = () => faultMaker(on.bot.world)
  /** As the ledger gives it back. */
  const kept = (prepared: PreparedFault): PreparedFault => JSON.parse(JSON.stringify(prepared))
  const prepare = async () =>
    kept(
      await untilAsync('the targets are seen', () =>
        maker()
          .prepare(failing, scope, soon())
          .catch((cause: unknown) => {
            if (cause instanceof Fault && cause.retry === 'yes') return undefined
            throw cause
          }),
      ),
    )
  const template = (region: Region) =>
    (on.clusters[region].get('deployments', 'shop', 'checkout-svc') as unknown as { spec: { template: object } }).spec
      .template
  const templates = () => regions.map(template)
  const writes = () =>
    regions.map(
      (region) =>
        on.clusters[region]
          .requests()
          .filter(({ method, dryRun, code }) => method === 'PATCH' && !dryRun && code === 200).length,
    )
  const cleared = (prepared: PreparedFault, key = 'D-7/clear') =>
    untilAsync('it is cleared', async () => {
      const restored = await maker().clear(prepared, scope, key, soon())
      return restored.state === 'moving' ? undefined : restored
    })
  const faultOf = (doing: Promise<unknown>): Promise<Fault> =>
    doing.then(
      () => expect.unreachable('it should have failed'),
      (cause: unknown) => (cause instanceof Fault ? cause : expect.unreachable(String(cause))),
    )
  const shows = (version: string) =>
    untilAsync(`the bot sees ${version}`, async () => {
      const all = await Promise.all(
        regions.map((region) => on.bot.world.estate().target(`checkout-svc/production/${region}/app`)?.read(soon())),
      )
      return all.every((seen) => seen?.release.version === version) ? true : undefined
    })

  it('prepares without effect, and keeps no value of an environment', async () => {
    const before = templates()
    const prepared = await prepare()
    expect(prepared.places.map(({ region, before, fault }) => [region, before?.version, fault?.version])).toEqual([
      ['eu-1', 'v1.7.3', 'v9.9.9'],
      ['us-1', 'v1.7.3', 'v9.9.9'],
    ])
    expect(templates()).toEqual(before)
    expect(JSON.stringify(prepared)).not.toContain('seeded-secret')
  })

  it('makes it once for one key, also at once and after a restart, and puts back exactly what stood', async () => {
    const before = templates()
    const prepared = await prepare()
    const [made] = await Promise.all([
      maker().make(prepared, scope, 'D-7/fault', soon()),
      maker().make(prepared, scope, 'D-7/fault', soon()),
    ])
    expect(writes()).toEqual([1, 1])
    expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v9.9.9')
    await on.restart()
    const again = await untilAsync('it is connected again', () =>
      maker()
        .make(prepared, scope, 'D-7/fault', soon())
        .catch((cause: unknown) => {
          if (cause instanceof Fault && cause.retry === 'yes') return undefined
          throw cause
        }),
    )
    expect(writes()).toEqual([1, 1])
    // Since when it is there does not begin anew.
    expect(Math.abs(Date.parse(again.at) - Date.parse(made.at))).toBeLessThan(1_500)
    expect(await cleared(prepared)).toEqual({ state: 'restored', left: [] })
    expect(templates()).toEqual(before)
    expect(await cleared(prepared)).toEqual({ state: 'restored', left: [] })
    expect(writes()).toEqual([2, 2])
  })

  it('is not made a second time where somebody set it back before anybody knew', async () => {
    const prepared = await prepare()
    await maker().make(prepared, scope, 'D-7/fault', soon())
    await on.ship('v1.7.3')
    await on.restart()
    await shows('v1.7.3')
    await maker().make(prepared, scope, 'D-7/fault', soon())
    expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v1.7.3')
  })

  it('clears what was never made, and half of what was', async () => {
    const before = templates()
    const prepared = await prepare()
    expect(await cleared(prepared)).toEqual({ state: 'restored', left: [] })
    expect(writes()).toEqual([0, 0])
    const half = { ...prepared, places: prepared.places.slice(1) }
    await maker().make(half, scope, 'D-7/fault', soon())
    expect(await cleared(prepared, 'D-7/clear-2')).toEqual({ state: 'restored', left: [] })
    expect(templates()).toEqual(before)
    expect(writes()).toEqual([0, 2])
  })

  it('puts back what stood where somebody went to an older release, and leaves alone what somebody shipped', async () => {
    const prepared = await prepare()
    await maker().make(prepared, scope, 'D-7/fault', soon())
    await on.ship('v1.7.2', ['eu-1'])
    await on.ship('v2.0.0', ['us-1'])
    const { state, left } = await cleared(prepared)
    expect(state).toBe('failed')
    expect(left.map(({ code, place }) => [code, place.region])).toEqual([['fault.overtaken', 'us-1']])
    expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v1.7.3')
    expect(on.image('us-1')).toBe('shop.test/checkout-svc:v2.0.0')
  })

  it('tells what was shipped on top of it: parts of the bad release are still there', async () => {
    const prepared = await prepare()
    await maker().make(prepared, scope, 'D-7/fault', soon())
    on.clusters['eu-1'].edit('deployments', 'shop', 'checkout-svc', (object) => {
      const { containers } = (object.spec as unknown as { template: { spec: { containers: { image: string }[] } } })
        .template.spec
      for (const container of containers) container.image = 'shop.test/checkout-svc:v2.0.1'
    })
    const { left } = await cleared(prepared)
    expect(left.map(({ code }) => code)).toEqual(['fault.mixed'])
    expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v2.0.1')
  })

  it.each([
    ['another service', { ...scope, services: ['payment-svc'] }],
    ['another environment', { ...scope, environment: 'staging' }],
    ['one region less', { ...scope, regions: ['eu-1'] }],
  ])('refuses what is outside of its scope, whatever was written down: %s', async (_, narrow) => {
    const prepared = await prepare()
    for (const doing of [maker().make(prepared, narrow, 'k', soon()), maker().clear(prepared, narrow, 'k', soon())])
      expect(await faultOf(doing)).toMatchObject({ code: 'drill.outside-scope', retry: 'no' })
    const places = prepared.places.map((place) => ({ ...place, target: 'payment-svc/production/eu-1/app' }))
    expect((await faultOf(maker().make({ ...prepared, places }, scope, 'k', soon()))).code).toBe('drill.outside-scope')
    expect(writes()).toEqual([0, 0])
  })

  it('is not made where something else stands by now, and not where nothing is well', async () => {
    const prepared = await prepare()
    await on.ship('v1.7.4')
    await shows('v1.7.4')
    expect(await faultOf(maker().make(prepared, scope, 'k', soon()))).toMatchObject({
      code: 'target.moved',
      retry: 'no',
    })
    await on.ship('bad-1.8.0')
    await shows('bad-1.8.0')
    expect(await faultOf(maker().prepare(failing, scope, soon()))).toMatchObject({
      code: 'fault.not-well',
      retry: 'no',
    })
    expect(writes()).toEqual([0, 0])
  })
})
