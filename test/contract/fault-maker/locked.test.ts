import { afterEach, expect, it } from 'vitest'
import { faultMaker } from '../../../src/app/fault-maker.ts'
import type { DrillFault, DrillScope } from '../../../src/core/drill/fault.ts'
import { Fault } from '../../../src/core/fault.ts'
import { stories, untilAsync } from '../../kit/story.ts'

const { open, close } = stories()
afterEach(close)

const scope: DrillScope = {
  drill: 'D-7',
  environment: 'production',
  services: ['checkout-svc'],
  regions: ['eu-1', 'us-1'],
}
const fault: DrillFault = {
  kind: 'crashing',
  service: 'checkout-svc',
  target: null,
  release: { container: null, image: 'shop.test/checkout-svc:v9.9.9', command: null, args: null, env: {} },
}
const soon = () => AbortSignal.timeout(15_000)

it('never works against a rollback: nothing is made or put back while one holds the lock', async () => {
  const on = await open({ incident: 'thread' })
  const maker = faultMaker(on.bot.world)
  const template = () =>
    (on.clusters['eu-1'].get('deployments', 'shop', 'checkout-svc') as unknown as { spec: { template: object } }).spec
  const before = structuredClone(template())
  const prepared = await untilAsync('the targets are seen', () =>
    maker.prepare(fault, scope, soon()).catch((cause: unknown) => {
      if (cause instanceof Fault && cause.retry === 'yes') return undefined
      throw cause
    }),
  )
  const first = await on.propose('mei')
  await expect(maker.make(prepared, scope, 'k', soon())).rejects.toMatchObject({ code: 'fault.locked', retry: 'no' })
  await expect(maker.prepare(fault, scope, soon())).rejects.toMatchObject({ code: 'fault.locked' })
  expect(on.writes('eu-1')).toBe(0)
  await on.press('tom', await on.cardSays(first, first), 'rollback.reject')
  await on.submit('tom', { reason: 'not now' })
  expect(await on.ended(first)).toBe('rejected')

  await maker.make(prepared, scope, 'k', soon())
  const id = await on.propose('mei', { line: '/rollback checkout-svc to v1.7.2' })
  expect(await maker.clear(prepared, scope, 'c', soon())).toEqual({ state: 'moving', left: [] })
  expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v9.9.9')
  await on.approve(id)
  expect(await on.ended(id)).toBe('restored')
  expect(on.image('eu-1')).toBe('shop.test/checkout-svc:v1.7.2')
  await untilAsync('it is put back', async () => {
    const { state, left } = await maker.clear(prepared, scope, 'c', soon())
    if (state === 'failed') throw new Error(JSON.stringify(left))
    return state === 'restored' ? true : undefined
  })
  expect(template()).toEqual(before)
})
