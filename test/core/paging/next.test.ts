import { describe, expect, it } from 'vitest'
import { quietUntil } from '../../../src/core/paging/raise.ts'
import { pageKey, pagingOf } from '../../../src/core/paging/state.ts'
import { Ringing } from './kit.ts'

describe('who is paged when', () => {
  it('goes from the one on call to the team to the commander, each once', () => {
    const ringing = new Ringing()
    expect(ringing.run('12:00:00')).toEqual(['09:00 tom', '09:05 kai lin', '09:10 ana'])
    expect(ringing.state.exhaustedAt).toBe('2026-03-02T09:15:00Z')
    expect(ringing.wakes).toBeNull()
  })

  it('pages nobody any more once somebody has it', () => {
    const ringing = new Ringing()
    expect(ringing.run('09:04:00')).toEqual(['09:00 tom'])
    ringing.look('09:04:59')
    ringing.acknowledge()
    expect(ringing.run('12:00:00')).toEqual([])
    expect(ringing.state.sent.map(({ calmed }) => calmed)).toEqual(['acknowledged'])
    ringing.append({ type: 'page.ended', v: 1, data: { over: 'closed' } })
    ringing.look('12:00:00')
    expect(ringing.state.sent.map(({ calmed }) => calmed)).toEqual(['resolved'])
  })

  it('waits before the first level where it is told to', () => {
    expect(new Ringing({ delayMs: 60_000 }).run('09:02:00')).toEqual(['09:01 tom'])
  })

  it('pages again so often, and no more', () => {
    const ringing = new Ringing({ repeat: { everyMs: 120_000, times: 2 } })
    expect(ringing.run('12:00:00')).toEqual([
      '09:00 tom',
      '09:02 tom#1',
      '09:04 tom#2',
      '09:05 kai lin',
      '09:07 kai#1 lin#1',
      '09:09 kai#2 lin#2',
      '09:10 ana',
      '09:12 ana#1',
      '09:14 ana#2',
    ])
  })

  it('goes on at once where nobody is on call', () => {
    const ringing = new Ringing()
    ringing.people = { ...ringing.people, 'on-call': [] }
    expect(ringing.run('09:04:00')).toEqual(['09:00 tom kai lin'])
    expect(ringing.state.raised.map(({ empty, why }) => [empty, why])).toEqual([
      ['vacant', 'opened'],
      [null, 'vacant'],
    ])
  })

  it('goes on at once where no pager reaches anybody of a level', () => {
    const ringing = new Ringing()
    ringing.lost = ['tom']
    expect(ringing.run('09:04:00')).toEqual(['09:00 kai lin'])
    expect(ringing.state.raised.at(-1)?.why).toBe('unreachable')
  })

  it('waits for the others of a level where one cannot be reached', () => {
    const ringing = new Ringing()
    ringing.lost = ['kai']
    expect(ringing.run('12:00:00')).toEqual(['09:00 tom', '09:05 lin', '09:10 ana'])
  })

  it('pages nobody who is awake, and gives her the same time', () => {
    const ringing = new Ringing()
    ringing.awake = ['tom']
    expect(ringing.run('12:00:00')).toEqual(['09:05 kai lin', '09:10 ana'])
  })

  it('asks anew who it is when a level has its turn', () => {
    const ringing = new Ringing()
    ringing.look('09:00:00')
    ringing.people = { ...ringing.people, owners: ['mei'] }
    expect(ringing.run('09:06:00')).toEqual(['09:05 mei'])
  })

  it('tells a broken glass once', () => {
    const ringing = new Ringing({ levels: [{ page: ['owners'], waitMs: 0 }] }, '09:00:00', 'glass')
    expect(ringing.run('12:00:00')).toEqual(['09:00 tom kai lin'])
    expect(ringing.state.exhaustedAt).toBeNull()
  })

  it('makes up for nothing that was missed: only the newest is sent', () => {
    const ringing = new Ringing({ repeat: { everyMs: 60_000, times: 30 } })
    ringing.down = true
    expect(ringing.run('09:08:30')).toEqual([])
    ringing.down = false
    expect(ringing.look('09:08:30')).toEqual(['tom#8', 'kai#3', 'lin#3'])
    expect(ringing.look('09:08:30')).toEqual([])
  })

  it('loses nothing over a long absence, and pages the level whose turn it is', () => {
    const ringing = new Ringing()
    expect(ringing.look('09:00:00')).toEqual(['tom'])
    expect(ringing.look('11:00:00')).toEqual(['kai', 'lin'])
    expect(ringing.run('11:06:00')).toEqual(['11:05 ana'])
  })

  it('wakes people anew when it is opened anew', () => {
    const ringing = new Ringing()
    ringing.look('09:00:00')
    const before = ringing.state.sent[0]?.key
    const [opened] = ringing.events
    if (opened?.event.type !== 'page.opened') throw new Error('nothing was opened')
    ringing.append({ type: 'page.ended', v: 1, data: { over: 'approved' } })
    ringing.append(opened.event)
    // Nobody told the pager yet that the first one is over: it is not forgotten.
    expect(ringing.state.former.map(({ key }) => key)).toEqual([before])
    expect(ringing.look('09:30:00')).toEqual(['tom'])
    expect(ringing.state.sent[0]?.key).not.toBe(before)
    expect(ringing.state.former.map(({ calmed }) => calmed)).toEqual(['resolved'])
    expect(ringing.state.sent.map(({ calmed }) => calmed)).toEqual([null])
  })
})

describe('the night', () => {
  const quiet = { from: '22:00', to: '07:00', instead: 'morning' } as const

  it('waits for the morning of whoever sleeps', () => {
    const ringing = new Ringing({ quiet })
    // 17:00 in Shanghai, 04:00 in New York.
    ringing.people = { 'on-call': ['lin', 'mei'], owners: [], commander: ['ana'] }
    ringing.zones = { lin: 'America/New_York', mei: 'Asia/Shanghai' }
    expect(ringing.look('09:00:00')).toEqual(['mei'])
    expect(ringing.state.raised[0]?.deferred).toEqual({ lin: '2026-03-02T12:00:00Z' })
  })

  it('lets the time run from the morning where all of them sleep', () => {
    const ringing = new Ringing({ quiet }, '02:00:00')
    ringing.zones = { tom: 'Europe/London' }
    expect(ringing.run('07:06:00')).toEqual(['07:00 tom', '07:05 kai lin'])
  })

  it('is not disturbed by a repeat', () => {
    const ringing = new Ringing(
      { quiet, repeat: { everyMs: 60_000, times: 5 }, levels: [{ page: ['on-call'], waitMs: 3_600_000 }] },
      '21:57:30',
    )
    expect(ringing.run('22:59:00')).toEqual(['21:57 tom', '21:58 tom#1', '21:59 tom#2'])
    ringing.zones = { tom: 'Europe/London' }
    expect(ringing.state.raised[0]?.sleepsAt).toEqual({ tom: '2026-03-02T22:00:00Z' })
  })

  it('tries the next level where it is told to, and waits with the last one', () => {
    const ringing = new Ringing({ quiet: { ...quiet, instead: 'next' } }, '02:00:00')
    ringing.zones = { kai: 'Asia/Shanghai' }
    expect(ringing.run('02:04:00')).toEqual(['02:00 kai'])
    const asleep = new Ringing({ quiet: { ...quiet, instead: 'next' } }, '02:00:00')
    expect(asleep.run('07:04:00')).toEqual(['07:00 ana'])
    expect(asleep.state.raised.map(({ empty }) => empty)).toEqual(['asleep', 'asleep', null])
  })

  const cases: readonly (readonly [zone: string, now: string, until: string | null])[] = [
    ['UTC', '2026-03-02T21:59:59Z', null],
    ['UTC', '2026-03-02T22:00:00Z', '2026-03-03T07:00:00Z'],
    ['UTC', '2026-03-03T06:59:59Z', '2026-03-03T07:00:00Z'],
    ['UTC', '2026-03-03T07:00:00Z', null],
    ['Asia/Kolkata', '2026-03-02T16:30:00Z', '2026-03-03T01:30:00Z'],
    // The night in which New York loses an hour, and the one in which it gains one.
    ['America/New_York', '2026-03-08T04:00:00Z', '2026-03-08T11:00:00Z'],
    ['America/New_York', '2026-11-01T03:00:00Z', '2026-11-01T12:00:00Z'],
  ]
  for (const [zone, now, until] of cases)
    it(`ends in ${zone} for ${now} at ${until ?? 'once: it is none'}`, () =>
      expect(quietUntil(quiet, zone, now)).toBe(until))

  it('may be in the day, and may end in an hour that there is not', () => {
    const day = { from: '09:00', to: '17:00', instead: 'morning' } as const
    expect(quietUntil(day, 'UTC', '2026-03-02T08:00:00Z')).toBeNull()
    expect(quietUntil(day, 'UTC', '2026-03-02T09:00:00Z')).toBe('2026-03-02T17:00:00Z')
    const skipped = { from: '22:00', to: '02:30', instead: 'morning' } as const
    expect(quietUntil(skipped, 'America/Chicago', '2026-03-08T07:00:00Z')).toBe('2026-03-08T08:30:00Z')
  })
})

describe('the key of a page', () => {
  it('leads back to its paging, and only in its own ledger', () => {
    const key = pageKey('3f2a91bc', { id: 'R-42', opening: 3 }, { level: 1, round: 2, person: 'tom' })
    expect(key).toBe('3f2a91bc/page/R-42/3/1/2/tom')
    expect(pagingOf('3f2a91bc', key)).toBe('R-42')
    expect(pagingOf('ffffffff', key)).toBeNull()
    for (const other of ['', 'd3640fbd', '3f2a91bc/page', '3f2a91bc/page/R-42', '3f2a91bc/card/R-42/3/1/2/tom'])
      expect(pagingOf('3f2a91bc', other)).toBeNull()
  })
})
