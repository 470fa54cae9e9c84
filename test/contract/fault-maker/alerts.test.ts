import { afterEach, expect, it } from 'vitest'
import { faultMaker } from '../../../src/app/fault-maker.ts'
import type { DrillFault, DrillScope } from '../../../src/core/drill/fault.ts'
import { stories } from '../../kit/story.ts'

const { open, close } = stories()
afterEach(close)

const scope: DrillScope = {
  drill: 'D-3',
  environment: 'production',
  services: ['checkout-svc'],
  regions: ['eu-1', 'us-1'],
}
const fault: DrillFault = {
  kind: 'alerts',
  service: 'checkout-svc',
  alerts: [
    { name: 'HighErrorRate', summary: '5xx over 5 %', region: null },
    { name: 'SlowCheckout', summary: '', region: 'us-1' },
  ],
}
const soon = () => AbortSignal.timeout(10_000)

it('tells its alerts once, where the scenario says, and their end once; nothing is touched', async () => {
  const on = await open()
  const maker = () => faultMaker(on.bot.world)
  const prepared = JSON.parse(JSON.stringify(await maker().prepare(fault, scope, soon())))
  expect(await on.eventsOf('alert.received')).toEqual([])
  // Nothing was told yet: there is no end to tell.
  expect(await maker().clear(prepared, scope, 'D-3/early', soon())).toEqual({ state: 'restored', left: [] })
  expect(await on.eventsOf('alert.received')).toEqual([])

  const made = await maker().make(prepared, scope, 'D-3/fault', soon())
  await on.restart()
  expect(await maker().make(prepared, scope, 'D-3/fault', soon())).toEqual(made)
  for (let count = 0; count < 2; count++)
    expect(await maker().clear(prepared, scope, 'D-3/clear', soon())).toEqual({ state: 'restored', left: [] })
  const told = (await on.eventsOf('alert.received')).map(({ data }) => data)
  expect(
    told.map(({ source, alerts }) => [source, alerts.map(({ name, status, labels }) => [name, status, labels.region])]),
  ).toEqual([
    [
      'drill',
      [
        ['HighErrorRate', 'firing', 'eu-1'],
        ['HighErrorRate', 'firing', 'us-1'],
        ['SlowCheckout', 'firing', 'us-1'],
      ],
    ],
    [
      'drill',
      [
        ['HighErrorRate', 'resolved', 'eu-1'],
        ['HighErrorRate', 'resolved', 'us-1'],
        ['SlowCheckout', 'resolved', 'us-1'],
      ],
    ],
  ])
  expect(told[0]?.alerts.every(({ labels }) => labels.drill === 'D-3' && labels.service === 'checkout-svc')).toBe(true)
  expect(on.writes('eu-1') + on.writes('us-1')).toBe(0)
})
