import { targetId } from '../core/rollback/plan.ts'
import { isRefusal } from '../core/rollback/refusal.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { changeSteps, stepState } from '../core/rollback/state.ts'
import { say } from '../text/say.ts'
import { previewCard } from '../view/changes-card.ts'
import { note } from '../view/incident.ts'
import { reasonForm } from '../view/propose-form.ts'
import { askFor, besideCard, proposeMoves } from './ask.ts'
import { reference, refused } from './chosen.ts'
import type { Bound, Reply } from './command.ts'
import { abort, approve, type Click, reject, type Settled } from './consent.ts'
import { loadRollback } from './load.ts'
import { findScope, look, type Scope } from './look.ts'
import type { Move } from './plan.ts'
import { renderRollback } from './render.ts'
import { wantPlease } from './wants.ts'

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

/** *Undo*: asks why; the answer becomes a new rollback, back to where each region was. */
export async function pressUndo(input: Bound): Promise<Reply> {
  const value = named(input.value)
  if (!value) return refused(input, { refused: 'stale-button' })
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
  await wantPlease(world, service.name, person, input.delivery.id)
  const { propose } = world.config().policyFor(service)
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
