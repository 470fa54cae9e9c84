import fc from 'fast-check'
import type { Change, Roster, Version } from '../../../src/core/oncall/roster.ts'
import type { Every, Layer, Schedule, Temporary, Weekday, Window } from '../../../src/core/oncall/schedule.ts'
import { at } from './kit.ts'

/** Places and days where the clock does something. All offsets are whole minutes. */
export const moments: readonly (readonly [zone: string, date: string])[] = [
  ['America/Chicago', '2020-03-08'],
  ['America/Chicago', '2020-11-01'],
  ['Europe/London', '2024-03-31'],
  ['Europe/London', '2024-10-27'],
  ['Atlantic/Azores', '2024-03-31'],
  ['Atlantic/Azores', '2024-10-27'],
  ['Australia/Lord_Howe', '2024-04-07'],
  ['Australia/Lord_Howe', '2024-10-06'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Africa/Cairo', '2024-04-26'],
  ['Africa/Cairo', '2024-11-01'],
  ['Asia/Beirut', '2024-03-31'],
  ['Asia/Beirut', '2024-10-27'],
  ['America/Asuncion', '2023-10-01'],
  ['America/Asuncion', '2024-03-24'],
  ['America/Havana', '2024-11-03'],
  ['Antarctica/Troll', '2024-03-31'],
  ['Africa/Casablanca', '2024-03-10'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kwajalein', '1993-08-21'],
  ['America/St_Johns', '2006-04-02'],
  ['Asia/Pyongyang', '2018-05-05'],
  ['America/Caracas', '2016-05-01'],
  ['Asia/Kolkata', '2024-03-31'],
  ['Asia/Kathmandu', '2024-03-31'],
  ['Asia/Shanghai', '2024-03-31'],
  ['UTC', '2024-02-29'],
]

/** How far before and after its moment a schedule is looked at, in days. */
const before = 6
const after = 6

export interface Case {
  readonly roster: Roster
  /** Nothing begins before `from`. */
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

const two = (number: number): string => String(number).padStart(2, '0')
/** Mostly near midnight and in the small hours, where clocks change. */
const time = fc
  .oneof(
    fc.integer({ min: 0, max: 4 * 60 }),
    fc.integer({ min: 22 * 60, max: 24 * 60 - 1 }),
    fc.integer({ min: 0, max: 1439 }),
  )
  .chain((minutes) => fc.constantFrom(minutes, minutes - (minutes % 30), minutes - (minutes % 60)))
  .map((minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`)

const dateNear = (date: string, from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => Temporal.PlainDate.from(date).add({ days }).toString())

const every: fc.Arbitrary<Every> = fc.oneof(
  fc.record({ unit: fc.constant('hours' as const), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ unit: fc.constant('days' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ unit: fc.constantFrom('weeks' as const, 'months' as const), count: fc.integer({ min: 1, max: 2 }) }),
)

const weekdays = fc.uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 })
const window: fc.Arbitrary<Window> = fc.record({
  days: fc.oneof(weekdays, fc.constant<Weekday[]>([1, 2, 3, 4, 5, 6, 7])),
  hours: fc.option(fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) })),
})

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const turn = fc.uniqueArray(person, { minLength: 1, maxLength: 2 })

export const layerNear = (
  zone: string,
  date: string,
  windows = fc.array(window, { maxLength: 2 }),
): fc.Arbitrary<Layer> =>
  fc.record({
    name: fc.constant('main'),
    turns: fc.array(turn, { minLength: 1, maxLength: 4 }),
    shadow: fc.nat({ max: 5 }).map((number) => number === 0),
    priority: fc.integer({ min: 0, max: 2 }),
    timeZone: fc.oneof(
      { weight: 4, arbitrary: fc.constant(zone) },
      fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/London'),
    ),
    start: fc.tuple(dateNear(date, -before + 2, 1), time).map((parts) => parts.join('T')),
    end: fc.option(
      fc.tuple(dateNear(date, 2, after), time).map((parts) => parts.join('T')),
      { freq: 4 },
    ),
    every,
    windows,
  })

const temporaryNear = (zone: string, date: string): fc.Arbitrary<readonly Temporary[]> =>
  fc
    .record({
      name: fc.constant('feast'),
      timeZone: fc.constant(zone),
      from: fc.tuple(dateNear(date, -2, 0), time).map((parts) => parts.join('T')),
      to: fc.tuple(dateNear(date, 1, 3), time).map((parts) => parts.join('T')),
      layers: fc.array(layerNear(zone, date), { minLength: 1, maxLength: 2 }).map(named),
    })
    .chain((one) => fc.constantFrom([], [], [one]))

const named = (layers: readonly Layer[]): readonly Layer[] =>
  layers.map((layer, index) => ({ ...layer, name: `l${index}` }))

const scheduleNear = (zone: string, date: string): fc.Arbitrary<Schedule> =>
  fc.record({
    id: fc.constant('random'),
    minRestMs: fc.constant(0),
    layers: fc.array(layerNear(zone, date), { minLength: 1, maxLength: 3 }).map(named),
    temporary: temporaryNear(zone, date),
    feed: fc.constant(null),
  })

const changeNear = (date: string): fc.Arbitrary<Omit<Change, 'id'>> => {
  const start = at(`${date}T00:00Z`)
  return fc
    .record({
      kind: fc.constantFrom<Change['kind']>('override', 'swap', 'cover'),
      person,
      instead: fc.option(person),
      begins: fc.integer({ min: -4 * 1440, max: 4 * 1440 }),
      lasts: fc.integer({ min: 1, max: 3 * 1440 }),
      made: fc.integer({ min: 1, max: 7 * 1440 }),
    })
    .map(({ kind, person: who, instead, begins, lasts, made }) => ({
      kind,
      person: who,
      instead,
      by: who,
      from: start.add({ minutes: begins }).toString(),
      to: start.add({ minutes: begins + lasts }).toString(),
      at: start.add({ minutes: begins - made }).toString(),
    }))
}

/** A schedule around a moment, edited up to twice, with a handful of overrides in the order in which they were made. */
export const cases: fc.Arbitrary<Case> = fc.constantFrom(...moments).chain(([zone, date]) => {
  const from = at(`${date}T00:00Z`).subtract({ hours: 24 * before })
  return fc
    .record({
      definitions: fc.array(fc.oneof({ weight: 5, arbitrary: scheduleNear(zone, date) }, fc.constant(null)), {
        minLength: 1,
        maxLength: 3,
      }),
      edits: fc.array(fc.integer({ min: 1, max: (before + after) * 1440 - 1 }), { minLength: 2, maxLength: 2 }),
      changes: fc.array(changeNear(date), { maxLength: 4 }),
    })
    .map(({ definitions, edits, changes }) => {
      const instants = [0, ...edits.sort((a, b) => a - b)]
      const versions: Version[] = definitions.map((definition, index) => ({
        at: index === 0 ? null : from.add({ minutes: instants[index] ?? 0 }).toString(),
        definition,
      }))
      const roster: Roster = {
        schedule: 'random',
        versions,
        changes: changes
          .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
          .map((change, index) => ({ ...change, id: `random#${index + 1}` })),
        asks: [],
        swaps: [],
        numbered: changes.length,
        calendars: {},
      }
      return { roster, from, to: from.add({ hours: 24 * (before + after) }) }
    })
})
