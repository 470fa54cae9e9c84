import { act, toast } from './act.js'
import { blocks } from './blocks.js'
import { h } from './dom.js'
import { emojis } from './mrkdwn.js'
import { place } from './place.js'
import { say } from './texts.js'
import { world } from './world.js'

/** The dialog that is open, and what was entered in it so far: it outlives being drawn anew. */
let shown = null

/** Shows the top view of the player's modal, if she has one. */
export function drawModal() {
  const view = (world.views.get(place.as) ?? []).at(-1)
  const mark = view && JSON.stringify([place.as, view.id, view.hash, view.errors])
  if (shown?.mark === mark) return
  const values = shown?.view === view?.id ? shown.values : {}
  shown?.dialog.remove()
  shown = null
  if (!view) return
  const dialog = build(view, values)
  shown = { mark, view: view.id, dialog, values }
  document.body.append(dialog)
  dialog.showModal()
  const wrong = dialog.querySelector('[aria-invalid=true]') ?? dialog.querySelector('input[type=text], textarea')
  wrong?.focus()
}

function build(view, values) {
  const { body } = view
  const at = {
    id: view.id,
    errors: view.errors,
    values,
    use: (block, action, value) => act({ do: 'pressView', view: view.id, block, action, value }),
  }
  const close = (all) => () => void act({ do: 'close', view: view.id, all })
  const errors = h('div', { class: 'error', role: 'alert' })
  const submit = h('button', { type: 'submit', class: 'button primary' }, emojis(body.submit?.text ?? say('close')))
  const send = async (event) => {
    event.preventDefault()
    if (submit.disabled) return
    submit.disabled = true
    submit.classList.add('busy')
    const outcome = await act({ do: 'submit', view: view.id, entries: values })
    submit.disabled = false
    submit.classList.remove('busy')
    if (!outcome?.error) return
    if (outcome.error === 'required_field_empty') return missing(dialog, outcome.detail)
    errors.textContent =
      outcome.acked === false && !outcome.detail ? say('unreachable') : (outcome.detail ?? outcome.error)
    if (outcome.error === 'view_not_found') toast(say('failed', { why: outcome.error }))
  }
  const dialog = h(
    'dialog',
    {
      class: 'dialog',
      'aria-labelledby': `title-${view.id}`,
      oncancel: (event) => {
        event.preventDefault()
        close(true)()
      },
    },
    h(
      'form',
      { novalidate: true, onsubmit: (event) => void send(event) },
      h(
        'header',
        {},
        h('h2', { id: `title-${view.id}` }, emojis(body.title.text)),
        h('button', { type: 'button', class: 'icon', 'aria-label': say('close'), onclick: close(true) }, '✕'),
      ),
      h('div', { class: 'dialog-body' }, blocks(body.blocks, at), errors),
      h(
        'footer',
        {},
        h(
          'button',
          { type: 'button', class: 'button', onclick: close(false) },
          emojis(body.close?.text ?? say('cancel')),
        ),
        body.submit && submit,
      ),
    ),
  )
  return dialog
}

function missing(dialog, block) {
  const place_ = dialog.querySelector(`[data-block="${CSS.escape(block)}"]`)
  const note = place_?.querySelector('[id$="-note"]')
  if (note) {
    note.className = 'error'
    note.textContent = say('required')
  }
  place_?.querySelector('input, textarea, select')?.focus()
}
