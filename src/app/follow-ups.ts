import { astern, asternId, type PersonId, personOrNull } from '../core/actor.ts'
import { type Incident, incidentStream } from '../core/incident/state.ts'
import type { Owed } from '../projection/desk.ts'
import { type By, commit, write } from './commit.ts'
import { loadIncident } from './load.ts'
import { onCallFor } from './on-call.ts'
import { nowOf, type World } from './world.ts'

export const followUpStream = (incident: string): string => `follow-up/post-mortem-${incident}`

/** Who owes an incident's post-mortem, and until when; null while nobody does. */
export async function postMortemOf(world: Pick<World, 'ledger'>, incident: string): Promise<Owed | null> {
  const events = await world.ledger.stream(followUpStream(incident))
  const opened = events.map(({ event }) => event).find((event) => event.type === 'follow-up.opened')
  return opened ? opened.data : null
}

/**
 * Who is to own an incident's post-mortem: whoever asked for the first rollback, if it was a person; else who opened it, else who was on
 * call then.
 */
export const ownerOf = (world: Pick<World, 'desk' | 'config'>, incident: Incident): PersonId | null =>
  personOrNull(world.desk.rollback(incident.rollbacks[0] ?? '')?.requester ?? asternId) ??
  incident.opener ??
  onCallThen(world, incident)[0] ??
  null

/** Who was on call for an incident's service when it began; where nobody was, who leads the team, or else the team. */
export function onCallThen(
  world: Pick<World, 'desk' | 'config'>,
  { service, openedAt }: Pick<Incident, 'service' | 'openedAt'>,
): readonly PersonId[] {
  const people = onCallFor(world, service, Temporal.Instant.from(openedAt))?.people ?? []
  const team = world.config().service(service)?.team
  if (people.length > 0 || !team) return people
  return team.commander === null ? team.members : [team.commander]
}

/** Somebody says that the post-mortem is done; null when none is owed any more. */
export async function finishPostMortem(world: World, incident: string, by: By & { readonly person: PersonId }) {
  const result = await commit<{ readonly refused: 'nothing-owed'; readonly id: string }>(world, by, async () => {
    const stream = followUpStream(incident)
    const events = await world.ledger.stream(stream)
    const owed = events.at(-1)?.event
    if (owed?.type !== 'follow-up.opened') return { refused: 'nothing-owed', id: incident }
    const { person } = by
    return [write(stream, events.length, { type: 'follow-up.done', v: 1, data: { id: owed.data.id, person } })]
  })
  return result.status === 'refused' ? result.no : null
}

const dueAfterMs = 5 * 24 * 3_600_000

/** Names the owner of a post-mortem once its draft stands. */
export async function askForPostMortem(
  world: World,
  incident: string,
  owner: PersonId,
  link: string | null,
): Promise<void> {
  await commit<never>(world, { actor: astern, dedupe: `post-mortem:${incident}` }, async () => {
    const state = await loadIncident(world, incident)
    if (!state) return []
    const dueAt = Temporal.Instant.from(nowOf(world)).add({ milliseconds: dueAfterMs }).toString()
    const id = `post-mortem-${incident}`
    return [
      write(followUpStream(incident), 0, {
        type: 'follow-up.opened',
        v: 1,
        data: { id, what: 'post-mortem', incident, owner, dueAt },
      }),
      write(incidentStream(incident), state.version, {
        type: 'incident.post-mortem-drafted',
        v: 1,
        data: { owner, ...(link && { link }) },
      }),
    ]
  })
}
