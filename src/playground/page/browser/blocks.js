import { h } from './dom.js'
import { element } from './elements.js'
import { markdown } from './markdown.js'
import { emojis, textObject } from './mrkdwn.js'
import { richText } from './rich-text.js'
import { say } from './texts.js'

/* Block Kit: https://docs.slack.dev/reference/block-kit/blocks. `at` says what an element does when it is used: see elements.js. */

export const blocks = (all, at) =>
  all.map((block) => h('div', { class: `block block-${block.type}`, 'data-block': block.block_id }, draw(block, at)))

function draw(block, at) {
  const kind = kinds[block.type]
  return kind ? kind(block, at) : h('pre', { class: 'code' }, JSON.stringify(block, null, 2))
}

const kinds = {
  header: ({ text, level }) => h(`h${Math.min(4, (level ?? 1) + 1)}`, { class: 'header' }, emojis(text.text)),
  divider: () => h('hr'),
  rich_text: (block) => richText(block),
  markdown: ({ text }) => h('div', { class: 'markdown' }, markdown(text)),
  section,
  context: ({ elements }) =>
    elements.map((one) => (one.type === 'image' ? image(one) : h('span', {}, textObject(one)))),
  actions: ({ elements, block_id }, at) => elements.map((one) => element(one, block_id, at)),
  context_actions: ({ elements, block_id }, at) => elements.map((one) => element(one, block_id, at)),
  image: (block) => h('figure', {}, block.title && h('figcaption', {}, emojis(block.title.text)), image(block)),
  video: ({ title, title_url, video_url }) =>
    h('a', { href: title_url ?? video_url, target: '_blank', rel: 'noopener noreferrer' }, `▶ ${title.text}`),
  alert: ({ text, level }) => h('div', { class: `alert ${level ?? 'default'}`, role: 'note' }, textObject(text)),
  input,
  plan: ({ title, tasks }) => [
    h('div', { class: 'plan-title' }, title),
    h(
      'ol',
      { class: 'tasks' },
      (tasks ?? []).map((one) => h('li', {}, task(one))),
    ),
  ],
  task_card: (block) => task(block),
  table: ({ rows }) => table(rows),
  data_table: ({ rows, caption }) => [h('div', { class: 'muted' }, caption), table(rows)],
  card: ({ title, subtitle, body, actions, block_id }, at) =>
    h(
      'div',
      { class: 'card' },
      title && h('strong', {}, textObject(title)),
      subtitle && h('div', { class: 'muted' }, textObject(subtitle)),
      body && h('div', {}, textObject(body)),
      (actions ?? []).map((one) => element(one, block_id, at)),
    ),
  carousel: ({ elements }, at) =>
    h(
      'div',
      { class: 'carousel' },
      elements.map((one) => draw(one, at)),
    ),
  container: ({ title, rich_text_title, child_blocks, is_collapsible, default_collapsed }, at) => {
    const head = rich_text_title ? richText(rich_text_title) : h('strong', {}, title?.text ?? '')
    const inside = blocks(child_blocks, at)
    if (!is_collapsible) return h('div', { class: 'card' }, head, inside)
    return h('details', { class: 'card', open: !default_collapsed }, h('summary', {}, head), inside)
  },
}

function section({ text, fields, accessory, block_id }, at) {
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-body' },
      text && h('div', {}, textObject(text)),
      fields &&
        h(
          'div',
          { class: 'fields' },
          fields.map((one) => h('div', {}, textObject(one))),
        ),
    ),
    accessory &&
      h(
        'div',
        { class: 'accessory' },
        accessory.type === 'image' ? image(accessory) : element(accessory, block_id, at),
      ),
  )
}

/** Only this machine's own pictures are loaded: the page's policy lets in no others. */
function image(one) {
  const id = one.slack_file?.id ?? /\/files-pri\/[^/]*-([A-Z0-9]+)\//.exec(one.slack_file?.url ?? '')?.[1]
  if (id) return h('img', { src: `/playground/files/${id}`, alt: one.alt_text, loading: 'lazy' })
  return h(
    'a',
    { href: one.image_url, target: '_blank', rel: 'noopener noreferrer', class: 'muted' },
    `🖼 ${one.alt_text}`,
  )
}

function input({ label, element: field, hint, optional, block_id }, at) {
  const error = at.errors?.[block_id]
  const id = `in-${at.id}-${block_id}`
  const drawn = element(field, block_id, {
    ...at,
    fieldId: id,
    described: `${id}-note`,
    label: label.text,
    invalid: error !== undefined,
  })
  const group = ['radio_buttons', 'checkboxes'].includes(field.type)
  return [
    group
      ? h('div', { class: 'label', id }, label.text)
      : h('label', { class: 'label', for: id }, label.text, optional && h('span', { class: 'muted' }, ' (optional)')),
    drawn,
    h(
      'div',
      { id: `${id}-note`, class: error ? 'error' : 'muted', ...(error && { role: 'alert' }) },
      error ?? (hint ? hint.text : ''),
    ),
  ]
}

const statuses = { pending: '', in_progress: '', complete: '✓', error: '✕' }

function task({ title, status, details, output, sources }) {
  return h(
    'div',
    { class: `task ${status}` },
    h('span', { class: 'glyph', title: status, role: 'img', 'aria-label': status }, statuses[status]),
    h(
      'div',
      {},
      h('div', { class: 'task-title' }, title),
      details && richText(details),
      output && richText(output),
      (sources ?? []).map((one) => h('a', { href: one.url, target: '_blank', rel: 'noopener noreferrer' }, one.text)),
    ),
  )
}

function table(rows) {
  const cell = (one) => (one.type === 'rich_text' ? richText(one) : (one.text ?? ''))
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      rows.map((row, index) =>
        h(
          'tr',
          {},
          row.map((one) => h(index === 0 ? 'th' : 'td', {}, cell(one))),
        ),
      ),
    ),
  )
}

export const legacyAttachments = (attachments, at) =>
  (attachments ?? []).map((one) =>
    h(
      'div',
      { class: 'attachment' },
      one.blocks
        ? blocks(one.blocks, at)
        : [one.title && h('strong', {}, one.title), h('div', {}, one.text ?? one.fallback ?? say('file'))],
    ),
  )
