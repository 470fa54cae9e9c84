import type { Account, PersonId } from '../core/actor.ts'
import type { Json } from '../core/canonical.ts'
import { isTelling, rollbackOfStream } from '../core/incident/timeline.ts'
import type { Recorded } from '../ports/ledger.ts'
import { type AlarmSpec, alarmWishes } from './alarm.ts'
import { type AutomaticSpec, automaticWishes } from './automatic-posting.ts'
import { type DrillSpec, drillWishes } from './drill-posting.ts'
import { filledWishes } from './filled.ts'
import { concernedBy } from './freezes.ts'
import { type GlassSpec, glassWishes } from './glass.ts'
import { type JoinedSpec, joinedWishes, type LineSpec, lineElsewhere } from './joined.ts'
import { type OnCallSpec, onCallWishes } from './on-call-posting.ts'
import { chatsOf, rowOf, type Wish } from './rows.ts'
import { type WitnessSpec, witnessed } from './witness.ts'
import type { World } from './world.ts'

/** Which view is to stand in which conversation. The room follows from the view. */
export type Spec =
  /** `lazy`: only progress is new, which can wait a little. */
  | { readonly view: 'rollback'; readonly id: string; readonly incident: string; readonly lazy?: true }
  | LineSpec
  | { readonly view: 'incident'; readonly id: string; readonly lazy?: true }
  /** Moments under a root card, from a position up to the next row of the same root. */
  | { readonly view: 'moments'; readonly incident: string; readonly root: string; readonly from: number }
  | { readonly view: 'post-mortem'; readonly incident: string }
  | { readonly view: 'owner'; readonly incident: string }
  | { readonly view: 'home'; readonly account: Account }
  | WitnessSpec
  /** Tells a team's channel of a freeze that was set, or lifted. */
  | { readonly view: 'freeze'; readonly id: string; readonly channel: string; readonly lifted: boolean }
  | DrillSpec
  | GlassSpec
  | AlarmSpec
  | JoinedSpec
  | AutomaticSpec
  | OnCallSpec
  | { readonly view: 'please'; readonly service: string; readonly environment: string; readonly person: PersonId }
  /** That the bot heard nothing for a while. */
  | { readonly view: 'away'; readonly incident: string; readonly from: string; readonly until: string }

/** What was said to the bot meanwhile may be lost: said once in each open incident that lives in that chat. */
function unheard(world: World, { event, position }: Recorded): Wish[] {
  if (event.type !== 'chat.was-away') return []
  const { chat, from, until } = event.data
  return world.desk
    .openIncidents()
    .filter(({ id, openedAt }) => openedAt < until && chatsOf(world, id).includes(chat))
    .map(({ id }) => row(chat, `away:${id}:${position}`, { view: 'away', incident: id, from, until }, position))
}

/** Whoever releases there hears of it: each channel once, however many of its services are frozen. */
function frozen(world: World, { event, position }: Recorded): Wish[] {
  if (event.type !== 'freeze.set' && event.type !== 'freeze.lifted') return []
  const { id, scope } = event.data
  const lifted = event.type === 'freeze.lifted'
  const concerned = concernedBy(world.config(), scope)
  return [...world.chats.keys()].flatMap((chat) => {
    const channels = new Set(concerned.flatMap(({ channels }) => channels[chat] ?? []))
    return [...channels].map((channel) =>
      row(
        chat,
        `freeze:${id}:${lifted ? 'lifted' : 'set'}:${channel}`,
        { view: 'freeze', id, channel, lifted },
        position,
      ),
    )
  })
}

const homeEvents = new Set([
  'rollback.proposed',
  'rollback.approved',
  'rollback.approval-voided',
  'rollback.acted-at-once',
  'rollback.glass-broken',
  'rollback.reviewed',
  'rollback.rejected',
  'rollback.expired',
  'rollback.ended',
  'incident.opened',
  'incident.joined',
  'incident.closed',
  'incident.drill-over',
  'follow-up.opened',
  'follow-up.done',
  'freeze.set',
  'freeze.lifted',
  'drill.planned',
  'drill.moved',
  'drill.started',
  'drill.stopped',
  'drill.ended',
  'schedule.changed',
  'oncall.overridden',
  'oncall.swap-asked',
  'oncall.swap-closed',
  'oncall.swapped',
  'oncall.cover-asked',
  'oncall.cover-taken',
  'oncall.withdrawn',
  'oncall.handed-off',
])

/**
 * Turns events into wishes for the outbox and moves its cursor; idempotent, so that a crash in between repeats nothing. `beingSent`: what
 * a row held before is on its way.
 */
export function wish(world: World, events: readonly Recorded[], beingSent: (key: string) => boolean): void {
  const last = events.at(-1)
  if (!last) return
  const wishes = events.flatMap((recorded) => [
    ...wishesOf(world, recorded),
    ...homes(world, recorded),
    ...witnessed(world, recorded),
    ...glassWishes(world, recorded),
    ...alarmWishes(world, recorded),
    ...onCallWishes(world, recorded),
    ...frozen(world, recorded),
    ...drillWishes(world, recorded),
    ...unheard(world, recorded),
    ...filledWishes(world, recorded),
    ...joinedWishes(world, recorded),
    ...automaticWishes(world, recorded),
  ])
  world.store.outbox.want(hurried(world, wishes, beingSent), last.position)
}

/** Mere progress does not put off a card that is due for a better reason. */
function hurried(world: World, wishes: readonly Wish[], beingSent: (key: string) => boolean): readonly Wish[] {
  const isLazy = (spec: Json): boolean => (spec as unknown as { lazy?: true }).lazy === true
  const urgent = new Set(wishes.filter(({ spec }) => !isLazy(spec)).map(({ key }) => key))
  return wishes.map((wish) => {
    if (!isLazy(wish.spec)) return wish
    const stands = world.store.outbox.get(wish.key)
    const waits = stands !== null && stands.wanted > stands.delivered && !isLazy(stands.spec)
    const due = waits && !beingSent(wish.key)
    return urgent.has(wish.key) || due ? { ...wish, spec: { ...(wish.spec as object), lazy: undefined } } : wish
  })
}

function wishesOf(world: World, recorded: Recorded): Wish[] {
  const { event, position, stream } = recorded
  const [kind, id = ''] = stream.split('/')
  const incident = incidentOf(world, kind, id)
  if (!incident) return []
  const specs: [string, Spec][] = []
  if (kind === 'rollback') {
    const lazy = event.type === 'step.progressed' ? ({ lazy: true } as const) : {}
    if (event.type !== 'rollback.claimed') specs.push([`card:${id}`, { view: 'rollback', id, incident, ...lazy }])
    if (
      event.type === 'rollback.proposed' ||
      ['rollback.ended', 'rollback.rejected', 'rollback.expired'].includes(event.type)
    )
      specs.push([`line:${id}`, { view: 'line', id, incident }], ...lineElsewhere(world, id, incident))
    if (['rollback.ended', 'rollback.rejected', 'rollback.expired'].includes(event.type))
      specs.push([`incident:${incident}`, { view: 'incident', id: incident }])
    if (event.type === 'rollback.ended') specs.push([`post-mortem:${incident}`, { view: 'post-mortem', incident }])
  } else if (kind === 'paging') {
    const rollback = rollbackOfStream(stream)
    if (event.type === 'page.calmed') return []
    if (rollback) specs.push([`card:${rollback}`, { view: 'rollback', id: rollback, incident }])
    else specs.push([`incident:${incident}`, { view: 'incident', id: incident }])
  } else {
    const cardless = event.type === 'incident.opened' && event.data.cause === 'rollback'
    const shows =
      event.type === 'incident.opened' ||
      event.type === 'incident.alerted' ||
      event.type === 'incident.suspected' ||
      event.type === 'incident.rollback-joined' ||
      event.type === 'incident.joined' ||
      event.type === 'incident.closed' ||
      event.type === 'incident.drill-over'
    if (shows && !cardless) specs.push([`incident:${incident}`, { view: 'incident', id: incident, ...growing(event) }])
    if (event.type === 'incident.closed' || event.type === 'incident.drill-over')
      specs.push([`post-mortem:${incident}`, { view: 'post-mortem', incident }])
    if (event.type === 'incident.post-mortem-drafted') {
      specs.push([`owner:${incident}`, { view: 'owner', incident }])
      for (const { id: rollback } of world.desk.rollbacksOf(incident))
        specs.push([`card:${rollback}`, { view: 'rollback', id: rollback, incident }])
    }
  }
  return chatsOf(world, incident).flatMap((chat) => {
    const frugal = world.chats.get(chat)?.can.frugal === true
    // There the card says it with its next change.
    if (frugal && event.type === 'incident.post-mortem-drafted') return []
    const waits = frugal && isProgress(event) ? ({ lazy: true } as const) : {}
    return [
      ...specs
        .filter(([key]) => !key.startsWith('incident:') || rootIsIncident(world, chat, incident, event.type))
        .map(([key, spec]) => row(chat, key, { ...spec, ...waits }, position)),
      ...moments(world, chat, incident, recorded),
    ]
  })
}

/** Only the numbers of its alerts are new. */
const growing = (event: Recorded['event']) =>
  event.type === 'incident.alerted' && event.data.news === 'more' ? ({ lazy: true } as const) : {}

function incidentOf(world: World, kind: string | undefined, id: string): string | undefined {
  if (kind === 'rollback') return world.desk.rollback(id)?.incident
  return kind === 'paging' ? world.desk.pagings.get(id)?.incident : kind === 'incident' ? id : undefined
}

const row = (chat: string, key: string, spec: Spec, wanted: number): Wish => rowOf(chat, key, spec, wanted)

/** An incident that a rollback opened has no card of its own: the rollback's card is its root. */
const rootIsIncident = (world: World, chat: string, incident: string, type: string): boolean =>
  type === 'incident.opened' || world.store.outbox.get(`${chat}/incident:${incident}`) !== null

/** The card under which a moment is told: its rollback's, else the newest of the incident. */
function rootOf(world: World, incident: string, rollback: string | null, position: number): string {
  const { rollbacks = [], cause } = world.desk.incident(incident) ?? {}
  const before = rollbacks.findLast((id) => (world.desk.rollback(id)?.position ?? position) < position)
  const newest = rollback ?? before ?? (cause === 'rollback' ? rollbacks[0] : undefined)
  return newest ? `card:${newest}` : `incident:${incident}`
}

/** One message holds the moments that came up before it was sent; those after it go into the next. */
function moments(world: World, chat: string, incident: string, { event, position, stream }: Recorded): Wish[] {
  if (!isTelling(event)) return []
  if (event.type === 'incident.opened' && event.data.cause === 'rollback') return []
  const rollback = rollbackOfStream(stream)
  const root = rootOf(world, incident, rollback, position)
  if (world.chats.get(chat)?.can.threads === false)
    return rollback ? [] : [toldBy(chat, incident, root, position, isProgress(event))]
  const name = momentRows(chat, root)
  const starts = (world.store.values.get(name) as number[] | null) ?? []
  const last = starts.at(-1)
  const open = last === undefined ? null : world.store.outbox.get(`${chat}/moments:${root}:${last}`)
  // A row of this very batch, or of one that a crash cut short, does not stand yet.
  const gathers = last !== undefined && (open === null || (open.delivered === 0 && !open.sending))
  const start = gathers ? last : starts.length === 0 ? 0 : position
  if (start !== last && (last === undefined || start > last)) world.store.values.set(name, [...starts, start])
  return [row(chat, `moments:${root}:${start}`, { view: 'moments', incident, root, from: start }, position)]
}

/** What can wait where every change of a card is counted: the next one shows it too. That somebody has it is waited for. */
const isProgress = (event: Recorded['event']): boolean =>
  event.type === 'page.acknowledged' ? event.data.by === 'acted' : /^(step|page)\./.test(event.type)

/** Where a chat has no threads the card itself tells its moments; those of its rollback change it anyway. */
function toldBy(chat: string, incident: string, root: string, position: number, lazy: boolean): Wish {
  const id = root.slice(root.indexOf(':') + 1)
  return row(
    chat,
    root,
    root.startsWith('card:') ? { view: 'rollback', id, incident, ...(lazy && { lazy }) } : { view: 'incident', id },
    position,
  )
}

export const momentRows = (chat: string, root: string): string => `moments/${chat}/${root}`

const homesKey = 'homes'

/** Remembers that somebody looked at her page, and wishes it anew. */
export function wantHome(world: World, account: Account, position: number): void {
  const known = (world.store.values.get(homesKey) as unknown as Account[] | null) ?? []
  if (!known.some((one) => homeRow(one) === homeRow(account)))
    world.store.values.set(homesKey, [...known, account] as unknown as Json)
  world.store.outbox.want(
    [row(account.chat, homeRow(account), { view: 'home', account }, position)],
    world.store.outbox.cursor(),
  )
}

const homeRow = (account: Account): string => `home:${account.tenant}:${account.user}`

function homes(world: World, { event, position }: Recorded): Wish[] {
  if (!homeEvents.has(event.type)) return []
  const known = (world.store.values.get(homesKey) as unknown as Account[] | null) ?? []
  return known
    .filter(({ chat }) => world.chats.get(chat)?.can.home !== false)
    .map((account) => row(account.chat, homeRow(account), { view: 'home', account }, position))
}

/** Posts an incident's draft again: refreshed where it stands, and announced once more. */
export async function wantPostMortem(world: World, incident: string, key: string): Promise<void> {
  const { position } = await world.ledger.head()
  const wishes = chatsOf(world, incident).flatMap((chat) => [
    row(chat, `post-mortem:${incident}`, { view: 'post-mortem', incident }, position),
    row(chat, `owner:${incident}:${key}`, { view: 'owner', incident }, position),
  ])
  world.store.outbox.want(wishes, world.store.outbox.cursor())
}

/** Tells the team's channels that somebody wants a rollback who may not start one. */
export async function wantPlease(
  world: World,
  of: { readonly service: string; readonly environment: string; readonly person: PersonId },
  key: string,
): Promise<void> {
  const { position } = await world.ledger.head()
  const channels = world.config().service(of.service)?.channels ?? {}
  const chats = [...world.chats.keys()].filter((chat) => channels[chat] !== undefined)
  const wishes = chats.map((chat) => row(chat, `please:${key}`, { view: 'please', ...of }, position))
  world.store.outbox.want(wishes, world.store.outbox.cursor())
}
