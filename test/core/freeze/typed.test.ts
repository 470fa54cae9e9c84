import { describe, expect, it } from 'vitest'
import { typedFreeze } from '../../../src/core/freeze/typed.ts'

/** A Monday, 16:00 in Shanghai, 08:00 in UTC, 09:00 in Berlin. */
const now = Temporal.Instant.from('2026-11-23T08:00:00Z')
const read = (text: string, timeZone = 'Asia/Shanghai', at = now) => {
  const typed = typedFreeze(text, { now: at, timeZone })
  return 'refused' in typed ? typed : { ...typed, from: typed.from.toString(), to: typed.to.toString() }
}
const window = (text: string, timeZone?: string, at?: Temporal.Instant) => {
  const typed = read(text, timeZone, at)
  if ('refused' in typed) throw new Error(JSON.stringify(typed))
  return [typed.from, typed.to]
}

describe('what is typed after /freeze', () => {
  it.each([
    ['from now to 18:00', '2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z'],
    ['to 18:00', '2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z'],
    ['from now until 06:00', '2026-11-23T08:00:00Z', '2026-11-23T22:00:00Z'],
    ['from 22:00 to 06:00', '2026-11-23T14:00:00Z', '2026-11-23T22:00:00Z'],
    ['from 15:00 to 17:00', '2026-11-23T07:00:00Z', '2026-11-23T09:00:00Z'],
    ['for 2h', '2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z'],
    ['from tomorrow 09:00 for 1h30m', '2026-11-24T01:00:00Z', '2026-11-24T02:30:00Z'],
    ['from 2026-12-24 to 2026-12-26', '2026-12-23T16:00:00Z', '2026-12-26T16:00:00Z'],
    ['from 2026-12-24 18:00 to 2026-12-27 09:00', '2026-12-24T10:00:00Z', '2026-12-27T01:00:00Z'],
    ['from 2026-12-24T18:00 to 2026-12-27T09:00', '2026-12-24T10:00:00Z', '2026-12-27T01:00:00Z'],
    ['from 12-24 to 01-02', '2026-12-23T16:00:00Z', '2027-01-02T16:00:00Z'],
    ['from fri 17:00 to mon 08:00', '2026-11-27T09:00:00Z', '2026-11-30T00:00:00Z'],
    ['from Friday 5pm to Monday 8am', '2026-11-27T09:00:00Z', '2026-11-30T00:00:00Z'],
    ['from mon 09:00 to mon 18:00', '2026-11-23T01:00:00Z', '2026-11-23T10:00:00Z'],
    ['from 18:00 UTC to 20:00 UTC', '2026-11-23T18:00:00Z', '2026-11-23T20:00:00Z'],
    ['from 18:00 to 20:00 Europe/Berlin', '2026-11-23T17:00:00Z', '2026-11-23T19:00:00Z'],
    ['from 18:00+05:30 to 20:00+05:30', '2026-11-23T12:30:00Z', '2026-11-23T14:30:00Z'],
    ['from 2026-11-24T00:00Z to 2026-11-24T06:00:00+08:00', '2026-11-24T00:00:00Z', ''],
    ['from today 20:00 to 24:00', '2026-11-23T12:00:00Z', '2026-11-23T16:00:00Z'],
    ['从现在到18:00', '2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z'],
    ['从 明天 9点 到 明天 18点30分', '2026-11-24T01:00:00Z', '2026-11-24T10:30:00Z'],
    ['从12月24日18:00到12月27日', '2026-12-24T10:00:00Z', '2026-12-27T16:00:00Z'],
    ['从周五17:00到周一8点半', '2026-11-27T09:00:00Z', '2026-11-30T00:30:00Z'],
    ['持续 2 小时', '2026-11-23T08:00:00Z', '2026-11-23T10:00:00Z'],
    ['持续30分钟', '2026-11-23T08:00:00Z', '2026-11-23T08:30:00Z'],
  ])('%s', (times, from, to) => {
    if (to === '') return expect(read(`all ${times} reason x`)).toMatchObject({ refused: 'freeze-backwards' })
    return expect(window(`all ${times} reason x`)).toEqual([from, to])
  })

  it('takes names, a place and a reason', () => {
    expect(read('checkout-svc, payment-svc in production/eu-1 for 2h reason: stock taking from 3 to 5')).toEqual({
      names: ['checkout-svc', 'payment-svc'],
      place: 'production/eu-1',
      from: '2026-11-23T08:00:00Z',
      to: '2026-11-23T10:00:00Z',
      reason: 'stock taking from 3 to 5',
    })
    expect(read('checkout-svc 从现在到20:00 原因：双十一大促')).toMatchObject({
      names: ['checkout-svc'],
      reason: '双十一大促',
    })
    expect(read('全部 从现在到20:00 原因 大促')).toMatchObject({ names: ['all'] })
  })

  it.each([
    ['checkout-svc', { refused: 'usage' }],
    ['from now to 18:00 reason x', { refused: 'usage' }],
    ['all from now reason x', { refused: 'usage' }],
    ['all to 18:00 for 2h reason x', { refused: 'usage' }],
    ['all from now from 18:00 to 19:00 reason x', { refused: 'usage' }],
    ['all to 18:00', { refused: 'no-reason' }],
    ['all to 18:00 reason', { refused: 'no-reason' }],
    ['all to 25:00 reason x', { refused: 'freeze-when', word: '25:00' }],
    ['all to 2026-02-30 reason x', { refused: 'freeze-when', word: '2026-02-30' }],
    ['all to the day after reason x', { refused: 'freeze-zone', word: 'the' }],
    ['all to 18:00 CST reason x', { refused: 'freeze-zone', word: 'CST' }],
    ['all to 18:00 Europe/Nowhere reason x', { refused: 'freeze-zone', word: 'Europe/Nowhere' }],
    ['all for ever reason x', { refused: 'freeze-when', word: 'ever' }],
    ['all for 0h reason x', { refused: 'freeze-when', word: '0h' }],
    ['all from 2026-12-27 to 2026-12-24 reason x', { refused: 'freeze-backwards' }],
    ['all from 2026-11-20 to 2026-11-21 reason x', { refused: 'freeze-over', to: '2026-11-21T16:00:00Z' }],
    ['all to 2062-11-24 reason x', { refused: 'freeze-too-long' }],
    ['all to now reason x', { refused: 'freeze-backwards' }],
  ])('%s is told what is wrong', (text, no) => {
    expect(read(text)).toMatchObject(no)
  })

  it('gives an example that works, in the zone of whoever asks', () => {
    const no = read('all to soon5 reason x')
    if (!('refused' in no) || no.refused !== 'freeze-when') throw new Error('not refused')
    expect(window(`all ${no.example} reason x`)).toEqual(['2026-11-24T10:00:00Z', '2026-11-25T01:00:00Z'])
  })
})

describe('at a change of the clock a window runs from its first start to its last end', () => {
  it.each<[string, string, string, string, string]>([
    // 02:00–03:00 twice, on 25 October 2026.
    [
      'Europe/Berlin',
      '2026-10-20',
      'from 2026-10-25 02:30 to 2026-10-25 02:45',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:45:00Z',
    ],
    // 02:00–03:00 does not exist on 29 March 2026.
    [
      'Europe/Berlin',
      '2026-03-20',
      'from 2026-03-29 02:30 to 2026-03-29 04:00',
      '2026-03-29T01:00:00Z',
      '2026-03-29T02:00:00Z',
    ],
    // Half an hour, 01:30–02:00 twice.
    [
      'Australia/Lord_Howe',
      '2026-04-01',
      'from 2026-04-05 01:40 to 2026-04-05 01:50',
      '2026-04-04T14:40:00Z',
      '2026-04-04T15:20:00Z',
    ],
    // Midnight itself is skipped.
    ['Africa/Cairo', '2026-04-20', 'from 2026-04-24 to 2026-04-24', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    ['Asia/Kathmandu', '2026-04-20', 'from 2026-04-24 to 2026-04-24', '2026-04-23T18:15:00Z', '2026-04-24T18:15:00Z'],
    // A day that this zone never had.
    [
      'Pacific/Apia',
      '2011-12-28',
      'from 2011-12-30 08:00 to 2011-12-31 08:00',
      '2011-12-30T10:00:00Z',
      '2011-12-30T18:00:00Z',
    ],
  ])('%s from %s: %s', (zone, day, text, from, to) => {
    expect(window(`all ${text} reason x`, zone, Temporal.Instant.from(`${day}T00:00:00Z`))).toEqual([from, to])
  })
})
