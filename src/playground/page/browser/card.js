import { tell } from './act.js'
import { ask } from './dialog.js'
import { h } from './dom.js'
import { markdown } from './markdown.js'
import { say } from './texts.js'

/** Where an uploaded picture or file is. */
export const fileOf = (media) => `/playground/files/${encodeURIComponent(media)}`

/** A DingTalk card as one person sees it. What she typed stays in the node until she sends it. */
export function card(id, view) {
  const typed = {}
  const press = async (pressed, button, inputs) => {
    pressed.disabled = true
    pressed.classList.add('busy')
    await tell({ do: 'card-press', card: id, button, inputs })
    pressed.disabled = false
    pressed.classList.remove('busy')
  }
  return h(
    'section',
    { class: 'ding-card', 'data-card': id },
    (view.title || view.tag) && h('header', {}, h('b', {}, view.title), h('span', { class: 'tag' }, view.tag)),
    view.blocks.map((block) => draw(block, { typed, press, id })),
    view.failed && h('p', { class: 'failed', role: 'alert' }, say('cardFailed')),
  )
}

function draw(block, at) {
  switch (block.kind) {
    case 'markdown':
      return h('div', { class: 'words' }, markdown(block.text).map(small))
    case 'text':
      return h('p', { class: 'muted' }, block.text)
    case 'divider':
      return h('hr')
    case 'image':
      return h('img', { src: fileOf(block.image), alt: '' })
    case 'input':
      return field(block.input.title, block.input.placeholder, (value) => {
        at.typed[block.input.id] = value
      })
    case 'buttons':
      return h(
        'div',
        { class: 'buttons' },
        block.buttons.map((one) => button(one, at)),
      )
    case 'form':
      return form(block.form, at)
  }
}

/** A heading in a card is a bold line: it is no part of the page's outline. */
const small = (node) => (/^H\d$/.test(node.tagName) ? h('p', { class: 'strong' }, ...node.childNodes) : node)

function button(one, at) {
  if ('url' in one.does)
    return h('a', { class: 'button', href: one.does.url, target: '_blank', rel: 'noreferrer' }, one.label)
  const style = one.style === 'normal' ? '' : one.style
  return h(
    'button',
    {
      type: 'button',
      class: `button ${style}`,
      disabled: one.isDisabled,
      'data-focus': `${at.id} ${one.id}`,
      onclick: async (event) => {
        const pressed = event.currentTarget
        if (one.confirm && !(await ask(asked(one.confirm, style)))) return
        await at.press(pressed, one.id, at.typed)
      },
    },
    one.label,
  )
}

const asked = ({ title, message, ok, cancel }, style) => ({
  title: { text: title },
  text: { type: 'plain_text', text: message },
  confirm: { text: ok },
  deny: { text: cancel },
  style,
})

function form(one, at) {
  const given = {}
  const fields = one.fields.filter(({ isHidden }) => !isHidden)
  for (const { name, initial } of one.fields) if (typeof initial === 'string' && initial !== '') given[name] = initial
  return h(
    'div',
    { class: 'form' },
    fields.map((own) =>
      own.kind === 'SELECT'
        ? select(own, (value) => {
            given[own.name] = value
          })
        : field(own.label, own.placeholder, (value) => {
            given[own.name] = value
          }),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'button primary',
        disabled: one.isDisabled,
        'data-focus': `${at.id} ${one.id}`,
        onclick: (event) => void at.press(event.currentTarget, one.id, given),
      },
      one.submitLabel,
    ),
  )
}

const field = (label, placeholder, take) =>
  h(
    'label',
    {},
    h('span', {}, label),
    h('input', { type: 'text', placeholder, maxlength: '500', oninput: (event) => take(event.target.value) }),
  )

const select = (own, take) =>
  h(
    'label',
    {},
    h('span', {}, own.label),
    h(
      'select',
      { onchange: (event) => take(event.target.value) },
      own.options.map(({ value, text }) =>
        h('option', { value, selected: value === own.initial?.value || value === own.initial }, text),
      ),
    ),
  )
