import type { types } from '@slack/bolt'
import type { Place } from '../../../../core/delivery/delivery.ts'
import type { Form, Input } from '../../../../view/view.ts'
import { drawBlocks } from './blocks.ts'
import { label } from './buttons.ts'
import { Ink } from './ink.ts'
import { Rich } from './rich.ts'

/** What a form carries through the dialog and back: which it is, what it is bound to, where its answer goes. */
export interface FormMemory {
  readonly form: string
  readonly value: string
  readonly place: Place | null
}

/** https://docs.slack.dev/reference/views/modal-views */
const titleChars = 24
const memoryChars = 3000
const radioOptions = 10
const selectOptions = 100

/** The one action id of every input; its block id is the input's own id. */
export const inputAction = 'input'

export function drawForm(form: Form, place: Place | null, ink: Ink): types.ModalView {
  const memory: FormMemory = { form: form.form, value: form.value, place }
  const private_metadata = JSON.stringify(memory)
  if (private_metadata.length > memoryChars) throw new TypeError(`the value of form ${form.form} is too long for Slack`)
  const inDialog = new Ink({ names: ink.names, language: ink.language, plans: false })
  return {
    type: 'modal',
    callback_id: form.form,
    private_metadata,
    title: label(form.title, titleChars),
    submit: label(form.submit, titleChars),
    close: label(form.cancel, titleChars),
    blocks: [...drawBlocks(new Rich(), form.blocks, inDialog), ...form.inputs.map(drawInput)],
  }
}

function drawInput(input: Input): types.InputBlock {
  return {
    type: 'input',
    block_id: input.id,
    label: label(input.label, 2000),
    element: input.kind === 'text' ? textInput(input) : choice(input),
  }
}

function textInput(input: Extract<Input, { kind: 'text' }>): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: inputAction,
    multiline: input.lines === 'many',
    max_length: Math.min(input.maxLength, 3000),
    ...(input.placeholder ? { placeholder: label(input.placeholder, 150) } : {}),
  }
}

function choice(input: Extract<Input, { kind: 'choice' }>): types.RadioButtons | types.StaticSelect {
  const options = input.options.slice(0, selectOptions).map((option): types.PlainTextOption => {
    if (option.value.length > 75) throw new TypeError(`option ${option.value} of ${input.id} is too long for Slack`)
    return {
      text: label(option.label, 75),
      value: option.value,
      ...(option.hint ? { description: label(option.hint, 75) } : {}),
    }
  })
  const initial = options.find((option) => option.value === input.selected)
  return {
    type: options.length <= radioOptions ? 'radio_buttons' : 'static_select',
    action_id: inputAction,
    options,
    ...(initial ? { initial_option: initial } : {}),
  }
}
