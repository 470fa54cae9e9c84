import type { Account, PersonId } from '../core/actor.ts'
import type { EventOf } from '../core/event.ts'
import { nextHandOff } from '../core/oncall/hand-off.ts'
import { shifts } from '../core/oncall/on-call.ts'
import { handOffStream, scheduleStream } from '../core/oncall/roster.ts'
import type { Recorded } from '../ports/ledger.ts'
import { coverCard, dutyNote, handOffNote, swapCard } from '../view/on-call-cards.ts'
import { drillOfIncident } from './drills.ts'
import { onCall, rosterFor } from './on-call.ts'
import { circleOf } from './on-call-changes.ts'
import { type Posting, rowOf, type Wish } from './rows.ts'

import type { World } from './world.ts'

export type OnCallSpec =
  /** A request for cover, for the channels of the services concerned. */
  | { readonly view: 'cover'; readonly schedule: string; readonly id: string; readonly channel: string }
  /** A swap, for the one who is asked. */
  | { readonly view: 'swap'; readonly schedule: string; readonly id: string; readonly to: Account }
  /** What one event at a position did to somebody's duty. */
  | { readonly view: 'duty'; readonly position: number; readonly to: Account }
  | { readonly view: 'hand-off'; readonly schedule: string; readonly position: number; readonly channel: string }
  | { readonly view: 'group'; readonly group: string }

export const isOnCallSpec = <Spec extends { readonly view: string }>(spec: Spec): spec is Extract<Spec, OnCallSpec> =>
  ['cover', 'swap', 'duty', 'hand-off', 'group'].includes(spec.view)

/** The services that a schedule stands for. */
export const servicesOf = (world: Pick<World, 'config'>, schedule: string) =>
  [...world.config().services.values()].filter(({ onCall: own }) => own === schedule)

/** The channels of the services that a schedule stands for: of one chat, each once. */
function channelsOf(world: World, chat: string, schedule: string): readonly string[] {
  return [...new Set(servicesOf(world, schedule).flatMap(({ channels }) => channels[chat] ?? []))]
}

/** What the chats are told when duties change. */
export function onCallWishes(world: World, recorded: Recorded): readonly Wish[] {
  const { event, position } = recorded
  const chats = [...world.chats.keys()]
  const inChannels = (schedule: string, wish: (chat: string, channel: string) => readonly Wish[]) =>
    chats.flatMap((chat) => channelsOf(world, chat, schedule).flatMap((channel) => wish(chat, channel)))
  const alone = (person: PersonId, wish: (account: Account) => Wish) =>
    chats.flatMap((chat) => {
      const account = world.config().directory().account(person, chat)
      return account ? [wish(account)] : []
    })
  const told = (...people: readonly PersonId[]) =>
    [...new Set(people)].flatMap((person) =>
      alone(person, (to) => rowOf(to.chat, `duty:${position}:${person}`, { view: 'duty', position, to }, position)),
    )
  const cover = (schedule: string, id: string) =>
    inChannels(schedule, (chat, channel) => [
      rowOf(chat, `cover:${id}:${channel}`, { view: 'cover', schedule, id, channel }, position),
    ])
  /** Cards that stand are brought up to date; what was never sent is not sent any more. */
  const again = (schedule: string, id: string): Wish[] => {
    const swaps = chats.map((chat) => `${chat}/swap:${id}`)
    const keys = [...swaps, ...cover(schedule, id).map(({ key }) => key)]
    return keys.flatMap((key) => {
      const stands = world.store.outbox.get(key)
      return stands ? [{ key, chat: stands.chat, spec: stands.spec, wanted: position }] : []
    })
  }
  switch (event.type) {
    case 'oncall.cover-asked':
      return cover(event.data.schedule, event.data.id)
    case 'oncall.cover-taken': {
      const { schedule, id } = event.data
      const asker = rosterFor(world, schedule).changes.find((change) => change.id === id)?.instead
      return [...again(schedule, id), ...(asker ? told(asker) : [])]
    }
    case 'oncall.swap-asked': {
      const { schedule, id, second } = event.data
      return alone(second.person, (to) => rowOf(to.chat, `swap:${id}`, { view: 'swap', schedule, id, to }, position))
    }
    case 'oncall.swapped':
      return [...again(event.data.schedule, event.data.id), ...told(event.data.by)]
    case 'oncall.swap-closed':
      return [...again(event.data.schedule, event.data.id), ...told(event.data.askedBy)]
    case 'oncall.withdrawn':
      return again(event.data.schedule, event.data.id)
    case 'oncall.overridden': {
      const { by } = event.data
      return told(...[event.data.person, ...relievedBy(world, event.data)].filter((one) => one !== by))
    }
    case 'oncall.handed-off': {
      const { schedule } = event.data
      const channels = inChannels(schedule, (chat, channel) => [
        rowOf(chat, `hand-off:${position}:${channel}`, { view: 'hand-off', schedule, position, channel }, position),
      ])
      return [...channels, ...groupWishes(world, position, schedule)]
    }
    default:
      return []
  }
}

/** Who would have been on call without an override: somebody may put herself there instead of them. */
function relievedBy(world: World, of: EventOf<'oncall.overridden'>['data']): readonly PersonId[] {
  const { id, schedule, person, instead, from, to } = of
  if (instead) return [instead]
  const roster = rosterFor(world, schedule)
  const without = { ...roster, changes: roster.changes.filter((change) => change.id !== id) }
  const found = shifts(without, Temporal.Instant.from(from), Temporal.Instant.from(to)).filter(({ shadow }) => !shadow)
  return [...new Set(found.map((shift) => shift.person))].filter((one) => one !== person)
}

/** Of all user groups, or of those that follow one schedule. */
function groupWishes(world: World, position: number, schedule?: string): readonly Wish[] {
  return world
    .config()
    .groups.filter(({ chat, schedules }) => world.chats.has(chat) && (!schedule || schedules.includes(schedule)))
    .map(({ chat, group }) => rowOf(chat, `group:${group}`, { view: 'group', group }, position))
}

/** Brings every user group in step: at the start, and when the configuration changed. */
export async function wantGroups(world: World): Promise<void> {
  const { position } = await world.ledger.head()
  world.store.outbox.want(groupWishes(world, position), world.store.outbox.cursor())
}

/** What a row about duties says at this moment, and where. */
export async function onCallPosting(world: World, chat: string, spec: OnCallSpec): Promise<Posting> {
  const config = world.config()
  switch (spec.view) {
    case 'group': {
      const { schedules = [] } = config.groups.find((one) => one.chat === chat && one.group === spec.group) ?? {}
      const people = new Set(schedules.flatMap((id) => onCall(world, id, world.clock.now()).people))
      const known = [...people].filter((person) => config.directory().account(person, chat) !== null).sort()
      if (known.length === 0) return 'never'
      const view = { kind: 'members', language: config.language, people: known } as const
      return { view, room: { kind: 'group', group: spec.group } }
    }
    case 'cover': {
      const told = await storyOf(world, spec.schedule, spec.id)
      const asked = told.find((event) => event.type === 'oncall.cover-asked')
      if (!asked) return 'never'
      const change = rosterFor(world, spec.schedule).changes.find(({ id }) => id === spec.id)
      const open = rosterFor(world, spec.schedule).asks.some(({ id }) => id === spec.id)
      const state = change ? ({ taken: change.person } as const) : open ? 'open' : 'withdrawn'
      const circle = circleOf(world, spec.schedule).filter((person) => person !== asked.data.person)
      const of = { ask: asked.data, state, circle, name: config.directory().name(asked.data.person) } as const
      return {
        view: coverCard(of, config.languageOf(chat, spec.channel)),
        room: { kind: 'channel', channel: spec.channel },
      }
    }
    case 'swap': {
      const told = await storyOf(world, spec.schedule, spec.id)
      const asked = told.find((event) => event.type === 'oncall.swap-asked')
      const last = told.at(-1)
      if (!asked || !last) return 'never'
      const of = { ask: asked.data, last, name: config.directory().name(asked.data.by) }
      return {
        view: swapCard(of, config.directory().language(spec.to)),
        room: { kind: 'direct', account: spec.to },
      }
    }
    case 'duty': {
      const [recorded] = await world.ledger.read(spec.position - 1, 1)
      const reader = config.personOf(spec.to)
      const language = config.directory().language(spec.to)
      const event = recorded?.event
      const view = event && reader ? dutyNote({ event, reader }, language) : null
      return view ? { view, room: { kind: 'direct', account: spec.to } } : 'never'
    }
    case 'hand-off':
      return handOff(world, chat, spec)
  }
}

type Told = EventOf<
  | 'oncall.overridden'
  | 'oncall.swap-asked'
  | 'oncall.swapped'
  | 'oncall.swap-closed'
  | 'oncall.cover-asked'
  | 'oncall.cover-taken'
  | 'oncall.withdrawn'
>

/** Everything that was recorded under one id. */
async function storyOf(world: World, schedule: string, id: string): Promise<readonly Told[]> {
  const events = (await world.ledger.stream(scheduleStream(schedule))).map(({ event }) => event)
  return events.filter((event): event is Told => 'id' in event.data && event.data.id === id)
}

/** Told of late, only the newest is: what came before it is over. */
async function handOff(world: World, chat: string, spec: Extract<OnCallSpec, { view: 'hand-off' }>): Promise<Posting> {
  const { schedule, position, channel } = spec
  const [recorded] = await world.ledger.read(position - 1, 1)
  const key = `${chat}/hand-off:${position}:${channel}`
  const sent = world.store.outbox.get(key)?.ref
  const newest = (await world.ledger.stream(handOffStream(schedule))).at(-1)
  if (recorded?.event.type !== 'oncall.handed-off' || (!sent && newest?.position !== position)) return 'never'
  const { at, from, to } = recorded.event.data
  const services = servicesOf(world, schedule)
  const names = services.map(({ name }) => name)
  const incidents = world.desk.openIncidents().filter(({ service }) => names.includes(service))
  const rollbacks = world.desk
    .unfinished()
    .flatMap((id) => world.desk.rollback(id) ?? [])
    .filter(({ service }) => names.includes(service))
  const owed = world.desk.owedBy(null).filter((one) => names.includes(world.desk.incident(one.incident)?.service ?? ''))
  const next = nextHandOff(rosterFor(world, schedule), world.clock.now())
  const drillOf = (incident: string) => drillOfIncident(world, incident)
  const of = { schedule, at, from, to, incidents, rollbacks, owed, drillOf, next, circle: circleOf(world, schedule) }
  return {
    view: handOffNote(of, world.config().languageOf(chat, channel)),
    room: { kind: 'channel', channel },
  }
}
