import { Fault } from '../core/fault.ts'
import { needsOf } from '../core/policy/needs.ts'
import { whoMay } from '../core/policy/verdict.ts'
import type { Candidate } from '../core/release/candidates.ts'
import type { PlannedLine } from '../core/rollback/plan.ts'
import { say, sayPlain } from '../text/say.ts'
import { candidatesCard } from '../view/candidates.ts'
import { changesCard } from '../view/changes-card.ts'
import { note } from '../view/incident.ts'
import type { Look } from '../view/look.ts'
import { peopleText } from '../view/people.ts'
import { proposeForm } from '../view/propose-form.ts'
import type { AnyRefusal } from '../view/refusal.ts'
import { refusalNote } from '../view/refusal.ts'
import { atOnceButton } from '../view/rollback-buttons.ts'
import { voice } from '../view/words.ts'
import { reference, refused, scopeOf } from './chosen.ts'
import type { Bound, Input, Reply } from './command.ts'
import { loadIncident, loadRollback } from './load.ts'
import { look } from './look.ts'
import { overrideButtons } from './override-button.ts'
import { layersOf, type Move, planMoves } from './plan.ts'
import { policyAt, policyNow, possibleApprovers } from './policy.ts'
import { propose } from './propose.ts'
import { rollbackCardOf } from './render.ts'
import { laneOf, type Scope } from './scope.ts'

/** Looks at what a button's reference names, anew. */
async function lookAgain(input: Bound): Promise<{ scope: Scope; found: Look; candidate: string | null } | AnyRefusal> {
  const ref = reference(input.value)
  if (!ref) return { refused: 'stale-button' }
  const scope = scopeOf(input, ref)
  if ('refused' in scope) return scope
  return { scope, found: await look(input.world, scope, input.signal), candidate: ref.candidate }
}

/** *Look again*: the candidates as they are now. */
export async function pressLook(input: Bound): Promise<Reply> {
  const seen = await lookAgain(input)
  if ('refused' in seen) return refused(input, seen)
  return { view: candidatesCard(seen.found, input.language, { chosen: seen.found.suggested }), outcome: 'shown' }
}

/** *Roll back … to …*: the dialog that asks for the reason. */
export async function pressChoose(input: Bound): Promise<Reply> {
  const seen = await lookAgain(input)
  if ('refused' in seen) return refused(input, seen)
  const { scope, found, candidate } = seen
  const named = found.candidates.find((one) => one.key === candidate)
  // The button named a version: never another one in its place.
  if (candidate !== null && !named) return lookAgainCard(input, found)
  const chosen = named ?? found.suggested ?? found.candidates.find((one) => one.blockers.length === 0)
  if (!chosen)
    return refused(input, { refused: 'not-a-candidate', service: found.service, version: '?', why: null, known: [] })
  return askFor(input, scope, found, chosen)
}

/** The dialog for a candidate, or what stands in its way. */
export async function askFor(input: Input, scope: Scope, found: Look, chosen: Candidate): Promise<Reply> {
  if (chosen.blockers.length > 0) return refused(input, { refused: 'blocked', blockers: chosen.blockers })
  return { view: await formFor(input, scope, found, chosen), outcome: 'asked' }
}

/** The dialog for a candidate, with what would change when that can be worked out in time. */
async function formFor(input: Input, scope: Scope, found: Look, chosen: Candidate) {
  const { world, delivery } = input
  const policy = policyAt(world, scope.service, scope.environment.name, world.clock.now())
  const requester = world.config().personOf(delivery.account)
  const moves = movesTo(scope, chosen, null)
  const needs = needsOf(policy, layersOf(world, moves))
  const etas = moves.map(({ target }) => world.desk.etaMs(target.id)).filter((eta) => eta !== null)
  const sequence = scope.environment.order === 'sequence'
  return proposeForm(
    {
      look: found,
      chosen,
      regions: moves.map(({ target }) => laneOf(scope, target)),
      preview: await previewInTime(input, scope, moves),
      etaMs: etas.length === 0 ? null : sequence ? etas.reduce((sum, eta) => sum + eta, 0) : Math.max(...etas),
      approvers: whoMay('approve', { policy, requester, needs, given: [], glassBroken: null }),
      roles: policy.roles,
      tier: policy.tier,
      approvals: needs.approvals + needs.kinds.length,
      atOnce: requester !== null && needs.kinds.length === 0 && policy.emergency.includes(requester),
    },
    input.language,
  )
}

const previewWithinMs = 1_200

/** Slack gives three seconds to open a dialog: a preview that is not there by then comes with the card. */
async function previewInTime(input: Input, scope: Scope, moves: readonly Move[]) {
  const { clock } = input.world
  const patience = new AbortController()
  const planned = planMoves(input.world, scope, moves, AbortSignal.any([input.signal, patience.signal])).then(
    ({ plan }) =>
      plan.steps.flatMap((step): { region: string; lines: readonly PlannedLine[] }[] =>
        step.kind === 'change' ? [{ region: step.id, lines: step.preview }] : [],
      ),
  )
  const late = clock.sleep(previewWithinMs, patience.signal).then(() => null)
  try {
    return await Promise.race([planned, late])
  } catch (cause) {
    if (cause instanceof Fault) return null
    throw cause
  } finally {
    patience.abort()
    await Promise.allSettled([planned, late])
  }
}

/** What it takes to bring the named regions (all that are not there yet, when null) to a candidate. */
function movesTo(scope: Scope, chosen: Candidate, regions: readonly string[] | null): Move[] {
  return scope.targets.flatMap((target): Move[] => {
    const lane = laneOf(scope, target)
    const to = chosen.releases[lane]
    if (!to || chosen.alreadyIn.includes(lane)) return []
    return regions === null || regions.includes(lane) ? [{ target, to }] : []
  })
}

/** *What changes*: the very dry run that a plan would be made of, shown to whoever asks. */
export async function pressChanges(input: Bound): Promise<Reply> {
  const seen = await lookAgain(input)
  if ('refused' in seen) return refused(input, seen)
  const { scope, found, candidate } = seen
  const chosen = found.candidates.find((one) => one.key === candidate)
  if (!chosen) return lookAgainCard(input, found)
  const { plan, blockers } = await planMoves(input.world, scope, movesTo(scope, chosen, null), input.signal)
  const title = sayPlain(input.language, 'card.what-changes', { version: chosen.version })
  return { view: changesCard(title, plan, blockers, input.language), outcome: 'shown' }
}

/** *Ask for approval*: plans, dry-runs, proposes. */
export async function submitPropose(input: Bound): Promise<Reply> {
  const seen = await lookAgain(input)
  if ('refused' in seen) return refused(input, seen)
  const { scope, found } = seen
  const { candidate = '', regions = '*', reason = '' } = input.inputs
  const chosen = found.candidates.find((one) => one.key === candidate)
  if (!chosen) return lookAgainCard(input, found)
  const blocked = chosen.blockers.filter((blocker) => regions === '*' || blocker.region === regions)
  if (blocked.length > 0) return refused(input, { refused: 'blocked', blockers: blocked })
  return proposeMoves(input, scope, movesTo(scope, chosen, regions === '*' ? null : [regions]), reason)
}

/** What was chosen is no longer there: says so and shows what is. */
function lookAgainCard(input: Bound, found: Look): Reply {
  const card = candidatesCard(found, input.language, { chosen: found.suggested })
  return {
    view: { ...card, blocks: [{ kind: 'text', text: say(input.language, 'refusal.gone') }, ...card.blocks] },
    outcome: 'refused:gone',
  }
}

export async function proposeMoves(
  input: Bound,
  scope: Scope,
  moves: readonly Move[],
  reason: string,
  undoes?: string,
): Promise<Reply> {
  const { world, delivery, language, signal } = input
  const who = await input.who()
  const { override } = input.inputs
  const more = { ...(undoes && { undoes }), ...(override && { override }) }
  const asked = { scope, moves, reason, who, dedupe: `${delivery.id}:propose`, ...more }
  const outcome = await propose(world, asked, signal)
  if (outcome.status === 'refused') {
    const { no } = outcome
    if (no.refused === 'locked') return besideCard(input, no, no.rollback)
    if (no.refused === 'frozen') return refused(input, no, undefined, overrideButtons(input, no, who.person))
    if (no.refused === 'may-not-propose' && no.may.length > 0)
      return refused(input, no, undefined, [askThem(input, scope)])
    return refused(input, no)
  }
  const rollback = await loadRollback(world, outcome.rollback)
  if (!rollback) throw new TypeError(`there is no rollback ${outcome.rollback}`)
  const { id, phase } = rollback
  const policy = policyNow(world, rollback)
  const own = policy.incident === 'channel' && world.chats.get(delivery.account.chat)?.can.rooms !== false
  const room = say(language, own ? 'answer.incident-room' : 'answer.team-room', {
    id: outcome.incident,
  }).join('')
  if (phase !== 'awaiting-approval')
    return {
      view: note(language, [say(language, 'answer.proposed-no-approval', { id, room })]),
      outcome: `proposed:${id}`,
    }
  const v = voice(language)
  const people = peopleText(v, possibleApprovers(world, rollback), policy.roles)
  const atOnce = policy.emergency.includes(rollback.requester) ? [atOnceButton(v, rollback)] : []
  const lines = [say(language, 'answer.proposed', { id, room, people })]
  return { view: note(language, lines, atOnce), outcome: `proposed:${id}` }
}

const askThem = ({ language }: Input, scope: Scope) => ({
  action: 'rollback.ask-them',
  value: JSON.stringify({ s: scope.service.name, e: scope.environment.name }),
  label: say(language, 'button.ask-them', { people: scope.service.team.name }).join(''),
})

/** A refusal above the card of the rollback it speaks of: whoever lost the race sees the same card. */
export async function besideCard(input: Input, no: AnyRefusal, id: string): Promise<Reply> {
  const rollback = await loadRollback(input.world, id)
  const incident = rollback && (await loadIncident(input.world, rollback.incident))
  if (!rollback || !incident) return refused(input, no, id)
  const card = rollbackCardOf(input.world, rollback, incident, input.language)
  const { lines } = refusalNote(no, input.language, { account: input.delivery.account, id })
  const above = lines.map((text) => ({ kind: 'text' as const, text }))
  return {
    view: { ...card, blocks: [...above, { kind: 'divider' }, ...card.blocks] },
    outcome: `refused:${no.refused}`,
  }
}
