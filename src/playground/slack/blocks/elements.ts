import { all, type Check, flag, httpUrl, integer, list, number, oneOf, pattern, rule, shape, text } from './check.ts'
import {
  colour,
  confirm,
  conversationFilter,
  dispatchConfig,
  imageSource,
  oneImageSource,
  option,
  optionGroup,
  overflowOption,
  plainText,
  richOption,
} from './objects.ts'

/* Block elements: https://docs.slack.dev/reference/block-kit/block-elements */

const acting = { action_id: text({ min: 1, max: 255 }) }
const focusable = { focus_on_load: flag }
const placed = { placeholder: plainText(150) }
const confirmed = { confirm }
const pick = { ...acting, ...confirmed, ...focusable, ...placed }
const written = { ...acting, ...focusable, ...placed, dispatch_action_config: dispatchConfig }
const several = { max_selected_items: integer(1, 100) }
const id = text({ min: 1 })
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'must be a date formatted as YYYY-MM-DD')
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time formatted as HH:mm')

function element(type: string, required: Record<string, Check>, optional: Record<string, Check>, also?: Check): Check {
  return shape({ type: oneOf(type), ...required }, optional, also)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Initial options must be among the options (`value` and text the same). */
const initialAmongOptions = rule((value) => {
  const groups = Array.isArray(value.option_groups) ? value.option_groups : []
  const lists: unknown[] = [value.options, ...groups.map((group) => group?.options)]
  const options = lists.flatMap((entry) => (Array.isArray(entry) ? entry : []))
  const initial = [
    ...(value.initial_option === undefined ? [] : [value.initial_option]),
    ...(Array.isArray(value.initial_options) ? value.initial_options : []),
  ]
  return initial.every((one) => options.some((entry) => same(entry?.value, one?.value)))
}, 'initial option must match one of the options')

const optionsOrGroups = rule(
  (value) => (value.options === undefined) !== (value.option_groups === undefined),
  'must provide exactly one of options and option_groups',
)
const menu = { options: list(option, { min: 1, max: 100 }), option_groups: list(optionGroup, { min: 1, max: 100 }) }
const buttonText = plainText(75)
const label = text({ max: 75 })
const query = integer(0, 3000)

const feedback = shape({ text: plainText(75), value: text({ max: 2000 }) }, { accessibility_label: label })

/** Every element that knows how to sit in a block, by its type. */
export const elements: Readonly<Record<string, Check>> = {
  button: element(
    'button',
    { text: buttonText },
    {
      ...acting,
      ...confirmed,
      value: text({ max: 2000 }),
      url: all(text({ max: 3000 }), httpUrl),
      style: colour,
      accessibility_label: label,
    },
  ),
  checkboxes: element(
    'checkboxes',
    { options: list(richOption, { min: 1, max: 10 }) },
    { ...acting, ...confirmed, ...focusable, initial_options: list(richOption, { min: 1 }) },
    initialAmongOptions,
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: list(richOption, { min: 1, max: 10 }) },
    { ...acting, ...confirmed, ...focusable, initial_option: richOption },
    initialAmongOptions,
  ),
  overflow: element('overflow', { options: list(overflowOption, { min: 1, max: 5 }) }, { ...acting, ...confirmed }),
  datepicker: element('datepicker', {}, { ...pick, initial_date: date }),
  timepicker: element('timepicker', {}, { ...pick, initial_time: time, timezone: text() }),
  datetimepicker: element('datetimepicker', {}, { ...acting, ...confirmed, ...focusable, initial_date_time: number() }),
  static_select: element(
    'static_select',
    {},
    { ...pick, ...menu, initial_option: option },
    all(optionsOrGroups, initialAmongOptions),
  ),
  multi_static_select: element(
    'multi_static_select',
    {},
    { ...pick, ...menu, ...several, initial_options: list(option, { min: 1 }) },
    all(optionsOrGroups, initialAmongOptions),
  ),
  external_select: element('external_select', {}, { ...pick, initial_option: option, min_query_length: query }),
  multi_external_select: element(
    'multi_external_select',
    {},
    { ...pick, ...several, initial_options: list(option, { min: 1 }), min_query_length: query },
  ),
  users_select: element('users_select', {}, { ...pick, initial_user: id }),
  multi_users_select: element('multi_users_select', {}, { ...pick, ...several, initial_users: list(id) }),
  conversations_select: element(
    'conversations_select',
    {},
    {
      ...pick,
      initial_conversation: id,
      default_to_current_conversation: flag,
      filter: conversationFilter,
      response_url_enabled: flag,
    },
  ),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    {
      ...pick,
      ...several,
      initial_conversations: list(id),
      default_to_current_conversation: flag,
      filter: conversationFilter,
    },
  ),
  channels_select: element('channels_select', {}, { ...pick, initial_channel: id, response_url_enabled: flag }),
  multi_channels_select: element('multi_channels_select', {}, { ...pick, ...several, initial_channels: list(id) }),
  plain_text_input: element(
    'plain_text_input',
    {},
    {
      ...written,
      initial_value: text({ max: 3000 }),
      multiline: flag,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
  ),
  email_text_input: element('email_text_input', {}, { ...written, initial_value: text() }),
  url_text_input: element('url_text_input', {}, { ...written, initial_value: text() }),
  number_input: element(
    'number_input',
    { is_decimal_allowed: flag },
    { ...written, initial_value: text(), min_value: text(), max_value: text() },
  ),
  rich_text_input: element('rich_text_input', {}, { ...written, initial_value: () => {} }),
  file_input: element('file_input', {}, { ...acting, filetypes: list(text({ min: 1 })), max_files: integer(1, 10) }),
  workflow_button: element(
    'workflow_button',
    { text: buttonText, workflow: () => {} },
    { ...acting, ...confirmed, style: colour, accessibility_label: label },
  ),
  image: element('image', { alt_text: text({ min: 1, max: 2000 }) }, imageSource, oneImageSource),
  feedback_buttons: element('feedback_buttons', { positive_button: feedback, negative_button: feedback }, acting),
  icon_button: element(
    'icon_button',
    { icon: text({ min: 1 }), text: plainText(75) },
    { ...acting, ...confirmed, value: text({ max: 2000 }), accessibility_label: label, visible_to_user_ids: list(id) },
  ),
}

const menus = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select']
const chosen = [...menus, ...menus.map((name) => `multi_${name}`)]
const clickable = ['button', 'workflow_button', 'overflow']
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker']

/** What an actions block may hold. */
export const actionElements = [...clickable, ...pickers, ...chosen, 'datetimepicker', 'rich_text_input']
/** What may stand beside a section's text. */
export const accessories = [...clickable, ...pickers, ...chosen, 'image']
/** What an input block may ask for. */
export const inputElements = [
  ...pickers,
  ...chosen,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
]
/** Elements whose choice is kept in `state.values`. */
export const stateful: ReadonlySet<string> = new Set(inputElements)
