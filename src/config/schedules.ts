import { durationMs } from '../core/duration.ts'
import type { Layer, Schedule, Temporary, Window } from '../core/oncall/schedule.ts'
import { wallOf, Zone } from '../core/wall-clock.ts'
import type { Config } from './config.ts'
import type { Report } from './problem.ts'
import { everyOf, type WrittenSchedule, weekdayNumber, weekdays } from './shape/schedule.ts'
import type { Written } from './written.ts'

type WrittenLayer = WrittenSchedule['layers'][string]
type WrittenTemporary = WrittenSchedule['temporary'][string]
type WrittenWindow = NonNullable<WrittenLayer['only']>[number]

/** A schedule as the ledger keeps it. */
export function scheduleOf(id: string, written: WrittenSchedule): Schedule {
  return {
    id,
    minRestMs: written.minRest === 'none' ? 0 : (durationMs(written.minRest) ?? 0),
    layers: Object.entries(written.layers).map(([name, layer]) => layerOf(name, layer, written.timeZone)),
    temporary: Object.entries(written.temporary).map(([name, one]) => temporaryOf(name, one, written.timeZone)),
    feed: written.feed ?? null,
  }
}

const layerOf = (name: string, layer: WrittenLayer, timeZone: string): Layer => ({
  name,
  turns: layer.people.map((people) => [...new Set(typeof people === 'string' ? [people] : people)]),
  shadow: layer.shadow,
  priority: layer.priority,
  timeZone: layer.timeZone ?? timeZone,
  start: layer.start,
  end: layer.end ?? null,
  every: everyOf(layer.every),
  windows: (layer.only ?? []).map(windowOf),
})

const windowOf = ({ days = [...weekdays], from, to }: WrittenWindow): Window => ({
  days: [...new Set(days.map(weekdayNumber))].sort(),
  hours: from === undefined || to === undefined ? null : { from, to },
})

function temporaryOf(name: string, written: WrittenTemporary, fallback: string): Temporary {
  const { from, to, timeZone = fallback, people, layers = {} } = written
  const all: NonNullable<WrittenTemporary['layers']> = people
    ? { [name]: { people: [people], every: 'week', priority: 0, shadow: false } }
    : layers
  return {
    name,
    timeZone,
    from,
    to,
    layers: Object.entries(all).map(([key, layer]) => layerOf(key, { ...layer, start: layer.start ?? from }, timeZone)),
  }
}

/** Which schedules each user group follows. */
export function groupsOf(schedules: Written['schedules']): Config['groups'] {
  const named = [...schedules].flatMap(([id, { groups = {} }]) =>
    Object.entries(groups).map(([chat, group]) => ({ chat, group, id })),
  )
  const keys = new Map(named.map(({ chat, group }) => [`${chat}/${group}`, { chat, group }]))
  return [...keys.values()].map(({ chat, group }) => ({
    chat,
    group,
    schedules: named.filter((one) => one.chat === chat && one.group === group).map(({ id }) => id),
  }))
}

/** At one instant one temporary schedule can stand. */
export function checkSchedules(written: Written, report: Report): void {
  for (const [id, schedule] of written.schedules) {
    const spans = scheduleOf(id, schedule).temporary.map(({ name, timeZone, from, to }) => {
      const zone = new Zone(timeZone)
      return { name, from: zone.first(wallOf(from)), to: zone.last(wallOf(to)) }
    })
    for (const [index, { name, from, to }] of spans.entries()) {
      const other = spans.slice(0, index).find((before) => from < before.to && before.from < to)
      if (other) report({ path: ['schedules', id, 'temporary', name], message: `overlaps ${other.name}`, on: 'key' })
    }
  }
}
