import { describe, expect, it } from 'vitest'
import { type Freeze, freezesAt } from '../../../src/core/freeze/freeze.ts'
import { type FreezeRule, windowsFrom } from '../../../src/core/freeze/rule.ts'

const at = (instant: string) => Temporal.Instant.from(instant)
const windows = (rule: FreezeRule, instant: string) =>
  windowsFrom(rule, at(instant)).map(({ from, to }) => [from.toString(), to.toString()])

describe('windows of the configuration', () => {
  const weekend: FreezeRule = {
    timeZone: 'Asia/Shanghai',
    every: 'week',
    from: { weekday: 5, time: '17:00' },
    to: { weekday: 1, time: '08:00' },
  }

  it('a week: the one that stands and the next one, on every day of the week', () => {
    const first = ['2026-11-27T09:00:00Z', '2026-11-30T00:00:00Z']
    const second = ['2026-12-04T09:00:00Z', '2026-12-07T00:00:00Z']
    for (const instant of [
      '2026-11-23T08:00:00Z',
      '2026-11-27T09:00:00Z',
      '2026-11-28T12:00:00Z',
      '2026-11-29T23:59:59Z',
    ])
      expect(windows(weekend, instant)).toEqual([first, second])
    expect(windows(weekend, '2026-11-30T00:00:00Z')[0]).toEqual(second)
  })

  it('a night, over the change of the clock', () => {
    const night: FreezeRule = {
      timeZone: 'Europe/Berlin',
      every: 'day',
      from: { time: '22:00' },
      to: { time: '06:00' },
    }
    expect(windows(night, '2026-10-24T23:00:00Z')).toEqual([
      ['2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z'],
      ['2026-10-25T21:00:00Z', '2026-10-26T05:00:00Z'],
    ])
  })

  it('the end of a month, whatever its length', () => {
    const closing: FreezeRule = {
      timeZone: 'UTC',
      every: 'month',
      from: { day: 31, time: '00:00' },
      to: { day: 2, time: '00:00' },
    }
    expect(windows(closing, '2027-02-15T00:00:00Z')).toEqual([
      ['2027-02-28T00:00:00Z', '2027-03-02T00:00:00Z'],
      ['2027-03-31T00:00:00Z', '2027-04-02T00:00:00Z'],
    ])
    expect(windows(closing, '2027-03-01T12:00:00Z')[0]).toEqual(['2027-02-28T00:00:00Z', '2027-03-02T00:00:00Z'])
  })

  it('over New Year, seen from both years', () => {
    const holidays: FreezeRule = {
      timeZone: 'UTC',
      every: 'year',
      from: { month: 12, day: 24, time: '00:00' },
      to: { month: 1, day: 2, time: '00:00' },
    }
    const first = ['2026-12-24T00:00:00Z', '2027-01-02T00:00:00Z']
    for (const instant of ['2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z', '2027-01-01T23:00:00Z'])
      expect(windows(holidays, instant)[0]).toEqual(first)
    expect(windows(holidays, '2027-01-02T00:00:00Z')[0]?.[0]).toBe('2027-12-24T00:00:00Z')
  })

  it('once, and then no more', () => {
    const once: FreezeRule = {
      timeZone: 'UTC',
      every: 'once',
      from: { year: 2026, month: 11, day: 10, time: '20:00' },
      to: { year: 2026, month: 11, day: 12, time: '08:00' },
    }
    expect(windows(once, '2026-11-12T07:59:59Z')).toEqual([['2026-11-10T20:00:00Z', '2026-11-12T08:00:00Z']])
    expect(windows(once, '2026-11-12T08:00:00Z')).toEqual([])
  })
})

describe('where a freeze stands', () => {
  const freeze = (scope: Partial<Freeze['scope']>, id = 'F-1', to = '2026-11-24T00:00:00Z'): Freeze => ({
    id,
    scope: { services: [], environments: [], regions: [], ...scope },
    from: '2026-11-23T00:00:00Z',
    to,
    reason: 'x',
    person: null,
  })
  const stands = (
    one: Freeze,
    where: { service?: string; environment?: string; regions?: string[] },
    instant: string,
  ) => freezesAt([one], { service: 'a', regions: [], ...where }, at(instant)).length === 1

  it('from its first instant to before its last', () => {
    const one = freeze({})
    expect(stands(one, {}, '2026-11-22T23:59:59.999Z')).toBe(false)
    expect(stands(one, {}, '2026-11-23T00:00:00Z')).toBe(true)
    expect(stands(one, {}, '2026-11-23T23:59:59.999Z')).toBe(true)
    expect(stands(one, {}, '2026-11-24T00:00:00Z')).toBe(false)
  })

  it.each<[Partial<Freeze['scope']>, { service?: string; environment?: string; regions?: string[] }, boolean]>([
    [{}, {}, true],
    [{ services: ['a'] }, {}, true],
    [{ services: ['b'] }, {}, false],
    [{ regions: ['eu-1'] }, { regions: ['eu-1', 'us-1'] }, true],
    [{ regions: ['eu-1'] }, { regions: ['us-1'] }, false],
    [{ regions: ['eu-1'] }, {}, true],
    [{ environments: ['production'] }, { environment: 'staging' }, false],
    [{ environments: ['production'] }, { environment: 'production' }, true],
    [{ services: ['a'], regions: ['eu-1'] }, { service: 'b', regions: ['eu-1'] }, false],
  ])('%j covers %j: %s', (scope, where, covered) => {
    expect(stands(freeze(scope), where, '2026-11-23T12:00:00Z')).toBe(covered)
  })

  it('tells the one that ends last first', () => {
    const all = [freeze({}, 'F-1'), freeze({}, 'F-2', '2026-11-25T00:00:00Z')]
    const found = freezesAt(all, { service: 'a', regions: [] }, at('2026-11-23T12:00:00Z'))
    expect(found.map(({ id }) => id)).toEqual(['F-2', 'F-1'])
  })
})
