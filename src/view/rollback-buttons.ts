import { changeSteps, type Rollback, regionsOf, stepState } from '../core/rollback/state.ts'
import { names } from './names.ts'
import type { Button } from './view.ts'
import { type Voice, where } from './words.ts'

/** What a button on a rollback's card is bound to: exactly the plan and the preview that were shown. */
export const rollbackValue = (rollback: Pick<Rollback, 'id' | 'hash' | 'preview'>): string =>
  JSON.stringify({ id: rollback.id, h: rollback.hash, p: rollback.preview })

/** At most two that matter; the rest under “More”. */
export function cardButtons(
  v: Voice,
  of: { readonly rollback: Rollback; readonly evidence: string },
): { buttons: Button[]; more: Button[] } {
  const { rollback } = of
  const value = rollbackValue(rollback)
  const evidence: Button = { action: 'open.evidence', value: '', label: v.plain('button.evidence'), url: of.evidence }
  const preview: Button = { action: 'rollback.preview', value, label: v.plain('button.preview') }
  if (rollback.phase === 'awaiting-approval')
    return { buttons: approval(v, rollback, value), more: [preview, evidence] }
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
  return { buttons: after(v, rollback, value), more: [evidence] }
}

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
