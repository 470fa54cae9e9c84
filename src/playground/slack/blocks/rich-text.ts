import { byType, type Check, flag, integer, list, number, oneOf, shape, text } from './check.ts'

/* Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

const style = shape(
  {},
  {
    bold: flag,
    italic: flag,
    strike: flag,
    underline: flag,
    code: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
)
const id = text({ min: 1 })

function inline(type: string, required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return shape({ type: oneOf(type), ...required }, { style, ...optional })
}

const inlines = byType({
  text: inline('text', { text: text({ min: 1 }) }),
  link: inline('link', { url: text({ min: 1 }) }, { text: text(), unsafe: flag }),
  user: inline('user', { user_id: id }),
  usergroup: inline('usergroup', { usergroup_id: id }),
  channel: inline('channel', { channel_id: id }),
  team: inline('team', { team_id: id }),
  emoji: inline('emoji', { name: id }, { unicode: text(), url: text(), skin_tone: number() }),
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  color: inline('color', { value: text({ min: 1 }) }),
  date: inline('date', { timestamp: integer(0, 1e12), format: text({ min: 1 }) }, { url: text(), fallback: text() }),
})

const border = oneOf(0, 1)
const section = shape({ type: oneOf('rich_text_section'), elements: list(inlines) })

const parts = byType({
  rich_text_section: section,
  rich_text_list: shape(
    { type: oneOf('rich_text_list'), style: oneOf('bullet', 'ordered'), elements: list(section) },
    { indent: integer(0, 8), offset: integer(0, 1e6), border },
  ),
  rich_text_quote: shape({ type: oneOf('rich_text_quote'), elements: list(inlines) }, { border }),
  rich_text_preformatted: shape(
    { type: oneOf('rich_text_preformatted'), elements: list(inlines) },
    { border, language: text() },
  ),
})

/** A rich_text block, also as the title, details or cell of others. */
export const richText = shape({ type: oneOf('rich_text'), elements: list(parts) }, { block_id: text({ max: 255 }) })
