import type { Shift } from '../../app/on-call.ts'
import { rosterFor, shiftsOf } from '../../app/on-call.ts'
import type { World } from '../../app/world.ts'
import type { PersonId } from '../../core/actor.ts'
import type { Roster } from '../../core/oncall/roster.ts'
import type { Language } from '../../text/language.ts'
import { sayPlain } from '../../text/say.ts'
import type { Ics, IcsEntry } from './ics.ts'

export type Known = Pick<World, 'desk' | 'config' | 'clock'>

/** Half a year ahead and a month back; looked at from further out, so that a shift at the edge keeps its beginning and its UID. */
const backHours = 24 * 30
const aheadHours = 24 * 180
const edgeHours = 24 * 40

/** Everybody's shifts in one schedule, without shadows; null where there is no such schedule. */
export function calendarOfSchedule(world: Known, schedule: string): Ics | null {
  const config = world.config()
  if (!config.schedules.has(schedule)) return null
  const { language } = config
  const all = shiftsAround(world, schedule).filter(({ shadow }) => !shadow)
  const title = (shift: Shift) =>
    sayPlain(language, 'calendar.shift', { schedule, person: nameOf(world, shift.person) })
  return {
    title: sayPlain(language, 'calendar.of-schedule', { schedule }),
    language,
    ...revisionOf(world, [rosterFor(world, schedule)]),
    entries: all.map((shift) => ({ ...entryOf(world, shift, language, title(shift)), person: shift.person })),
  }
}

/** One person's shifts in every schedule, also where she is a shadow, in her language; null where nobody is called so. */
export function calendarOfPerson(world: Known, person: PersonId): Ics | null {
  const config = world.config()
  const known = config.people.get(person)
  if (!known) return null
  const language = known.language ?? config.language
  const rosters = [...config.schedules.keys()]
    .map((schedule) => rosterFor(world, schedule))
    .filter((roster) => concerns(roster, person))
  const all = rosters.flatMap(({ schedule }) =>
    shiftsAround(world, schedule).filter((shift) => shift.person === person),
  )
  const title = ({ schedule, shadow }: Shift) =>
    sayPlain(language, shadow ? 'calendar.own-shadow' : 'calendar.own-shift', { schedule })
  return {
    title: sayPlain(language, 'calendar.of-person', { person: known.name }),
    language,
    ...revisionOf(world, rosters),
    entries: all
      .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
      .map((shift) => entryOf(world, shift, language, title(shift))),
  }
}

/** The window moves by whole weeks, so that a calendar in which nothing happened stays the same to the byte. */
function windowOf({ clock }: Known): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  const today = clock.now().toZonedDateTimeISO('UTC').startOfDay()
  const monday = today.subtract({ days: today.dayOfWeek - 1 }).toInstant()
  return { from: monday.subtract({ hours: backHours }), to: monday.add({ hours: aheadHours }) }
}

function shiftsAround(world: Known, schedule: string): readonly Shift[] {
  const { from, to } = windowOf(world)
  const edge = { hours: edgeHours }
  return shiftsOf(world, schedule, from.subtract(edge), to.add(edge)).filter(
    (shift) => Temporal.Instant.compare(shift.to, from) > 0 && Temporal.Instant.compare(shift.from, to) < 0,
  )
}

/** Whether somebody was or is in a schedule at all. */
const concerns = ({ versions, changes, calendars }: Roster, person: PersonId): boolean =>
  changes.some((change) => change.person === person) ||
  Object.values(calendars).some(({ spans }) => spans.some(({ people }) => people.includes(person))) ||
  versions.some(({ definition }) =>
    [...(definition?.layers ?? []), ...(definition?.temporary ?? []).flatMap(({ layers }) => layers)].some(
      ({ turns }) => turns.some((people) => people.includes(person)),
    ),
  )

/** When people or the configuration last changed anything of these, and how often. */
function revisionOf(world: Known, rosters: readonly Roster[]): Pick<Ics, 'changedAt' | 'sequence'> {
  const changes = rosters.flatMap((roster) => [...roster.versions, ...roster.changes].flatMap(({ at }) => at ?? []))
  const latest = changes
    .map((at) => Temporal.Instant.from(at))
    .sort(Temporal.Instant.compare)
    .at(-1)
  return { changedAt: latest ?? windowOf(world).from, sequence: changes.length }
}

const nameOf = (world: Known, person: PersonId): string => world.config().directory().name(person)

function entryOf(world: Known, shift: Shift, language: Language, title: string): IcsEntry {
  const { schedule, person, from, to, shadow } = shift
  return {
    uid: `${schedule}-${person}-${from.epochMilliseconds / 1000}${shadow ? '-shadow' : ''}@astern`,
    from,
    to,
    title,
    description: whyOf(world, shift, language),
    free: shadow,
    person: null,
  }
}

function whyOf(world: Known, { by }: Shift, language: Language): string {
  switch (by.by) {
    case 'layer':
      return sayPlain(language, 'calendar.by-layer', { layer: by.layer })
    case 'calendar':
      return sayPlain(language, 'calendar.by-calendar', { calendar: by.calendar, title: by.title })
    default:
      if (by.instead === null) return sayPlain(language, 'calendar.by-change', { id: by.id })
      return sayPlain(language, 'calendar.by-instead', { id: by.id, person: nameOf(world, by.instead) })
  }
}
