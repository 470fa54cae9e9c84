import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shifts, whoIsOnCall } from '../../../src/core/oncall/on-call.ts'
import type { Roster } from '../../../src/core/oncall/roster.ts'
import { everyDay, roster, wholeDays } from './kit.ts'
import { cases, layerNear, moments } from './random.ts'
import { minutes } from './reference.ts'

const runs = { numRuns: Number(process.env.RUNS ?? 20) }

const answer = (of: Roster, instant: Temporal.Instant): string => {
  const { people, shadows } = whoIsOnCall(of, instant)
  return `${[...people].sort().join('+')} ${[...shadows].sort().join('+')}`
}

describe('every answer', () => {
  it('is that of a clock watched minute by minute', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(cases, ({ roster: of, from, to }) => {
        const wrong: string[] = []
        const all = minutes(of, from, to)
        // Shifts hold every minute; asking at an instant is asked at every change, and at every 97th minute.
        const expected = all.map(({ people, shadows }) => `${people} ${shadows}`)
        const held = painted(of, from, to, all.length)
        for (const [index, { at }] of all.entries()) {
          if (held[index] !== expected[index]) wrong.push(`shifts ${at} ${held[index]} not ${expected[index]}`)
          const near = expected[index] !== expected[index - 1] || expected[index] !== expected[index + 1]
          if (!near && index % 97 !== 0) continue
          if (answer(of, at) !== expected[index]) wrong.push(`who ${at} ${answer(of, at)} not ${expected[index]}`)
        }
        expect(wrong.slice(0, 5)).toEqual([])
      }),
      runs,
    )
  })
})

/** What the shifts say of each minute. */
function painted(of: Roster, from: Temporal.Instant, to: Temporal.Instant, count: number): readonly string[] {
  const people: string[][] = Array.from({ length: count }, () => [])
  const shadows: string[][] = Array.from({ length: count }, () => [])
  const first = from.epochMilliseconds / 60_000
  for (const shift of shifts(of, from, to)) {
    const row = shift.shadow ? shadows : people
    for (let at = shift.from.epochMilliseconds / 60_000; at < shift.to.epochMilliseconds / 60_000; at++)
      row[at - first]?.push(shift.person)
  }
  return people.map((here, index) => `${here.sort().join('+')} ${(shadows[index] ?? []).sort().join('+')}`)
}

describe('a minute earlier or later', () => {
  it('changes nothing but at boundaries, and each boundary is one', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.nat({ max: 12 * 1440 - 1 }), { minLength: 5, maxLength: 5 }),
        ({ roster: of, from }, at) => {
          for (const minute of at) {
            const asked = from.add({ minutes: minute })
            const now = whoIsOnCall(of, asked)
            const told = JSON.stringify([now.people, now.shadows, now.why, now.since, now.until])
            const inside = (instant: Temporal.Instant) =>
              (!now.since || Temporal.Instant.compare(now.since, instant) <= 0) &&
              (!now.until || Temporal.Instant.compare(instant, now.until) < 0)
            expect(inside(asked)).toBe(true)
            for (const other of [
              asked.subtract({ minutes: 1 }),
              asked.add({ minutes: 1 }),
              now.since,
              now.until?.subtract({ milliseconds: 1 }),
            ]) {
              if (!other || !inside(other)) continue
              const then = whoIsOnCall(of, other)
              expect(JSON.stringify([then.people, then.shadows, then.why, then.since, then.until])).toBe(told)
            }
            for (const edge of [now.since?.subtract({ milliseconds: 1 }), now.until]) {
              if (!edge) continue
              const then = whoIsOnCall(of, edge)
              expect(JSON.stringify([then.why, then.stale])).not.toBe(JSON.stringify([now.why, now.stale]))
            }
          }
        },
      ),
      runs,
    )
  })
})

describe('shifts', () => {
  it('are the same however the time is cut, and each has a length', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 12 * 1440 - 1 }), ({ roster: of, from, to }, minute) => {
        const middle = from.add({ minutes: minute })
        const whole = shifts(of, from, to)
        expect(whole.every((shift) => Temporal.Instant.compare(shift.from, shift.to) < 0)).toBe(true)
        const spans = (all: typeof whole) =>
          all.map(({ person, shadow, from: a, to: b }) => `${person} ${shadow} ${a} ${b}`)
        const cut = whole.flatMap((shift) => {
          const crosses =
            Temporal.Instant.compare(shift.from, middle) < 0 && Temporal.Instant.compare(middle, shift.to) < 0
          return crosses
            ? [
                { ...shift, to: middle },
                { ...shift, from: middle },
              ]
            : [shift]
        })
        expect([...spans(shifts(of, from, middle)), ...spans(shifts(of, middle, to))].sort()).toEqual(spans(cut).sort())
      }),
      runs,
    )
  })

  it('leave no gap and do not overlap where nothing is configured that does', { timeout: 120_000 }, () => {
    const always = fc.constantFrom(...moments).chain(([zone, date]) =>
      fc.record({
        layer: layerNear(zone, date, fc.constantFrom([], [wholeDays(everyDay)])).map((layer) => ({
          ...layer,
          turns: layer.turns.map(([one = 'a']) => [one]),
          shadow: false,
          end: null,
        })),
      }),
    )
    fc.assert(
      fc.property(always, ({ layer }) => {
        const of = roster(layer)
        const start = Temporal.PlainDateTime.from(layer.start).toZonedDateTime(layer.timeZone, {
          disambiguation: 'later',
        })
        const from = start.toInstant().add({ hours: 2 })
        const to = from.add({ hours: 24 * 70 })
        const all = shifts(of, from, to)
        expect(all[0]?.from.equals(from)).toBe(true)
        expect(all.at(-1)?.to.equals(to)).toBe(true)
        for (const [index, shift] of all.slice(1).entries())
          expect(shift.from.equals(all[index]?.to ?? from)).toBe(true)
      }),
      runs,
    )
  })

  it('never change for what was, by an edit, an override or its withdrawal', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(cases, cases, ({ roster: of, from, to }, other) => {
        const last = of.versions.at(-1)?.at
        const middle = last ? Temporal.Instant.from(last).add({ hours: 5 }) : from.add({ hours: 24 * 6 })
        const at = middle.toString()
        const definition = other.roster.versions[0]?.definition ?? null
        const edited: Roster = { ...of, versions: [...of.versions, { at, definition }] }
        if (Temporal.Instant.compare(middle, to) >= 0) return
        const said = (one: Roster) =>
          JSON.stringify(shifts(one, from, middle).map(({ person, from: a, to: b }) => [person, a, b]))
        expect(said(edited)).toBe(said(of))
      }),
      runs,
    )
  })
})
