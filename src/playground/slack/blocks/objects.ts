import { all, byType, type Check, flag, httpUrl, list, oneOf, rule, shape, text } from './check.ts'

/* Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */

/** A `plain_text` of `min` to `max` characters. */
export function plainText(max: number, min = 1): Check {
  return shape({ type: oneOf('plain_text'), text: text({ min, max }) }, { emoji: flag })
}

/** A `mrkdwn` text of 1 to `max` characters. */
export function mrkdwn(max: number): Check {
  return shape({ type: oneOf('mrkdwn'), text: text({ min: 1, max }) }, { verbatim: flag })
}

/** Either kind of text. */
export function anyText(max: number): Check {
  return byType({ plain_text: plainText(max), mrkdwn: mrkdwn(max) })
}

/** Styles of buttons. */
export const colour = oneOf('primary', 'danger')

/** The dialog that asks once more. */
export const confirm = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: colour },
)

const described = { description: plainText(75) }

/** Options of menus: plain text, and with a value. */
export const option = shape({ text: plainText(75), value: text({ min: 1, max: 75 }) }, described)
/** Options of radio buttons and checkboxes may be mrkdwn. */
export const richOption = shape({ text: anyText(75), value: text({ min: 1, max: 75 }) }, { description: anyText(75) })
/** Options of an overflow menu may open an address. */
export const overflowOption = shape(
  { text: plainText(75), value: text({ min: 1, max: 75 }) },
  { ...described, url: all(text({ max: 3000 }), httpUrl) },
)

/** Options under a label. */
export const optionGroup = shape({ label: plainText(75), options: list(option, { min: 1, max: 100 }) })

/** Which conversations a menu offers. */
export const conversationFilter = all(
  shape(
    {},
    {
      include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    },
  ),
  rule((value) => Object.keys(value).length > 0, 'must have at least one filter'),
)

const slackFile = all(
  shape({}, { id: text({ min: 1 }), url: httpUrl }),
  rule((value) => (value.id === undefined) !== (value.url === undefined), 'must provide exactly one of id and url'),
)

/** Where an image comes from: an address or a Slack file, one of them. */
export const imageSource = {
  image_url: all(text({ max: 3000 }), httpUrl),
  slack_file: slackFile,
}
/** An image comes from one place. */
export const oneImageSource = rule(
  (value) => (value.image_url === undefined) !== (value.slack_file === undefined),
  'must provide exactly one of image_url and slack_file',
)

/** When an input tells the app of changes. */
export const dispatchConfig = shape(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }) },
)
