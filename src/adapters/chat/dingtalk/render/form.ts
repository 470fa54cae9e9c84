import { sayPlain } from '../../../../text/say.ts'
import type { Form, Input } from '../../../../view/view.ts'
import { blocksOf } from './card.ts'
import { clean, type Ink } from './markdown.ts'
import { bytesOf, cutBytes, nothingOwn, type Params, pour, valueBytes } from './params.ts'

type Choice = Extract<Input, { kind: 'choice' }>

/** A form as parameters that one person sees on a card. `id` makes its submission one, however often it is sent. */
export function drawForm(form: Form, id: string, ink: Ink): Params {
  if (bytesOf(form.value) > valueBytes) throw new TypeError(`the value of form ${form.form} is too long for DingTalk`)
  const [text = ''] = pour(blocksOf(form.blocks, ink, new Map()), 1, sayPlain(ink.language, 'dingtalk.cut'))
  return {
    ...nothingOwn,
    form: fitted(form.inputs),
    form_name: form.form,
    form_value: form.value,
    form_id: id,
    form_title: cutBytes(clean(form.title), valueBytes),
    form_text: text,
    form_submit: clean(form.submit),
    form_cancel: clean(form.cancel),
  }
}

/** With as many options as fit, those farthest from the selected one left out first: others can still be named in a command. */
function fitted(inputs: readonly Input[]): string {
  const most = Math.max(1, ...inputs.map((input) => (input.kind === 'choice' ? input.options.length : 1)))
  for (let options = most; options > 0; options -= 1) {
    const form = JSON.stringify({ fields: inputs.map((input) => field(input, options)) })
    if (bytesOf(form) <= valueBytes) return form
  }
  throw new TypeError('the inputs of a form are too long for DingTalk')
}

/** https://open.dingtalk.com/document/isvapp/form-component */
function field(input: Input, most: number): object {
  if (input.kind === 'text')
    return {
      name: input.id,
      label: clean(input.label),
      type: input.lines === 'many' ? 'TEXT_AREA' : 'TEXT',
      required: true,
      ...(input.placeholder && { placeholder: clean(input.placeholder) }),
    }
  const options = around(input, most).map(({ value, label }) => ({ value, text: clean(label) }))
  const index = options.findIndex(({ value }) => value === input.selected)
  return {
    name: input.id,
    label: clean(input.label),
    type: 'SELECT',
    required: true,
    options,
    ...(index >= 0 && { defaultValue: { index, value: input.selected } }),
  }
}

function around({ options, selected }: Choice, most: number): Choice['options'] {
  const at = Math.max(
    0,
    options.findIndex(({ value }) => value === selected),
  )
  const from = Math.max(0, Math.min(at - Math.floor(most / 2), options.length - most))
  return options.slice(from, from + most)
}
