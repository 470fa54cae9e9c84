import { say } from '../text/say.ts'
import { reasonForm } from '../view/propose-form.ts'
import { submitPropose } from './ask.ts'
import { refused } from './chosen.ts'
import { submitUndo } from './clicks.ts'
import type { Bound, Reply } from './command.ts'
import { againOf } from './override-button.ts'

/** *Override with a reason…*: the dialog that asks for it. */
export async function pressOverride(input: Bound): Promise<Reply> {
  const { language, value } = input
  if (!againOf(value)) return refused(input, { refused: 'stale-button' })
  const about = [say(language, 'form.override-told')]
  return {
    view: reasonForm(language, { form: 'freeze.override', value, id: '', kind: 'override', about }),
    outcome: 'asked',
  }
}

/** The dialog that the freeze refused, once more, with the reason to override it. */
export async function submitOverride(input: Bound): Promise<Reply> {
  const again = againOf(input.value)
  const submits = { 'rollback.propose': submitPropose, 'rollback.undo': submitUndo }
  const submit = again && Object.hasOwn(submits, again.form) ? submits[again.form as keyof typeof submits] : null
  if (!again || !submit) return refused(input, { refused: 'stale-button' })
  const override = input.inputs.reason?.trim() ?? ''
  if (override === '') return refused(input, { refused: 'no-reason' })
  return submit({ ...input, value: again.value, inputs: { ...again.inputs, override } })
}
