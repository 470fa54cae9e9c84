import { type Automatic, counting } from '../core/incident/automatic.ts'
import { type Incident, incidentStream } from '../core/incident/state.ts'
import { mayStop, whoMayStop } from '../core/policy/automatic.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { say } from '../text/say.ts'
import { whyText } from '../view/automatic.ts'
import { note } from '../view/incident.ts'
import type { AnyRefusal } from '../view/refusal.ts'
import { voice } from '../view/words.ts'
import { besideCard } from './ask.ts'
import { refused } from './chosen.ts'
import type { Bound, Reply } from './command.ts'
import { commit, write } from './commit.ts'
import { loadIncident } from './load.ts'
import { policyAt } from './policy.ts'
import type { Who } from './who.ts'

/** *Stop* on an announcement: whatever counts down in that incident then does not begin, and nothing after it by itself. */
export async function pressStopAutomatic(input: Bound): Promise<Reply> {
  const { world, delivery } = input
  const id = incidentOf(input.value)
  const known = id === null ? null : await loadIncident(world, id)
  if (!known) return refused(input, { refused: 'stale-button' })
  const who = await input.who()
  let already: Automatic | null = null
  const dedupe = `${delivery.id}:stop-automatic`
  const result = await commit<AnyRefusal>(world, { actor: who.actor, dedupe }, async () => {
    const incident = await loadIncident(world, known.id)
    const last = incident?.automatic.at(-1)
    if (!incident || !last) return { refused: 'stale-button' }
    const no = notHers(input, last, who)
    if (no) return no
    if (last.rollback !== null) return { refused: 'automatic-acted', rollback: last.rollback }
    already = counting(incident) ? null : last
    if (already) return []
    const data = { due: last.position, person: who.person, why: 'hand' } as const
    return [write(incidentStream(incident.id), incident.version, { type: 'incident.automatic-stopped', v: 1, data })]
  })
  if (result.status === 'refused') {
    const { no } = result
    return no.refused === 'automatic-acted' ? besideCard(input, no, no.rollback) : refused(input, no)
  }
  return already === null
    ? { view: null, outcome: 'stopped' }
    : { view: over(already, known, input), outcome: 'stopped-before' }
}

function incidentOf(value: string): string | null {
  try {
    const { i } = JSON.parse(value) as { i?: unknown }
    return typeof i === 'string' ? i : null
  } catch {
    return null
  }
}

function notHers({ world }: Bound, { service: name, environment }: Automatic, who: Who): Refusal | null {
  const { person, standing, actor, asOf } = who
  if (person === null) return { refused: 'unknown-person' }
  const service = world.config().service(name)
  const policy = service && policyAt(world, service, environment, world.clock.now())
  const may = policy ? whoMayStop(policy) : []
  const lost = actor.kind === 'person' && world.desk.accountLostSince(actor.account, asOf)
  if (standing !== 'member' || lost)
    return { refused: 'standing', standing: lost ? 'deactivated' : standing, approvers: may }
  return policy && !mayStop(policy, person) ? { refused: 'may-not-stop', may, roles: policy.roles } : null
}

/** A second click, or one on what ended by itself, tells how it stands. */
function over(automatic: Automatic, { closed }: Incident, { language }: Bound) {
  const v = voice(language)
  const why = automatic.stopped ?? { why: 'closed' as const, person: closed?.person ?? null }
  return note(language, [say(language, 'automatic.already', { why: whyText(v, why) })])
}
