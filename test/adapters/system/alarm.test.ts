import { expect, it } from 'vitest'
import { systemAlarm } from '../../../src/adapters/system/alarm.ts'
import { until } from '../../kit/until.ts'

it('rings by the wall’s clock of a zone, until it is taken down', async () => {
  let rang = 0
  // A sixth field is of seconds: nobody wants to wait a minute for a test.
  const off = systemAlarm('* * * * * *', 'Asia/Shanghai', () => {
    rang += 1
  })
  await until('it rings', () => rang > 0)
  off()
  const before = rang
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  expect(rang).toBe(before)
})

it('takes the days of a scenario as they are written: 7 is Sunday', () => {
  for (const days of ['1,2,3', '6,7'])
    expect(() => systemAlarm(`0 10 * * ${days}`, 'Europe/London', () => undefined)()).not.toThrow()
})
