import { shifts, whoIsOnCall } from '../../src/core/oncall/on-call.ts'
import { type Roster, rosterOf } from '../../src/core/oncall/roster.ts'
import type { Layer, Schedule } from '../../src/core/oncall/schedule.ts'
import { compared, type Measure } from './row.ts'

const few = 100
const many = 1_000
const rounds = 5
const from = Temporal.Instant.from('2026-01-01T00:00:00Z')
const to = Temporal.Instant.from('2027-01-01T00:00:00Z')

const zones = [
  'Asia/Shanghai',
  'Europe/Lisbon',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
]

/** Three kinds in turns: a weekly rotation, a daily one on workdays with a net beneath, one that follows the sun. */
function schedule(number: number): Schedule {
  const zone = (index: number): string => zones[(number + index) % zones.length] ?? 'UTC'
  const layer = (name: string, more: Partial<Layer>): Layer => ({
    name,
    turns: [['a'], ['b'], ['c'], [`p${number}`]],
    shadow: false,
    priority: 0,
    timeZone: zone(0),
    start: `2025-12-${String(1 + (number % 28)).padStart(2, '0')}T09:00`,
    end: null,
    every: { unit: 'weeks', count: 1 },
    windows: [],
    ...more,
  })
  const hours = { from: '09:00', to: '17:30' }
  const layers = [
    [layer('week', {})],
    [
      layer('day', { every: { unit: 'days', count: 1 }, priority: 1, windows: [{ days: [1, 2, 3, 4, 5], hours }] }),
      layer('net', {}),
    ],
    [0, 2, 4].map((index) =>
      layer(`sun${index}`, { timeZone: zone(index), windows: [{ days: [1, 2, 3, 4, 5, 6, 7], hours }] }),
    ),
  ][number % 3]
  return { id: `s${number}`, minRestMs: 0, layers: layers ?? [], temporary: [], feed: null }
}

/** Ten overrides each. */
function roster(number: number): Roster {
  const of = rosterOf(schedule(number))
  const changes = Array.from({ length: 10 }, (_, index) => ({
    id: `s${number}#${index}`,
    kind: 'override' as const,
    person: 'x',
    instead: null,
    by: 'x',
    at: from.toString(),
    from: from.add({ hours: 24 * 36 * index + number }).toString(),
    to: from.add({ hours: 24 * 36 * index + number + 8 }).toString(),
  }))
  return { ...of, changes }
}

/** Milliseconds of the processor for who is on call over one year, of so many schedules. */
function year(rosters: readonly Roster[]): number {
  const began = process.cpuUsage()
  for (const one of rosters) shifts(one, from, to)
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1_000
}

/** Who is on call over one year, for many schedules beside few. */
export const oncall: Measure = async (say) => {
  const all = Array.from({ length: many }, (_, number) => roster(number))
  const some = all.slice(0, few)
  year(some)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    theirs.push(year(some))
    ours.push(year(all))
  }
  const shiftCount = all.reduce((sum, one) => sum + shifts(one, from, to).length, 0)
  say(`${shiftCount} shifts of ${many} schedules`)
  const began = performance.now()
  for (const [number, one] of all.entries()) whoIsOnCall(one, from.add({ hours: 8 * number }))
  say(`who is on call at one instant: ${(((performance.now() - began) * 1_000) / many).toFixed(0)} µs`)
  return [
    compared({
      name: `who is on call over one year, ${many} schedules`,
      unit: 'ms',
      ours,
      theirs,
      beside: `${few} schedules`,
      atMost: 12,
    }),
  ]
}
