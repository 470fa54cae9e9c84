import type { Policy } from '../core/policy/policy.ts'
import { changeSteps, type Rollback, regionsOf, stepState } from '../core/rollback/state.ts'
import { names } from './names.ts'
import type { Button } from './view.ts'
import { type Voice, where } from './words.ts'

/** What a button on a rollback's card is bound to: exactly the plan and the preview that were shown. */
export const rollbackValue = (rollback: Pick<Rollback, 'id' | 'hash' | 'preview'>): string =>
  JSON.stringify({ id: rollback.id, h: rollback.hash, p: rollback.preview })

/** The same for a menu, which has room for the beginnings of the digests only. */
const menuValue = ({ id, hash, preview }: Pick<Rollback, 'id' | 'hash' | 'preview'>): string =>
  JSON.stringify({ id, h: hash.slice(0, 8), p: preview.slice(0, 8) })

/** At most two that matter; the rest under “More”. */
export function cardButtons(
  v: Voice,
  of: { readonly rollback: Rollback; readonly policy: Policy; readonly evidence: string },
): { buttons: Button[]; more: Button[] } {
  const { rollback } = of
  const value = rollbackValue(rollback)
  const evidence: Button = { action: 'open.evidence', value: '', label: v.plain('button.evidence'), url: of.evidence }
  const preview: Button = { action: 'rollback.preview', value, label: v.plain('button.preview') }
  if (rollback.phase === 'awaiting-approval')
    return { buttons: approval(v, rollback, value), more: [preview, evidence, ...besides(v, rollback, of.policy)] }
  if (rollback.phase !== 'ended') {
    const abort: Button = {
      action: 'rollback.abort',
      value,
      label: v.plain('button.abort'),
      tone: 'danger',
      confirm: {
        title: v.plain('button.abort'),
        text: v.plain('confirm.abort'),
        yes: v.plain('confirm.yes-abort'),
        no: v.plain('confirm.no'),
      },
    }
    return { buttons: rollback.abort ? [] : [abort], more: [preview, evidence] }
  }
  const review = rollback.glass && !rollback.glass.reviewed ? [reviewButton(v, rollback)] : []
  return { buttons: [...after(v, rollback, value), ...review], more: [evidence] }
}

/** *Act at once*, for whoever is on call, and *Break glass…*, where the policy has them at all; *Who may?* tells who. */
const besides = (v: Voice, rollback: Rollback, policy: Policy): Button[] => [
  ...(policy.emergency.length > 0 && !rollback.atOnce ? [atOnceButton(v, rollback)] : []),
  ...(policy.breakGlass.length > 0
    ? [{ action: 'rollback.break-glass', value: menuValue(rollback), label: v.plain('button.break-glass') }]
    : []),
  { action: 'rollback.who-may', value: menuValue(rollback), label: v.plain('button.who-may') },
]

/** Asks once more, with the effect repeated. */
export function atOnceButton(v: Voice, rollback: Rollback): Button {
  const { service } = rollback.plan
  const regions = where(v, regionsOf(rollback.plan))
  const { from, to } = names(rollback)
  return {
    action: 'rollback.at-once',
    value: menuValue(rollback),
    label: v.plain('button.at-once', { where: regions }),
    confirm: {
      title: v.plain('button.at-once', { where: regions }),
      text: v.plain('confirm.at-once', { service, where: regions, from, to }),
      yes: v.plain('confirm.yes-approve'),
      no: v.plain('confirm.no'),
    },
  }
}

/** *Close the review* of a broken glass. */
export const reviewButton = (v: Voice, rollback: Pick<Rollback, 'id' | 'hash' | 'preview'>): Button => ({
  action: 'rollback.review',
  value: menuValue(rollback),
  label: v.plain('button.review'),
})

function approval(v: Voice, rollback: Rollback, value: string): Button[] {
  const { service } = rollback.plan
  const regions = where(v, regionsOf(rollback.plan))
  const { from, to } = names(rollback)
  return [
    {
      action: 'rollback.approve',
      value,
      label: v.plain(rollback.undoes ? 'button.approve-undo' : 'button.approve', { where: regions }),
      tone: 'primary',
      confirm: {
        title: v.plain(rollback.undoes ? 'button.approve-undo' : 'button.approve', { where: regions }),
        text: v.plain('confirm.approve', { service, where: regions, from, to }),
        yes: v.plain('confirm.yes-approve'),
        no: v.plain('confirm.no'),
      },
    },
    { action: 'rollback.reject', value, label: v.plain('button.reject'), tone: 'danger' },
  ]
}

function after(v: Voice, rollback: Rollback, value: string): Button[] {
  const steps = changeSteps(rollback.plan)
  const moved = steps.filter((step) => ['to', 'between'].includes(stepState(rollback, step.id).at))
  const left = steps.filter((step) => stepState(rollback, step.id).at !== 'to')
  const { from, to } = names(rollback)
  if (rollback.outcome === 'rejected' || rollback.outcome === 'expired')
    return [{ action: 'rollback.again', value, label: v.plain('button.again') }]
  if (moved.length === 0) return [{ action: 'rollback.again', value, label: v.plain('button.again') }]
  const undo = (label: string): Button => ({ action: 'rollback.undo', value, label })
  if (left.length === 0) return [undo(v.plain('button.undo', { version: from }))]
  const list = (of: typeof steps) => ({ list: of.map((step) => step.target.region) })
  return [
    {
      action: 'rollback.again',
      value,
      label: v.plain('button.continue', { regions: list(left), version: to }),
      tone: 'primary',
    },
    undo(v.plain('button.undo-region', { regions: list(moved), version: from })),
  ]
}
