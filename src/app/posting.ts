import { languageIn } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import type { Incident } from '../core/incident/state.ts'
import type { MessageRef, Room } from '../ports/chat.ts'
import type { OutboxRow } from '../ports/store.ts'
import type { Language } from '../text/language.ts'
import { say, sayPlain } from '../text/say.ts'
import { note } from '../view/incident.ts'
import { names } from '../view/names.ts'
import { titleOf } from '../view/rollback-card.ts'
import type { Card, View } from '../view/view.ts'
import { voice } from '../view/words.ts'
import { alarmPosting } from './alarm.ts'
import { automaticView } from './automatic-posting.ts'
import { marked } from './drill-of.ts'
import { drillPosting } from './drill-posting.ts'
import { onCallThen, postMortemOf } from './follow-ups.ts'
import { freezePosting } from './freeze-posting.ts'
import { glassPosting } from './glass.ts'
import { joinedPosting } from './joined.ts'
import { loadIncident, loadRollback } from './load.ts'
import { ledgerMark } from './mark.ts'
import { isOnCallSpec, type OnCallSpec, onCallPosting } from './on-call-posting.ts'
import { policyAt, policyNow } from './policy.ts'
import { renderHome, renderIncident, renderMoments, renderPostMortem, renderRollback } from './render.ts'
import type { Posting } from './rows.ts'
import { momentRows, type Spec } from './wants.ts'
import { nowOf, type World } from './world.ts'

/** So many moments stand on a card; the others are in the post-mortem and on the console's page. */
const shownMoments = 8

/** Renders a row from the state of this moment and finds its room. */
export const posting = async (world: World, row: OutboxRow, signal: AbortSignal): Promise<Posting> =>
  marked(world, row.spec as unknown as Spec, await said(world, row, signal))

async function said(world: World, row: OutboxRow, signal: AbortSignal): Promise<Posting> {
  const spec = row.spec as unknown as Spec
  if (spec.view === 'home') {
    const language = world.config().directory().language(spec.account)
    return { room: { kind: 'home', account: spec.account }, view: await renderHome(world, spec.account, language) }
  }
  if (spec.view === 'witness') {
    const language = world.config().languageOf(row.chat, spec.channel)
    const witness = `${spec.position}:${spec.hash}`
    return {
      view: note(language, [say(language, 'ledger.witness', { witness })]),
      room: { kind: 'channel', channel: spec.channel },
    }
  }
  if (spec.view === 'freeze') return freezePosting(world, row.chat, spec)
  if (spec.view === 'drill') return drillPosting(world, row.chat, spec)
  if (spec.view === 'glass') return glassPosting(world, row.chat, spec)
  if (spec.view === 'alarm') return alarmPosting(world, row.chat, spec)
  if (spec.view === 'joined') return joinedPosting(world, row.chat, spec)
  if (isOnCallSpec(spec)) return onCallPosting(world, row.chat, spec)
  if (spec.view === 'please') return please(world, row.chat, spec)
  const incident = await loadIncident(world, spec.view === 'incident' ? spec.id : spec.incident)
  const service = incident && world.config().service(incident.service)
  const channel = service?.channels[row.chat]
  if (!incident || !service || !channel) return 'never'
  const language = languageIn(service, row.chat)
  const known = ownRoom(incident, row.chat)
  const can = world.chats.get(row.chat)?.can
  const home = can?.rooms === false ? 'thread' : incident.home
  const elsewhere = spec.view === 'line' && spec.service ? channelOf(world, spec.service, row.chat, channel) : null
  if (spec.view === 'line') {
    if (spec.service ? !elsewhere : home === 'thread') return 'never'
    if (!known) return 'later'
  }
  const view = await viewOf(world, row, spec, incident, language, signal)
  if (!view) return 'never'
  if (spec.view === 'line') return { view, room: { kind: 'channel', channel: elsewhere ?? channel } }
  if (spec.view === 'moments') {
    const root = world.store.outbox.get(`${row.chat}/${spec.root}`)?.ref as unknown as MessageRef | null | undefined
    return root ? { view, room: { kind: 'channel', channel: root.channel, thread: root.message } } : 'later'
  }
  const pin = spec.view === 'rollback' || spec.view === 'incident'
  if (home === 'thread') return { view, room: { kind: 'channel', channel } }
  if (known) return { view, room: { kind: 'channel', channel: known, pin } }
  return pin ? { view, room: await newRoom(world, row.chat, incident, language) } : 'later'
}

/** The channel of another service, unless both have the same. */
function channelOf(world: World, service: string, chat: string, other: string): string | null {
  const channel = world.config().service(service)?.channels[chat]
  return channel === other ? null : (channel ?? null)
}

const ownRoom = (incident: Incident, chat: string): string | null =>
  incident.rooms.find((room) => room.chat === chat)?.channel ?? null

async function viewOf(
  world: World,
  row: OutboxRow,
  spec: Exclude<
    Spec,
    OnCallSpec | { view: 'home' | 'please' | 'witness' | 'freeze' | 'drill' | 'glass' | 'alarm' | 'joined' }
  >,
  incident: Incident,
  language: Language,
  signal: AbortSignal,
): Promise<View | null> {
  switch (spec.view) {
    case 'rollback':
      return withMoments(world, row, incident.id, await renderRollback(world, spec.id, language))
    case 'incident':
      return withMoments(world, row, incident.id, await renderIncident(world, row.chat, spec.id, language, signal))
    case 'away':
      return note(language, [say(language, 'incident.away', { from: { at: spec.from }, until: { at: spec.until } })])
    case 'automatic':
      return automaticView(world, incident, spec.due, language)
    case 'post-mortem':
      return renderPostMortem(world, incident.id, language)
    case 'moments': {
      const starts = (world.store.values.get(momentRows(row.chat, spec.root)) as number[] | null) ?? []
      const until = starts.find((start) => start > spec.from) ?? null
      return renderMoments(world, { incident: incident.id, root: spec.root, from: spec.from, until }, language)
    }
    case 'line':
      return lineView(world, row.chat, spec.id, incident, language)
    case 'owner':
      return ownerView(world, incident, language)
  }
}

/** The newest moments, on the card itself where the chat has no threads to tell them in. */
async function withMoments(world: World, row: OutboxRow, incident: string, card: Card | null): Promise<Card | null> {
  if (!card || world.chats.get(row.chat)?.can.threads !== false) return card
  const root = row.key.slice(row.chat.length + 1)
  const told = await renderMoments(world, { incident, root, from: 0, until: null }, card.language)
  const items = told?.lines.slice(-shownMoments) ?? []
  if (items.length === 0) return card
  const title = { kind: 'muted', text: say(card.language, 'moment.newest') } as const
  return { ...card, blocks: [...card.blocks, { kind: 'divider' }, title, { kind: 'list', items }] }
}

/** One line in the team's channel: nothing said twice, only where to look and how it ended. */
async function lineView(
  world: World,
  chat: string,
  id: string,
  incident: Incident,
  language: Language,
): Promise<View | null> {
  const rollback = await loadRollback(world, id)
  const channel = ownRoom(incident, chat)
  if (!rollback || !channel) return null
  if (rollback.outcome) {
    const title = titleOf(voice(language), { rollback, since: incident.openedAt, now: nowOf(world) })
    return note(language, [say(language, 'incident.line-ended', { title, room: { room: channel } })])
  }
  const { from, to } = names(rollback)
  const { service } = rollback.plan
  return note(language, [say(language, 'incident.line', { id, service, from, to, room: { room: channel } })])
}

async function ownerView(world: World, incident: Incident, language: Language): Promise<View | null> {
  const owed = await postMortemOf(world, incident.id)
  if (!owed) return null
  const text = sayPlain(language, 'pm.draft-link')
  const link = incident.postMortem?.link ?? world.link(`/incidents/${incident.id}`)
  return note(
    language,
    [
      say(language, 'pm.drafted', {
        id: incident.id,
        link: { url: link, text },
        person: { person: owed.owner, mention: true },
        due: { at: owed.dueAt, show: 'date' },
      }),
    ],
    [{ action: 'postmortem.done', value: incident.id, label: sayPlain(language, 'button.post-mortem-done') }],
  )
}

async function newRoom(world: World, chat: string, incident: Incident, language: Language): Promise<Room> {
  const people = new Set(incident.opener === null ? onCallThen(world, incident) : [incident.opener])
  for (const id of incident.rollbacks) {
    const rollback = await loadRollback(world, id)
    if (rollback) for (const person of [rollback.requester, ...policyNow(world, rollback).approve]) people.add(person)
  }
  const service = world.config().service(incident.service)
  // Whoever owns what is suspected, and those who could approve: a rollback is asked for in this very room.
  for (const name of new Set([incident.service, incident.suspected?.chosen?.service ?? incident.service]))
    for (const person of answering(world, name)) people.add(person)
  if (incident.opener === null && service?.team.commander) people.add(service.team.commander)
  const directory = world.config().directory()
  const invite = [...people].map((person) => directory.account(person, chat)).filter((account) => account !== null)
  const at = incident.openedAt.slice(0, 16).replace('T', ' ')
  return {
    kind: 'incident',
    key: `${await ledgerMark(world)}/${chat}/room:${incident.id}`,
    name: `${incident.id}-${incident.service}`.toLowerCase(),
    topic: sayPlain(language, 'incident.topic', { id: incident.id, service: incident.service, at }),
    link: {
      title: sayPlain(language, 'incident.bookmark', { id: incident.id }),
      url: world.link(`/incidents/${incident.id}`),
    },
    invite,
  }
}

function answering(world: World, name: string): readonly PersonId[] {
  const service = world.config().service(name)
  if (!service) return []
  const { approve } = policyAt(world, service, service.defaultEnvironment.name, world.clock.now())
  return [...approve, ...service.team.members]
}

function please(world: World, chat: string, spec: Extract<Spec, { view: 'please' }>): Posting {
  const service = world.config().service(spec.service)
  const channel = service?.channels[chat]
  if (!service || !channel) return 'never'
  const language = languageIn(service, chat)
  const policy = policyAt(world, service, service.defaultEnvironment.name, world.clock.now())
  const may = policy.propose === 'anyone' ? service.team.members : policy.propose
  const text = say(language, 'answer.please', {
    people: { anyOf: may, mention: true },
    person: { person: spec.person },
    service: service.name,
  })
  const look = {
    action: 'rollback.look',
    value: JSON.stringify({ s: service.name }),
    label: sayPlain(language, 'button.candidates'),
    tone: 'primary' as const,
  }
  return { view: note(language, [text], [look]), room: { kind: 'channel', channel } }
}
