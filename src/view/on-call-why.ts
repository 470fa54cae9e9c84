import type { Cause, OnCall } from '../core/oncall/on-call.ts'
import type { ClockChange, Explanation, MovedHandOff } from '../core/oncall/why.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { note } from './incident.ts'
import { datetime, everyone } from './on-call.ts'
import type { Note } from './view.ts'
import { type Voice, voice } from './words.ts'

/** `/oncall why`: the layer or change behind each, what it hides, what comes, and what the clocks do to it. */
export function whyNote({ now, otherwise, next, clocks, handOffs }: Explanation, language: Language): Note {
  const v = voice(language)
  const { schedule, at } = now
  const title = now.people.length > 0 ? 'oncall.why-now' : 'oncall.why-nobody'
  return note(language, [
    v.say(title, { schedule, at: datetime(at), people: everyone(v, now.people) }),
    ...now.why.map(({ person, by }) => causeText(v, person, by)),
    ...(now.shadows.length > 0 ? [v.say('oncall.shadows', { people: everyone(v, now.shadows) })] : []),
    ...(otherwise ? [v.say('oncall.why-otherwise', { people: everyone(v, otherwise) })] : []),
    standsText(v, now, next),
    ...handOffs.map((one) => movedText(v, one)),
    ...clocks.map((change) => clockText(v, change)),
    ...(now.stale ? [v.say('oncall.stale', { name: schedule })] : []),
    ...(now.recorded ? [] : [v.say('oncall.why-unrecorded')]),
  ])
}

function causeText(v: Voice, who: string, by: Cause): Text {
  const person = { person: who }
  switch (by.by) {
    case 'layer': {
      const { layer, turn, timeZone: zone, temporary } = by
      const values = { person, layer, zone, number: turn.number + 1, from: datetime(turn.from), to: datetime(turn.to) }
      return temporary === null
        ? v.say('oncall.why-layer', values)
        : v.say('oncall.why-temporary', { ...values, temporary })
    }
    case 'calendar':
      return v.say('oncall.why-calendar', { person, calendar: by.calendar, title: by.title })
    default:
      return v.say('oncall.why-change', {
        person,
        kind: v.plain(`oncall.kind-${by.by}`),
        id: by.id,
        actor: { person: by.actor },
        from: datetime(by.from),
        to: datetime(by.to),
        instead: by.instead ? { person: by.instead } : v.plain('oncall.everybody'),
      })
  }
}

function standsText(v: Voice, { since, until }: OnCall, next: OnCall | null): Text {
  if (!until || !next) return v.say('oncall.why-open')
  return v.say('oncall.why-until', {
    since: since ? datetime(since) : v.plain('oncall.why-ever'),
    until: datetime(until),
    people: everyone(v, next.people),
  })
}

function clockText(v: Voice, { timeZone: zone, at, byMinutes, inside }: ClockChange): Text {
  const values = {
    zone,
    at: datetime(at),
    way: v.plain(byMinutes > 0 ? 'oncall.forward' : 'oncall.back'),
    by: { ms: Math.abs(byMinutes) * 60_000 },
  }
  if (!inside) return v.say('oncall.why-clock-next', values)
  return v.say('oncall.why-clock-inside', {
    ...values,
    length: v.plain(byMinutes > 0 ? 'oncall.shorter' : 'oncall.longer'),
  })
}

const movedText = (v: Voice, { timeZone: zone, at, clock, typed }: MovedHandOff): Text =>
  v.say(clock === 'skips' ? 'oncall.why-skips' : 'oncall.why-twice', { zone, typed, at: datetime(at) })
