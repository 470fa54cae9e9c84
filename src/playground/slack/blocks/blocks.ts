import {
  all,
  byType,
  type Check,
  flag,
  httpsUrl,
  httpUrl,
  integer,
  list,
  number,
  oneOf,
  only,
  rule,
  shape,
  text,
} from './check.ts'
import { accessories, actionElements, elements, inputElements } from './elements.ts'
import { anyText, imageSource, mrkdwn, oneImageSource, plainText } from './objects.ts'
import { richText } from './rich-text.ts'

/* Blocks and their limits: https://docs.slack.dev/reference/block-kit/blocks */

const named = { block_id: text({ max: 255 }) }

function block(
  type: string,
  required: Record<string, Check>,
  optional: Record<string, Check> = {},
  also?: Check,
): Check {
  return shape({ type: oneOf(type), ...required }, { ...named, ...optional }, also)
}

const image = only(elements, ['image'])
const button = only(elements, ['button', 'workflow_button'])
const rawText = shape({ type: oneOf('raw_text'), text: text({ min: 1 }) })
const rawNumber = shape({ type: oneOf('raw_number'), value: number(), text: text({ min: 1 }) })
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText })
const source = shape({ type: oneOf('url'), url: httpUrl, text: text({ min: 1 }) })

const taskCard = block(
  'task_card',
  { task_id: text({ min: 1 }), title: text({ min: 1 }), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  { details: richText, output: richText, sources: list(source) },
)

const card = block(
  'card',
  {},
  {
    hero_image: image,
    icon: image,
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(button, { min: 1 }),
  },
  rule(
    (value) => ['hero_image', 'title', 'actions', 'body'].some((name) => value[name] !== undefined),
    'must provide at least one of hero_image, title, actions, body',
  ),
)

const sameColumns = rule((value) => {
  const rows = Array.isArray(value.rows) ? value.rows : []
  return rows.every((row) => Array.isArray(row) && row.length === rows[0]?.length)
}, 'all rows must have the same number of columns')

const basic: Readonly<Record<string, Check>> = {
  actions: block('actions', { elements: list(only(elements, actionElements), { min: 1, max: 25 }) }),
  context: block('context', {
    elements: list(byType({ image, plain_text: plainText(3000), mrkdwn: mrkdwn(3000) }), { min: 1, max: 10 }),
  }),
  divider: block('divider', {}),
  header: block('header', { text: plainText(150) }, { level: integer(1, 4) }),
  image: block(
    'image',
    { alt_text: text({ min: 1, max: 2000 }) },
    { ...imageSource, title: plainText(2000) },
    oneImageSource,
  ),
  input: block(
    'input',
    { label: plainText(2000), element: only(elements, inputElements) },
    { hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: richText,
  section: block(
    'section',
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), { min: 1, max: 10 }),
      accessory: only(elements, accessories),
      expand: flag,
    },
    rule((value) => value.text !== undefined || value.fields !== undefined, 'missing required field: text'),
  ),
  table: block(
    'table',
    { rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
    {
      column_settings: list(shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), { max: 20 }),
    },
  ),
  video: block(
    'video',
    { alt_text: text({ min: 1 }), title: plainText(199), thumbnail_url: httpUrl, video_url: httpsUrl },
    {
      title_url: httpsUrl,
      author_name: text({ max: 49 }),
      provider_name: text(),
      provider_icon_url: httpUrl,
      description: plainText(200),
    },
  ),
}

const inContainer = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
]

/** Every block type apps may send, by its type. `file` cannot be sent and is therefore not here. */
export const blocks: Readonly<Record<string, Check>> = {
  ...basic,
  alert: block('alert', { text: anyText(3000) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block('carousel', { elements: list(byType({ card }), { min: 1, max: 10 }) }),
  container: block(
    'container',
    { child_blocks: list(only(basic, inContainer), { min: 1, max: 10 }) },
    {
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    all(
      rule((v) => v.title !== undefined || v.rich_text_title !== undefined, 'missing required field: title'),
      rule((v) => v.default_collapsed !== true || v.is_collapsible === true, 'default_collapsed needs is_collapsible'),
    ),
  ),
  context_actions: block('context_actions', {
    elements: list(only(elements, ['feedback_buttons', 'icon_button']), { min: 1, max: 5 }),
  }),
  data_table: block(
    'data_table',
    { rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 101 }), caption: text({ min: 1 }) },
    { page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
    sameColumns,
  ),
  markdown: block('markdown', { text: text({ min: 1, max: 12_000 }) }),
  plan: block('plan', { title: text({ min: 1 }) }, { tasks: list(byType({ task_card: taskCard })) }),
  task_card: taskCard,
}
