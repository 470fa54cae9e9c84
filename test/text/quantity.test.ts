import { expect, it } from 'vitest'
import { quantity } from '../../src/text/format.ts'
import { plain, say, wording } from '../../src/text/say.ts'

it.each([
  [0.124, 'percent', '12.4 %', '12.4%'],
  [0, 'percent', '0 %', '0%'],
  [0.0001, 'percent', '<0.1 %', '<0.1%'],
  [0.0006, 'percent', '0.1 %', '0.1%'],
  [1, 'percent', '100 %', '100%'],
  [0.0324, 'seconds', '32 ms', '32 毫秒'],
  [2.46, 'seconds', '2.5 s', '2.5 秒'],
  [0.9999, 'seconds', '1 s', '1 秒'],
  [1204.4, 'count', '1,204', '1,204'],
  [2.7189, 'count', '2.72', '2.72'],
] as const)('%d %s reads %s', (value, unit, en, zh) => {
  expect([quantity('en', value, unit), quantity('zh-CN', value, unit)]).toEqual([en, zh])
})

it('stands in texts, also in words within words', () => {
  const inner = wording('metric.change', {
    before: { quantity: 0.4, unit: 'percent' },
    now: { quantity: 0, unit: 'percent' },
  })
  expect(plain(say('en', 'metric.now', { now: inner }))).toBe('40 % → 0 %')
  expect(plain(say('zh-CN', 'metric.region', { region: 'eu-1', change: inner }))).toBe('eu-1 40% → 0%')
})
