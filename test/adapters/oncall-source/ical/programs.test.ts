import { expect, it } from 'vitest'
import { knownAs, peopleNamed } from '../../../../src/core/calendar/named.ts'
import { feedOf, linesOf, readCalendar } from '../../../kit/calendar.ts'

const people = [
  { id: 'mei', name: 'Mei Lin' },
  { id: 'tom', name: 'Tom Ode' },
  { id: 'ana', name: 'Ana Rios' },
]
const known = knownAs({ 'mei@example.com': 'mei', 'tom@example.com': 'tom', '@tom': 'tom' }, people)

const who = (program: string) =>
  readCalendar(feedOf(program)).spans.map(({ named }) => {
    const { people: found, unknown } = peopleNamed(named, known)
    return [...found, ...unknown.map((name) => `? ${name}`)].join(' ')
  })

it('reads PagerDuty: the address of the attendee, else the name in the title', () => {
  expect(linesOf(readCalendar(feedOf('pagerduty')))).toEqual([
    '2026-03-02T09:00 … 2026-03-09T09:00 On Call - Mei Lin - Payments Primary',
    '2026-03-09T09:00 … 2026-03-16T08:00 On Call - Tom Ode - Payments Primary',
  ])
  expect(who('pagerduty')).toEqual(['mei', 'tom'])
  expect(readCalendar(feedOf('pagerduty')).spans[1]?.named[0]?.[0]).toBe(
    'tom.ode.with.a.rather.long.address.that.is.folded.somewhere@example.com',
  )
})

it('reads Grafana OnCall: user names and addresses behind a priority, whoever they are', () => {
  expect(linesOf(readCalendar(feedOf('grafana')))).toEqual([
    '2026-03-02T08:00 … 2026-03-02T16:00 [L1] mei',
    '2026-03-03T08:00 … 2026-03-03T16:00 [L1] mei',
    '2026-03-03T12:00 … 2026-03-03T14:00 [L99] Tom@Example.COM',
    '2026-03-04T00:00 … 2026-03-04T01:00 [L1] gone.colleague',
    ...['04', '05', '06', '09', '10', '11', '12', '13'].map(
      (day) => `2026-03-${day}T08:00 … 2026-03-${day}T16:00 [L1] mei`,
    ),
  ])
  expect(who('grafana').slice(0, 5)).toEqual(['mei', 'mei', 'tom', '? gone.colleague', 'mei'])
})

it('reads GoAlert: the name before "On-Call", and nothing of its alarms', () => {
  expect(linesOf(readCalendar(feedOf('goalert')))).toEqual([
    '2026-03-02T08:00 … 2026-03-02T20:00 Mei Lin On-Call (GoAlert: Payments)',
    '2026-03-02T20:00 … 2026-03-03T08:00 Tom Ode On-Call (GoAlert: Payments) Begins*',
  ])
  expect(who('goalert')).toEqual(['mei', 'tom'])
})

it('reads Google Calendar: moved and cancelled occurrences, days in its own zone, guests but not who declined', () => {
  expect(linesOf(readCalendar(feedOf('google')))).toEqual([
    '2026-03-02T01:00 … 2026-03-02T10:00 Mei Lin',
    '2026-03-03T01:00 … 2026-03-03T10:00 @tom',
    '2026-03-05T01:00 … 2026-03-05T10:00 Mei Lin',
    '2026-03-06T16:00 … 2026-03-08T16:00 Weekend duty',
  ])
  expect(who('google')).toEqual(['mei', 'tom', 'mei', 'mei tom'])
})

it('reads Outlook: zones it spells out or names in the words of Windows', () => {
  expect(linesOf(readCalendar(feedOf('outlook')))).toEqual([
    '2026-03-16T08:00 … 2026-03-23T08:00 Mei Lin',
    '2026-03-23T08:00 … 2026-03-30T07:00 Mei Lin',
    '2026-03-30T07:00 … 2026-04-06T07:00 Mei Lin',
    '2026-04-06T07:00 … 2026-04-13T07:00 Mei Lin',
    '2026-04-13T07:00 … 2026-04-20T07:00 Mei Lin',
    '2026-04-20T07:00 … 2026-04-27T07:00 Mei Lin',
    '2026-07-01T07:00 … 2026-07-01T15:00 Tom Ode',
  ])
})
