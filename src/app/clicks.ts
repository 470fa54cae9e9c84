import { factsAbout } from '../core/rollback/decide.ts'
import { concernedBy } from '../core/rollback/glass.ts'
import { targetId } from '../core/rollback/plan.ts'
import { isRefusal } from '../core/rollback/refusal.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { changeSteps, stepState } from '../core/rollback/state.ts'
import { say, sayPlain, type TextKey } from '../text/say.ts'
import { previewCard } from '../view/changes-card.ts'
import { note } from '../view/incident.ts'
import { names } from '../view/names.ts'
import { mentions } from '../view/people.ts'
import { reasonForm } from '../view/propose-form.ts'
import { rollbackValue } from '../view/rollback-buttons.ts'
import { verdictsNote } from '../view/verdicts.ts'
import type { Button } from '../view/view.ts'
import { voice } from '../view/words.ts'
import { askFor, besideCard, proposeMoves } from './ask.ts'
import { reference, refused } from './chosen.ts'
import type { Bound, Reply } from './command.ts'
import { abort, actAtOnce, approve, breakGlass, type Click, reject, review, type Settled } from './consent.ts'
import { drillOfRollback } from './drills.ts'
import { loadRollback } from './load.ts'
import { look } from './look.ts'
import type { Move } from './plan.ts'
import { policyAt, policyNow } from './policy.ts'
import { renderRollback } from './render.ts'
import { findScope, type Scope } from './scope.ts'
import { wantPlease } from './wants.ts'
import { nowOf } from './world.ts'

/** What a button on a rollback's card names. */
interface Named {
  readonly id: string
  readonly h: string
  readonly p: string
}

function named(value: string): Named | null {
  try {
    const { id, h, p } = JSON.parse(value) as Partial<Record<keyof Named, unknown>>
    return typeof id === 'string' && typeof h === 'string' && typeof p === 'string' ? { id, h, p } : null
  } catch {
    return null
  }
}

async function clicked(input: Bound, what: string): Promise<{ click: Click; rollback: Rollback } | Reply> {
  const value = named(input.value)
  if (!value) return refused(input, { refused: 'stale-button' })
  const rollback = await loadRollback(input.world, value.id)
  if (!rollback) return refused(input, { refused: 'unknown-rollback', id: value.id })
  const who = await input.who()
  const dedupe = `${input.delivery.id}:${what}`
  return { click: { rollback: value.id, hash: value.h, preview: value.p, who, dedupe }, rollback }
}

/** The card itself shows what a counted click did; only a refusal, or what the card does not say, is answered. */
async function answered(input: Bound, id: string, settled: Settled, outcome: string): Promise<Reply> {
  if (settled.status === 'done') return { view: null, outcome }
  const { no } = settled
  if (isRefusal(no) && no.refused === 'self-approval') return refused(input, no, id, waysOn(input, no.ways))
  if (isRefusal(no) && (no.refused === 'not-waiting' || no.refused === 'plan-differs')) return besideCard(input, no, id)
  return refused(input, no, id)
}

export async function pressApprove(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'approve')
  if ('outcome' in found) return found
  return answered(input, found.rollback.id, await approve(input.world, found.click), 'approved')
}

export async function pressAbort(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'abort')
  if ('outcome' in found) return found
  return answered(input, found.rollback.id, await abort(input.world, found.click, ''), 'aborted')
}

export async function pressReject(input: Bound): Promise<Reply> {
  const value = named(input.value)
  if (!value) return refused(input, { refused: 'stale-button' })
  const view = reasonForm(input.language, { form: 'rollback.reject', value: input.value, id: value.id, kind: 'reject' })
  return { view, outcome: 'asked' }
}

export async function submitReject(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'reject')
  if ('outcome' in found) return found
  return answered(
    input,
    found.rollback.id,
    await reject(input.world, found.click, input.inputs.reason ?? ''),
    'rejected',
  )
}

/** What the policy leaves to whoever may not approve her own request. */
const waysOn = (input: Bound, ways: readonly ('act-at-once' | 'break-glass')[]): readonly Button[] => {
  const { value } = input
  const label = (key: TextKey) => sayPlain(input.language, key)
  return ways.map((way) =>
    way === 'act-at-once'
      ? { action: 'rollback.at-once', value, label: label('button.at-once-short') }
      : { action: 'rollback.break-glass', value, label: label('button.break-glass') },
  )
}

/** *Act at once*: whoever is on call for the service does not wait, where the policy lets her. */
export async function pressAtOnce(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'at-once')
  if ('outcome' in found) return found
  return answered(input, found.rollback.id, await actAtOnce(input.world, found.click), 'at-once')
}

/** *Break glass…*: the dialog repeats the effect and who will hear of it, and asks why. */
export async function pressBreakGlass(input: Bound): Promise<Reply> {
  const { world, language } = input
  const value = named(input.value)
  const rollback = value && (await loadRollback(world, value.id))
  if (!rollback) return refused(input, { refused: 'stale-button' })
  const { id, plan } = rollback
  const v = voice(language)
  const { from, to, regions } = names(rollback)
  const policy = policyNow(world, rollback)
  const person = world.config().personOf(input.delivery.account)
  const told = concernedBy(rollback, policy).filter((one) => one !== person)
  const about = [
    v.say('form.glass-effect', { service: plan.service, from, to, regions }),
    ...(told.length > 0 ? [v.say('form.glass-told', { people: mentions(v, told) })] : []),
    v.say('form.glass-reviewed'),
  ]
  const form = { form: 'rollback.break-glass', value: rollbackValue(rollback), id, kind: 'glass', about } as const
  return { view: reasonForm(language, form), outcome: 'asked' }
}

export async function submitBreakGlass(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'break-glass')
  if ('outcome' in found) return found
  const settled = await breakGlass(input.world, found.click, input.inputs.reason ?? '')
  return answered(input, found.rollback.id, settled, 'glass-broken')
}

/** *Close the review*: what was found. */
export async function pressReview(input: Bound): Promise<Reply> {
  const value = named(input.value)
  if (!value) return refused(input, { refused: 'stale-button' })
  const view = reasonForm(input.language, { form: 'rollback.review', value: input.value, id: value.id, kind: 'review' })
  return { view, outcome: 'asked' }
}

export async function submitReview(input: Bound): Promise<Reply> {
  const found = await clicked(input, 'review')
  if ('outcome' in found) return found
  const settled = await review(input.world, found.click, input.inputs.reason ?? '')
  return answered(input, found.rollback.id, settled, 'reviewed')
}

/** *Who may?*: what the rules say of whoever asks, and who could. */
export async function pressWhoMay(input: Bound): Promise<Reply> {
  const value = named(input.value)
  const rollback = value && (await loadRollback(input.world, value.id))
  if (!rollback) return refused(input, { refused: 'stale-button' })
  const { person, standing } = await input.who()
  const facts = factsAbout(rollback, { person, standing, policy: policyNow(input.world, rollback) }, nowOf(input.world))
  const of = { facts, id: rollback.id, deeds: ['approve', 'act-at-once', 'break-glass', 'reject'] as const }
  return { view: verdictsNote(of, input.language), outcome: 'explained' }
}

export async function pressPreview(input: Bound): Promise<Reply> {
  const value = named(input.value)
  const rollback = value && (await loadRollback(input.world, value.id))
  if (!rollback) return refused(input, { refused: 'stale-button' })
  return { view: previewCard(rollback, input.language), outcome: 'shown' }
}

export async function pressShow(input: Bound): Promise<Reply> {
  const value = named(input.value)
  const view = value && (await renderRollback(input.world, value.id, input.language))
  return view ? { view, outcome: 'shown' } : refused(input, { refused: 'stale-button' })
}

/** What a drill had broken is not to be brought back after it. */
function drillOver(input: Bound, rollback: string): Reply | null {
  const drill = input.world.desk.drill(drillOfRollback(input.world, rollback) ?? '')
  return drill && drill.phase !== 'running' ? refused(input, { refused: 'drill-over', id: drill.id }) : null
}

/** *Undo*: asks why; the answer becomes a new rollback, back to where each region was. */
export async function pressUndo(input: Bound): Promise<Reply> {
  const value = named(input.value)
  if (!value) return refused(input, { refused: 'stale-button' })
  const over = drillOver(input, value.id)
  if (over) return over
  return {
    view: reasonForm(input.language, { form: 'rollback.undo', value: input.value, id: value.id, kind: 'undo' }),
    outcome: 'asked',
  }
}

export async function submitUndo(input: Bound): Promise<Reply> {
  const value = named(input.value)
  const rollback = value && (await loadRollback(input.world, value.id))
  if (!rollback) return refused(input, { refused: 'stale-button' })
  const scope = scopeOfRollback(input, rollback)
  if (!scope) return refused(input, { refused: 'gone' })
  const over = drillOver(input, rollback.id)
  if (over) return over
  const moves = changeSteps(rollback.plan).flatMap((step): Move[] => {
    if (!['to', 'between'].includes(stepState(rollback, step.id).at)) return []
    const target = scope.targets.find((one) => one.id === targetId(step.target))
    return target ? [{ target, to: step.from }] : []
  })
  return proposeMoves(input, scope, moves, input.inputs.reason ?? '', rollback.id)
}

/** *Ask again* and *Continue*: the dialog anew, for the same version, where it is not there yet. */
export async function pressAgain(input: Bound): Promise<Reply> {
  const value = named(input.value)
  const rollback = value && (await loadRollback(input.world, value.id))
  const scope = rollback && scopeOfRollback(input, rollback)
  if (!rollback || !scope) return refused(input, { refused: 'gone' })
  const found = await look(input.world, scope, input.signal)
  const wanted = new Set(changeSteps(rollback.plan).map((step) => step.to.id))
  const chosen = found.candidates.find((one) => Object.values(one.releases).some((release) => wanted.has(release.id)))
  if (!chosen) {
    const version = changeSteps(rollback.plan)[0]?.to.version ?? '?'
    return refused(input, { refused: 'nothing-to-do', version })
  }
  return askFor(input, scope, found, chosen)
}

/** *Ask …*: tells those who may start a rollback that somebody wants one. */
export async function pressAskThem(input: Bound): Promise<Reply> {
  const { world, language } = input
  const service = world.config().service(reference(input.value)?.service ?? '')
  if (!service) return refused(input, { refused: 'gone' })
  const { person } = await input.who()
  if (!person) return refused(input, { refused: 'unknown-person' })
  const environment = reference(input.value)?.environment ?? service.defaultEnvironment.name
  await wantPlease(world, { service: service.name, environment, person }, input.delivery.id)
  const { propose } = policyAt(world, service, environment, world.clock.now())
  const people = { anyOf: propose === 'anyone' ? service.team.members : propose }
  return {
    view: note(language, [say(language, 'answer.asked-them', { people })]),
    outcome: `asked-them:${service.name}`,
  }
}

function scopeOfRollback(input: Bound, rollback: Rollback): Scope | null {
  const scope = findScope(input.world.config(), rollback.plan.service, rollback.plan.environment)
  if ('refused' in scope) return null
  const wanted = new Set(changeSteps(rollback.plan).map((step) => targetId(step.target)))
  return { ...scope, targets: scope.targets.filter((target) => wanted.has(target.id)) }
}
