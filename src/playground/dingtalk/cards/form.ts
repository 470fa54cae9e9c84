import { isWire, objects, parseJson, type Wire } from '../store/wire.ts'
import { type Click, clickOf } from './click.ts'
import type { Component } from './template.ts'
import { type Sight, textOf, variableOf } from './values.ts'

const kinds = ['TEXT', 'TEXT_AREA', 'NUMBER', 'DATE', 'TIME', 'DATETIME', 'CHECKBOX', 'SWITCH', 'SELECT'] as const
const ticked: ReadonlySet<string> = new Set(['CHECKBOX', 'SWITCH'])

/** One field of a form. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly kind: (typeof kinds)[number]
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  readonly isHidden: boolean
  readonly placeholder: string
  /** What the client says when it is empty and must not be. */
  readonly requiredText: string
  readonly initial: unknown
  readonly options: readonly { readonly value: string; readonly text: string }[]
}

/** A form as the card shows it. */
export interface CardForm {
  readonly id: string
  readonly submitLabel: string
  readonly isDisabled: boolean
  readonly fields: readonly FormField[]
  readonly does: Click
}

/** Draws a Form whose fields a variable has: https://open.dingtalk.com/document/development/form-variables. None without fields. */
export function drawForm(sight: Sight, { id: node, props }: Component): CardForm | undefined {
  const { formSchema } = props
  const given = parseJson(isWire(formSchema) ? variableOf(sight, String(formSchema.variable ?? '')) : '')
  const fields = isWire(given) ? objects(given.fields).map((field) => readField(sight, field)) : []
  if (fields.length === 0) return undefined
  const id = String(props.id ?? node)
  return {
    id,
    submitLabel: textOf(sight, props.submitText),
    isDisabled: textOf(sight, props.status) === 'disabled',
    fields,
    does: clickOf(sight, props, { id, actionId: props.actionId, params: props.params }),
  }
}

function readField(sight: Sight, given: Wire): FormField {
  const kind = kinds.find((one) => one === given.type)
  if (!kind || typeof given.name !== 'string')
    throw new RangeError(
      `card template ${sight.template.id}: no form field ${String(given.type)} ${String(given.name)}`,
    )
  const label = String(given.label ?? '')
  return {
    name: given.name,
    label,
    kind,
    isRequired: given.required === true,
    isReadOnly: given.readOnly === true,
    isHidden: given.hidden === true,
    placeholder: String(given.placeholder ?? ''),
    requiredText: typeof given.requiredMsg === 'string' ? given.requiredMsg : `${label}是必填项`,
    initial: given.defaultValue,
    options: objects(given.options).map(({ value, text }) => ({ value: String(value), text: String(text) })),
  }
}

/** What a form becomes when it is submitted, or what the client does not let through. */
export type Filled =
  | { readonly values: Readonly<Record<string, unknown>> }
  | { readonly unknown: string }
  | { readonly empty: FormField }

/** Fills in texts by the fields' names; an option by its value or its words, a tick as `true`. */
export function fillForm(form: CardForm, texts: Readonly<Record<string, string>>): Filled {
  const values: Record<string, unknown> = {}
  for (const name of Object.keys(texts)) {
    const field = form.fields.find((one) => one.name === name && !one.isReadOnly && !one.isHidden)
    if (!field) return { unknown: name }
  }
  for (const field of form.fields) {
    const given = texts[field.name]
    const value = given === undefined ? field.initial : enteredValue(field, given)
    if (given !== undefined && value === undefined) return { unknown: field.name }
    if (field.isRequired && (value === undefined || value === '')) return { empty: field }
    if (value !== undefined) values[field.name] = value
  }
  return { values }
}

function enteredValue(field: FormField, given: string): unknown {
  if (ticked.has(field.kind)) return given === 'true'
  if (field.kind === 'NUMBER') return Number.isNaN(Number(given)) ? undefined : Number(given)
  if (field.kind !== 'SELECT') return given
  const index = field.options.findIndex(({ value, text }) => value === given || text === given)
  const value = field.options[index]?.value
  return value === undefined ? undefined : { index, value }
}
