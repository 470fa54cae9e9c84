import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { CardView, Workspace } from '../../../src/playground/dingtalk/index.ts'
import { api, Caller, cardBody, started, stream } from './kit.ts'

const shipped = readFileSync(new URL('../../../deploy/dingtalk/card.json', import.meta.url), 'utf8')

const reason = { name: 'reason', label: '原因', type: 'TEXT_AREA', required: true, requiredMsg: '请写原因' }
const cause = {
  name: 'cause',
  label: '类型',
  type: 'SELECT',
  options: [
    { value: 'a', text: '发布' },
    { value: 'b', text: '流量' },
  ],
}
const fields = [
  reason,
  cause,
  { name: 'count', label: '数量', type: 'NUMBER', defaultValue: 3 },
  { name: 'sure', label: '确定', type: 'CHECKBOX' },
  { name: 'who', label: '谁', type: 'TEXT', readOnly: true, defaultValue: '梅' },
]

function opened(given: readonly object[] = fields): Record<string, string> {
  return { form: JSON.stringify({ fields: given }), form_submit: '提交', form_name: 'reject', form_value: 'op-1' }
}

/** The bot's own template, with a form open for Mei alone. */
async function withForm(form = opened()): Promise<{ workspace: Workspace; caller: Caller }> {
  const workspace = await started({ cardTemplates: [{ id: 'shipped.schema', exported: shipped }] })
  const caller = new Caller(workspace)
  const cardData = { cardParamMap: { title: '**R-42**', rev: '7' } }
  const { body } = await caller.call(
    api.create,
    cardBody({ cardTemplateId: 'shipped.schema', cardData, privateData: { mei: { cardParamMap: form } } }),
  )
  expect(body).toMatchObject({ success: true })
  return { workspace, caller }
}

function formOf(view: CardView | undefined): unknown {
  return view?.blocks.find(({ kind }) => kind === 'form')
}

test('a form is drawn for whoever has it open, and for nobody else', async () => {
  const { workspace, caller } = await withForm()
  expect(formOf(workspace.as('mei').view('card-1'))).toMatchObject({
    form: {
      id: 'form',
      submitLabel: '提交',
      isDisabled: false,
      fields: [
        { name: 'reason', label: '原因', kind: 'TEXT_AREA', isRequired: true },
        { name: 'cause', kind: 'SELECT', options: [{ value: 'a', text: '发布' }, { value: 'b' }] },
        { name: 'count', kind: 'NUMBER', initial: 3 },
        { name: 'sure', kind: 'CHECKBOX' },
        { name: 'who', isReadOnly: true, initial: '梅' },
      ],
    },
  })
  expect(formOf(workspace.as('tom').view('card-1'))).toBeUndefined()
  const closed = { mei: { cardParamMap: { form_submit: '', form: '' } } }
  await caller.call(api.update, {
    outTrackId: 'card-1',
    privateData: closed,
    cardUpdateOptions: { updatePrivateDataByKey: true },
  })
  expect(formOf(workspace.as('mei').view('card-1'))).toBeUndefined()
})

test('its values come under the id of the form, typed, beside its params', async () => {
  const { workspace } = await withForm()
  const { next, reply } = await stream(workspace)
  const pressed = workspace.as('mei').press('card-1', '提交', { reason: '5xx', cause: '流量', sure: 'true' })
  const push = await next('/v1.0/card/instances/callback')
  const content = JSON.parse(String(push.data.content))
  expect(content.cardPrivateData).toEqual({
    actionIds: ['form.submit'],
    params: {
      form: { reason: '5xx', cause: { index: 1, value: 'b' }, count: 3, sure: true, who: '梅' },
      form_name: 'reject',
      form_value: 'op-1',
      form_id: '',
      rev: '7',
      space: '',
    },
  })
  reply(push, { response: {} })
  expect(await pressed).toMatchObject({ ok: true })
})

test.each([
  ['a required field left empty', {}, 'input_empty', '请写原因'],
  ['a required field emptied', { reason: '' }, 'input_empty', '请写原因'],
  ['a field that is not there', { reason: 'x', other: 'y' }, 'input_not_found', 'other'],
  ['a field that is only read', { reason: 'x', who: 'y' }, 'input_not_found', 'who'],
  ['an option that is not offered', { reason: 'x', cause: 'c' }, 'input_not_found', 'cause'],
  ['a number that is none', { reason: 'x', count: 'many' }, 'input_not_found', 'count'],
])('the client keeps back %s', async (_what, inputs, problem, detail) => {
  const { workspace } = await withForm()
  expect(await workspace.as('mei').press('card-1', 'form.submit', inputs)).toEqual({ ok: false, problem, detail })
  expect(workspace.pushes()).toEqual([])
})

test('a field of a kind that the playground has not is refused when the card is drawn', async () => {
  const { workspace } = await withForm(opened([{ name: 'x', label: 'x', type: 'CHECKBOX_GROUP' }]))
  expect(() => workspace.as('mei').view('card-1')).toThrow(RangeError)
})

test('whoever has no form open has nothing to submit', async () => {
  const { workspace } = await withForm()
  expect(await workspace.as('tom').press('card-1', 'form.submit', { reason: 'x' })).toMatchObject({
    problem: expect.stringMatching(/^(input|button)_not_found$/),
  })
})
