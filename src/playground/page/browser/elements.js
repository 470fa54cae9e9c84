import { ask } from './dialog.js'
import { h } from './dom.js'
import { emojis } from './mrkdwn.js'
import { say } from './texts.js'
import { nameOf, world } from './world.js'

/*
 * Block elements: https://docs.slack.dev/reference/block-kit/block-elements. `at` is where they stand:
 *   use(block, action, value)  sends it to the app; resolves when that was done
 *   values                     what was entered, by block, where things are entered (dialogs); absent in messages
 */

/** Draws an element. */
export function element(one, block, at) {
  const draw = kinds[one.type] ?? (one.type.endsWith('_select') ? select : null)
  return draw ? draw(one, block, at) : h('span', { class: 'muted' }, `[${one.type}]`)
}

/** Asks first where the element says so, and keeps from being used twice at once. */
async function use(node, one, block, at, value) {
  if (node.disabled) return
  if (one.confirm && !(await ask(one.confirm))) return
  node.disabled = true
  node.classList.add('busy')
  await at.use(block, one.action_id, value ?? null)
  node.disabled = false
  node.classList.remove('busy')
}

function button(one, block, at) {
  const focus = `${block} ${one.action_id}`
  const style = `button ${one.style ?? ''}`
  const text = emojis(one.text.text)
  if (one.url)
    return h(
      'a',
      {
        class: style,
        href: one.url,
        target: '_blank',
        rel: 'noopener noreferrer',
        'data-focus': focus,
        onclick: () => void at.use(block, one.action_id, null),
      },
      text,
    )
  return h(
    'button',
    {
      type: 'button',
      class: style,
      'data-focus': focus,
      'aria-label': one.accessibility_label,
      onclick: (event) => void use(event.currentTarget, one, block, at),
    },
    text,
  )
}

let menus = 0

function overflow(one, block, at) {
  const id = `menu-${menus++}`
  const opener = h(
    'button',
    {
      type: 'button',
      class: 'button menu-opener',
      popovertarget: id,
      'data-focus': `${block} ${one.action_id}`,
      'aria-label': say('more'),
      title: say('more'),
    },
    '⋯',
  )
  const menu = h('div', { id, class: 'menu', popover: 'auto', role: 'menu' })
  const close = () => menu.hidePopover()
  for (const option of one.options) {
    const text = emojis(option.text.text)
    const choose = () => {
      close()
      void use(opener, one, block, at, option.value)
    }
    menu.append(
      option.url
        ? h(
            'a',
            { role: 'menuitem', href: option.url, target: '_blank', rel: 'noopener noreferrer', onclick: choose },
            text,
          )
        : h('button', { type: 'button', role: 'menuitem', onclick: choose }, text),
    )
  }
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'open') return
    const { left, bottom, top } = opener.getBoundingClientRect()
    const below = bottom + menu.offsetHeight + 8 < innerHeight
    menu.style.top = `${below ? bottom + 4 : Math.max(8, top - menu.offsetHeight - 4)}px`
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`
    menu.querySelector('[role=menuitem]')?.focus()
  })
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const items = [...menu.querySelectorAll('[role=menuitem]')]
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus()
  })
  return h('span', { class: 'menu-place' }, opener, menu)
}

const keep = (at, block, value) => {
  if (at.values) at.values[block] = value
}

function choices(type) {
  return (one, block, at) => {
    const kept =
      at.values?.[block] ??
      (type === 'radio' ? one.initial_option?.value : one.initial_options?.map(({ value }) => value))
    const name = `${at.id}-${block}`
    const group = h('div', {
      class: 'choices',
      role: type === 'radio' ? 'radiogroup' : 'group',
      'aria-labelledby': at.fieldId,
      'aria-describedby': at.described,
    })
    const chosen = () => [...group.querySelectorAll('input:checked')].map((box) => box.value)
    const change = (event) => {
      const value = type === 'radio' ? event.target.value : chosen()
      keep(at, block, value)
      if (!at.values) void use(event.target, one, block, at, value)
    }
    for (const option of one.options)
      group.append(
        h(
          'label',
          {},
          h('input', {
            type,
            name,
            value: option.value,
            checked: [kept].flat().includes(option.value),
            onchange: change,
          }),
          h(
            'span',
            {},
            emojis(option.text.text),
            option.description && h('small', { class: 'muted' }, emojis(option.description.text)),
          ),
        ),
      )
    keep(at, block, kept ?? null)
    return group
  }
}

/** Every kind of menu to choose one of. */
function select(one, block, at) {
  const options = optionsOf(one)
  const initial = one.initial_option?.value ?? one.initial_user ?? one.initial_channel ?? one.initial_conversation
  const kept = at.values?.[block] ?? initial ?? ''
  const change = (event) => {
    keep(at, block, event.target.value || null)
    if (!at.values) void use(event.target, one, block, at, event.target.value)
  }
  keep(at, block, kept || null)
  const menu = h(
    'select',
    {
      id: at.fieldId,
      'aria-describedby': at.described,
      'aria-label': at.fieldId ? undefined : (one.placeholder?.text ?? say('more')),
      onchange: change,
    },
    h('option', { value: '' }, one.placeholder?.text ?? '…'),
    options.map(([value, text]) => h('option', { value, selected: value === kept }, text)),
  )
  return menu
}

function optionsOf(one) {
  if (one.type.includes('users')) return [...world.users.values()].map(({ id }) => [id, nameOf(id)])
  if (/channels|conversations/.test(one.type))
    return [...world.channels.values()].filter(({ isIm }) => !isIm).map(({ id, name }) => [id, `#${name}`])
  const all = [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)]
  return all.map((option) => [option.value, emojis(option.text.text)])
}

const inputTypes = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
}

function text(one, block, at) {
  const kept = at.values?.[block] ?? one.initial_value ?? one.initial_date ?? one.initial_time ?? ''
  keep(at, block, kept === '' ? null : kept)
  const shared = {
    id: at.fieldId,
    'aria-describedby': at.described,
    'aria-invalid': at.invalid ? 'true' : undefined,
    placeholder: one.placeholder?.text,
    maxlength: one.max_length,
    value: kept,
    'data-focus': `${block} ${one.action_id}`,
    oninput: (event) => keep(at, block, event.target.value === '' ? null : event.target.value),
  }
  return one.multiline
    ? h('textarea', { ...shared, rows: 4 })
    : h('input', { ...shared, type: inputTypes[one.type] ?? 'text', autocomplete: 'off' })
}

const kinds = {
  button,
  workflow_button: button,
  icon_button: button,
  overflow,
  radio_buttons: choices('radio'),
  checkboxes: choices('checkbox'),
  static_select: select,
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  datepicker: text,
  timepicker: text,
}
