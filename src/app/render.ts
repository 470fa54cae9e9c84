import type { Account } from '../core/actor.ts'
import type { Incident } from '../core/incident/state.ts'
import type { Rollback } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { homePage } from '../view/home.ts'
import { incidentCard } from '../view/incident-card.ts'
import { momentsNote } from '../view/moments.ts'
import { withPaging } from '../view/paging.ts'
import { postMortem } from '../view/post-mortem.ts'
import { rollbackCard } from '../view/rollback-card.ts'
import type { Card, Document, Home, Note } from '../view/view.ts'
import { drillOfIncident, drillsSoon } from './drills.ts'
import { filledOf } from './filled.ts'
import { ownerOf, postMortemOf } from './follow-ups.ts'
import { allStanding } from './freezes.ts'
import { livesIn } from './join.ts'
import { loadIncident, loadRollback, loadStory } from './load.ts'
import { askedOf, ownShifts } from './on-call-look.ts'
import { loadPaging } from './paging.ts'
import { policyNow, possibleApprovers } from './policy.ts'
import { nowOf, type World } from './world.ts'

/** The live card of a rollback as it stands now; null when there is no such rollback. */
export async function renderRollback(world: World, id: string, language: Language): Promise<Card | null> {
  const rollback = await loadRollback(world, id)
  const incident = rollback && (await loadIncident(world, rollback.incident))
  if (!rollback || !incident) return null
  return withPaging(rollbackCardOf(world, rollback, incident, language), await loadPaging(world, id), nowOf(world))
}

export function rollbackCardOf(world: World, rollback: Rollback, incident: Incident, language: Language): Card {
  return rollbackCard(
    {
      rollback,
      policy: policyNow(world, rollback),
      since: incident.openedAt,
      owner: incident.owner ?? (rollback.phase === 'ended' ? ownerOf(world, incident) : null),
      evidence: world.link(`/incidents/${incident.id}`),
      now: nowOf(world),
    },
    language,
  )
}

export async function renderIncident(
  world: World,
  chat: string,
  id: string,
  language: Language,
  signal: AbortSignal,
): Promise<Card | null> {
  const incident = await loadIncident(world, id)
  if (!incident) return null
  const lead = world.config().service(incident.service)?.team.commander ?? null
  const into = incident.closed?.into === undefined ? null : await livesIn(world, id)
  const card = incidentCard(incident, language, {
    evidence: world.link(`/incidents/${id}`),
    lead,
    room: into?.rooms.find((room) => room.chat === chat)?.channel ?? null,
    filled: await filledOf(world, incident, signal),
  })
  return withPaging(card, await loadPaging(world, id), nowOf(world))
}

/** The moments told under one root card, from one position up to, not including, another. */
export async function renderMoments(
  world: World,
  of: { readonly incident: string; readonly root: string; readonly from: number; readonly until: number | null },
  language: Language,
): Promise<Note | null> {
  const story = await loadStory(world, of.incident)
  if (!story) return null
  const { cause, rollbacks } = story.incident
  let newest: string | null = cause === 'rollback' ? (rollbacks[0] ?? null) : null
  const moments = story.moments.filter((moment) => {
    if (moment.rollback && rollbacks.indexOf(moment.rollback) > rollbacks.indexOf(newest ?? ''))
      newest = moment.rollback
    const rollback = moment.rollback ?? newest
    const root = rollback ? `card:${rollback}` : `incident:${of.incident}`
    return root === of.root && moment.position >= of.from && (of.until === null || moment.position < of.until)
  })
  return momentsNote({ moments, rollbacks: story.rollbacks, evidence: evidence(world, of.incident) }, language)
}

export async function renderPostMortem(world: World, id: string, language: Language): Promise<Document | null> {
  const story = await loadStory(world, id)
  if (!story) return null
  const owed = await postMortemOf(world, id)
  return postMortem({ ...story, dueAt: owed?.dueAt ?? null, evidence: evidence(world, id) }, language)
}

/** What waits for one account's person, what she owes, what is open. */
export async function renderHome(world: World, account: Account, language: Language): Promise<Home> {
  const person = world.config().personOf(account)
  const running = await Promise.all(world.desk.unfinished().map((id) => loadRollback(world, id)))
  const waiting = running.filter(
    (rollback): rollback is Rollback =>
      rollback !== null &&
      rollback.phase === 'awaiting-approval' &&
      person !== null &&
      possibleApprovers(world, rollback).includes(person),
  )
  return homePage(
    {
      waiting,
      owed: person ? world.desk.owedBy(person) : [],
      open: world.desk.openIncidents(),
      drills: drillsSoon(world),
      drillOf: (incident) => drillOfIncident(world, incident),
      freezes: allStanding(world, world.clock.now()),
      shifts: person ? ownShifts(world, person) : null,
      asked: person
        ? askedOf(world, person).map((one) => ({ ...one, name: world.config().directory().name(one.by) }))
        : [],
    },
    language,
  )
}

const evidence = (world: World, incident: string) => (position: number) =>
  `${world.link(`/incidents/${incident}`)}#e${position}`
