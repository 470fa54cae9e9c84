import { expect, it } from 'vitest'
import { gaps } from '../../../src/core/oncall/gaps.ts'
import { at, layer, roster, window } from './kit.ts'

const between = (of: ReturnType<typeof roster>, from: string, to: string) =>
  gaps(of, at(from), at(to)).map((gap) => `${gap.from}..${gap.to}`)

it('are what the clocks of two continents leave between them, and what shadows do not fill', () => {
  const region = (timeZone: string, text: string) =>
    layer('A', { timeZone, start: '2024-01-01T00:00', windows: [window(text)] })
  const of = roster(
    region('Asia/Shanghai', '09:00-17:00'),
    region('Europe/Lisbon', '09:00-17:00'),
    region('America/New_York', '12:00-20:00'),
    { ...layer('S', { start: '2024-01-01T00:00' }), shadow: true },
  )
  expect(between(of, '2024-03-09T00:00Z', '2024-03-12T00:00Z')).toEqual(['2024-03-11T00:00:00Z..2024-03-11T01:00:00Z'])
})

it('begin and end with what is asked for', () => {
  const of = roster(layer('A', { start: '2024-01-02T00:00', end: '2024-01-03T00:00' }))
  expect(between(of, '2024-01-01T00:00Z', '2024-01-04T00:00Z')).toEqual([
    '2024-01-01T00:00:00Z..2024-01-02T00:00:00Z',
    '2024-01-03T00:00:00Z..2024-01-04T00:00:00Z',
  ])
  expect(between(of, '2024-01-02T00:00Z', '2024-01-03T00:00Z')).toEqual([])
})
