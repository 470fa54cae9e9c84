import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { occurrences, ruleOf } from '../../../../src/adapters/oncall-source/ical/recurrence.ts'

const start = Temporal.PlainDateTime.from('2026-01-05T10:00:00')
const until = Temporal.PlainDateTime.from('2027-06-01T00:00:00')

/** How much is tried at most. */
const all = 100_000

const jcal = (rule: string) => ICAL.parse.property(`RRULE:${rule}`, ICAL.design.icalendar)[3]

function ours(rule: string, from = start, to = until, begin = start): readonly string[] | null {
  const found = occurrences(ruleOf.parse(jcal(rule)), begin, from, to, { steps: all })
  return (
    found
      ?.filter((one) => Temporal.PlainDateTime.compare(one, from) >= 0 && Temporal.PlainDateTime.compare(one, to) <= 0)
      .map(String) ?? null
  )
}

/** The same by the library. */
function theirs(rule: string, begin = start): readonly string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(
    ICAL.Time.fromDateTimeString(begin.toString({ smallestUnit: 'second' })),
  )
  const found: string[] = []
  for (
    let one = iterator.next();
    one && one.toString() <= until.toString({ smallestUnit: 'second' });
    one = iterator.next()
  )
    found.push(one.toString())
  return found
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1, maxLength: 3 })
const part = (name: string, values: fc.Arbitrary<readonly (string | number)[]>) =>
  fc.option(
    values.map((all) => `;${name}=${all.join(',')}`),
    { nil: '' },
  )
const common = (most: number) =>
  fc.tuple(
    fc.integer({ min: 1, max: most }).map((every) => `;INTERVAL=${every}`),
    fc.option(
      fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
      { nil: '' },
    ),
  )

const rules = fc.oneof(
  fc.tuple(fc.constant('FREQ=DAILY'), common(9), part('BYDAY', some(weekdays)), part('BYMONTH', some([1, 2, 6, 11]))),
  fc.tuple(
    fc.constant('FREQ=WEEKLY'),
    common(4),
    part('BYDAY', some(weekdays)),
    fc.constantFrom(';WKST=MO', ';WKST=SU'),
  ),
  fc.tuple(fc.constant('FREQ=MONTHLY'), common(3), part('BYMONTHDAY', some([1, 5, 15, 28, -1, -3]))),
  fc.tuple(fc.constant('FREQ=MONTHLY'), common(3), part('BYDAY', some(['1MO', '2TU', '-1FR', '3SU', '-2WE']))),
  fc.tuple(
    fc.constant('FREQ=YEARLY'),
    common(2),
    part('BYMONTH', some([1, 3, 10])),
    part('BYDAY', some(['1MO', '-1SU', '2FR'])),
  ),
  fc.tuple(fc.constant('FREQ=HOURLY'), common(30), part('BYDAY', some(weekdays))),
)

describe('recurrence', () => {
  it('says the same as the library for rules that rotations are made of', async () => {
    await fc.assert(
      fc.property(rules, (parts) => {
        const rule = parts.flat().join('')
        const found = ours(rule)
        // A start that its own rule does not name: the library takes it with some rules and leaves it with others.
        fc.pre(found?.[0] === start.toString())
        expect([rule, found]).toEqual([rule, theirs(rule)])
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  it('says the same wherever one begins to look', async () => {
    await fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 500 }), (parts, days) => {
        const rule = parts.flat().join('')
        const from = start.add({ days })
        const all = ours(rule)
        expect([rule, ours(rule, from)]).toEqual([rule, all?.filter((one) => one >= from.toString())])
      }),
      { numRuns: 200, seed: 8 },
    )
  })

  it.each([
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', ['2026-01-30', '2026-02-27', '2026-03-31']],
    [
      'FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8,20;COUNT=5',
      ['2026-01-05', '2026-01-09', '2026-01-09', '2026-01-12', '2026-01-12'],
    ],
    ['FREQ=YEARLY;BYWEEKNO=2,10;COUNT=3', ['2026-01-05', '2026-03-02', '2027-01-11']],
    ['FREQ=YEARLY;BYYEARDAY=-1,60;COUNT=2', ['2026-03-01', '2026-12-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', ['2026-02-13', '2026-03-13']],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=1', ['2026-05-18']],
  ])('%s', (rule, days) => {
    expect(ours(rule)?.map((one) => one.slice(0, 10))).toEqual(days)
  })

  it.each([
    ['FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2', 80],
    ['FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30', all],
    ['FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2', 130],
    ['FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15;BYDAY=1MO', 366],
    ['FREQ=DAILY;INTERVAL=99999;BYDAY=MO', 2],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300', 130],
    ['FREQ=DAILY;COUNT=400000000', 100],
  ])('ends: %s, after %i days at most', (rule, most) => {
    const from = Temporal.PlainDateTime.from('2026-02-01T00:00:00')
    const budget = { steps: all }
    const found = occurrences(ruleOf.parse(jcal(rule)), start, from, from.add({ days: 70 }), budget)
    expect(found === null).toBe(most === all)
    // What is tried beyond it is one period.
    expect(all - budget.steps).toBeLessThanOrEqual(most + 1)
  })
})
