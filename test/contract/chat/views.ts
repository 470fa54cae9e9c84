import type { Card, Form, Note } from '../../../src/view/view.ts'

export const card = (plain: string): Card => ({
  kind: 'card',
  language: 'en',
  title: [plain],
  blocks: [
    { kind: 'tasks', title: ['Plan'], tasks: [{ id: 'eu-1', title: ['eu-1'], state: 'running', detail: ['2 of 3'] }] },
  ],
  buttons: [{ action: 'approve', value: 'R-42', label: 'Approve', tone: 'primary' }],
  more: [
    { action: 'why', value: 'R-42', label: 'Why me' },
    {
      action: 'break-glass',
      value: 'R-42',
      label: 'Break glass',
      tone: 'danger',
      confirm: { title: 'Break glass', text: 'Rolls back without approval', yes: 'Roll back', no: 'Cancel' },
    },
  ],
})

export const note = (plain: string): Note => ({ kind: 'note', language: 'en', lines: [[plain]], buttons: [] })

export const form: Form = {
  kind: 'form',
  language: 'en',
  form: 'propose',
  value: 'checkout-svc',
  title: 'Ask for approval',
  submit: 'Ask',
  cancel: 'Cancel',
  blocks: [{ kind: 'text', text: ['Two workloads change'] }],
  inputs: [
    {
      kind: 'choice',
      id: 'version',
      label: 'Version',
      options: [
        { value: 'v1.7.3', label: 'v1.7.3', hint: 'ran 6 d' },
        { value: 'v1.7.2', label: 'v1.7.2' },
      ],
      selected: 'v1.7.3',
    },
    { kind: 'text', id: 'reason', label: 'Reason', lines: 'one', maxLength: 200 },
  ],
}
