import type { Surface } from '../../../../src/playground/slack/index.ts'

const text = (value: string) => ({ type: 'plain_text', text: value })
const mrkdwn = (value: string) => ({ type: 'mrkdwn', text: value })
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: text('Go'), ...more })
const option = (value: string) => ({ text: text(value), value })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const section = (value: string) => ({ type: 'section', text: mrkdwn(value) })
const task = (status: string) => ({ type: 'task_card', task_id: 't1', title: 'eu-1', status })
const input = (element: object) => ({ type: 'input', label: text('Why'), element })
const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] }
const cell = { type: 'raw_text', text: 'x' }
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)
const confirm = { title: text('Sure?'), text: mrkdwn('Rolls back both'), confirm: text('Roll back'), deny: text('No') }

/** What Slack takes. */
export const taken: [string, Surface, object[]][] = [
  [
    'a section with fields and an accessory',
    'message',
    [{ type: 'section', fields: many(10, mrkdwn('x')), accessory: button() }],
  ],
  ['a button with a confirmation', 'message', [actions(button({ style: 'danger', value: 'R-42', confirm }))]],
  [
    'a plan with tasks of every status',
    'message',
    [{ type: 'plan', title: 'R-42', tasks: ['pending', 'in_progress', 'complete', 'error'].map(task) }],
  ],
  [
    'radio buttons and an overflow',
    'message',
    [
      actions(
        { type: 'radio_buttons', action_id: 'a', options: [option('1')] },
        { type: 'overflow', action_id: 'b', options: [option('1')] },
      ),
    ],
  ],
  ['an input in a message', 'message', [input({ type: 'plain_text_input', action_id: 'a' })]],
  ['fifty blocks', 'message', many(50, { type: 'divider' })],
  [
    'a table',
    'message',
    [
      {
        type: 'table',
        rows: [
          [cell, rich],
          [cell, cell],
        ],
        column_settings: [{ align: 'right' }],
      },
    ],
  ],
  [
    'a card and a carousel',
    'message',
    [
      { type: 'card', title: mrkdwn('x') },
      { type: 'carousel', elements: [{ type: 'card', body: mrkdwn('x') }] },
    ],
  ],
  ['markdown', 'message', [{ type: 'markdown', text: '# x' }]],
  ['a rich text', 'home', [rich]],
  ['an image of an address', 'message', [{ type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' }]],
  [
    'a context',
    'message',
    [{ type: 'context', elements: [mrkdwn('x'), { type: 'image', image_url: 'https://e.com/x.png', alt_text: 'x' }] }],
  ],
  ['an alert in a modal', 'modal', [{ type: 'alert', text: text('x'), level: 'warning' }]],
  ['a hundred blocks in a modal', 'modal', many(100, { type: 'divider' })],
]

/** What Slack refuses, with where and why. */
export const refused: [string, Surface, object[], string, string][] = [
  ['fifty-one blocks', 'message', many(51, { type: 'divider' }), '/blocks', 'no more than 50 items allowed'],
  [
    'a hundred and one in a modal',
    'modal',
    many(101, { type: 'divider' }),
    '/blocks',
    'no more than 100 items allowed',
  ],
  ['an unknown block', 'message', [{ type: 'banner' }], '/blocks/0/type', 'unsupported type: banner'],
  ['a block without type', 'message', [{}], '/blocks/0', 'missing required field: type'],
  [
    'an alert in a message',
    'message',
    [{ type: 'alert', text: text('x') }],
    '/blocks/0/type',
    'unsupported type: alert',
  ],
  ['a plan in a modal', 'modal', [{ type: 'plan', title: 'x' }], '/blocks/0/type', 'unsupported type: plan'],
  [
    'an e-mail input in a message',
    'message',
    [input({ type: 'email_text_input' })],
    '/blocks/0/element/type',
    'unsupported type: email_text_input',
  ],
  ['a task that is completed', 'message', [task('completed')], '/blocks/0/status', 'must be a valid enum value'],
  [
    'a plan beside a task',
    'message',
    [{ type: 'plan', title: 'x' }, task('pending')],
    '/blocks',
    'a plan cannot stand beside a task_card',
  ],
  ['an empty section', 'message', [{ type: 'section' }], '/blocks/0', 'missing required field: text'],
  ['an empty text', 'message', [section('')], '/blocks/0/text/text', 'must be more than 0 characters'],
  [
    'a section of 3001',
    'message',
    [section('x'.repeat(3001))],
    '/blocks/0/text/text',
    'must be less than 3001 characters',
  ],
  [
    'a field of 2001',
    'message',
    [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }],
    '/blocks/0/fields/0/text',
    'must be less than 2001 characters',
  ],
  [
    'eleven fields',
    'message',
    [{ type: 'section', fields: many(11, mrkdwn('x')) }],
    '/blocks/0/fields',
    'no more than 10 items allowed',
  ],
  [
    'a header of 151',
    'message',
    [{ type: 'header', text: text('x'.repeat(151)) }],
    '/blocks/0/text/text',
    'must be less than 151 characters',
  ],
  [
    'a header in mrkdwn',
    'message',
    [{ type: 'header', text: mrkdwn('x') }],
    '/blocks/0/text/type',
    'must be a valid enum value',
  ],
  [
    'eleven in a context',
    'message',
    [{ type: 'context', elements: many(11, mrkdwn('x')) }],
    '/blocks/0/elements',
    'no more than 10 items allowed',
  ],
  [
    'twenty-six actions',
    'message',
    [actions(...many(26, { type: 'button', text: text('x') }))],
    '/blocks/0/elements',
    'no more than 25 items allowed',
  ],
  [
    'a button text of 76',
    'message',
    [actions(button({ text: text('x'.repeat(76)) }))],
    '/blocks/0/elements/0/text/text',
    'must be less than 76 characters',
  ],
  [
    'a button value of 2001',
    'message',
    [actions(button({ value: 'x'.repeat(2001) }))],
    '/blocks/0/elements/0/value',
    'must be less than 2001 characters',
  ],
  [
    'a button style',
    'message',
    [actions(button({ style: 'warning' }))],
    '/blocks/0/elements/0/style',
    'must be a valid enum value',
  ],
  [
    'a text input in actions',
    'message',
    [actions({ type: 'plain_text_input' })],
    '/blocks/0/elements/0/type',
    'unsupported type: plain_text_input',
  ],
  [
    'a field of its own',
    'message',
    [{ type: 'divider', colour: 'red' }],
    '/blocks/0',
    'invalid additional property: colour',
  ],
  [
    'a block_id twice',
    'message',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
    'block_id "a" already exists',
  ],
  [
    'a block_id of 256',
    'message',
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
    '/blocks/0/block_id',
    'must be less than 256 characters',
  ],
  ['an action_id twice', 'message', [actions(button(), button())], '/blocks/0', 'action_id "go" already exists'],
  [
    'a confirmation of 301',
    'message',
    [actions(button({ confirm: { ...confirm, text: mrkdwn('x'.repeat(301)) } }))],
    '/blocks/0/elements/0/confirm/text/text',
    'must be less than 301 characters',
  ],
  [
    'no options',
    'message',
    [actions({ type: 'static_select' })],
    '/blocks/0/elements/0',
    'must provide exactly one of options and option_groups',
  ],
  [
    'a hundred and one options',
    'message',
    [actions({ type: 'static_select', options: many(101, option('1')) })],
    '/blocks/0/elements/0/options',
    'no more than 100 items allowed',
  ],
  [
    'an option value of 76',
    'message',
    [actions({ type: 'static_select', options: [{ text: text('x'), value: 'x'.repeat(76) }] })],
    '/blocks/0/elements/0/options/0/value',
    'must be less than 76 characters',
  ],
  [
    'an initial option that is none',
    'message',
    [actions({ type: 'static_select', options: [option('1')], initial_option: option('2') })],
    '/blocks/0/elements/0',
    'initial option must match one of the options',
  ],
  [
    'six in an overflow',
    'message',
    [actions({ type: 'overflow', options: many(6, option('1')) })],
    '/blocks/0/elements/0/options',
    'no more than 5 items allowed',
  ],
  [
    'an image from nowhere',
    'message',
    [{ type: 'image', alt_text: 'x' }],
    '/blocks/0',
    'must provide exactly one of image_url and slack_file',
  ],
  [
    'a data table of one row',
    'message',
    [{ type: 'data_table', caption: 'x', rows: [[cell]] }],
    '/blocks/0/rows',
    'no less than 2 items allowed',
  ],
  [
    'a card title of 151',
    'message',
    [{ type: 'card', title: mrkdwn('x'.repeat(151)) }],
    '/blocks/0/title/text',
    'must be less than 151 characters',
  ],
  [
    'markdown of 12,001 in two',
    'message',
    [
      { type: 'markdown', text: 'x'.repeat(6001) },
      { type: 'markdown', text: 'x'.repeat(6000) },
    ],
    '/blocks',
    'must be less than 12001 characters in all markdown blocks',
  ],
]
