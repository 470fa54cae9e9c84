import { h } from './dom.js'
import { emojis, textObject } from './mrkdwn.js'

/** Asks once more, as a confirmation dialog of Block Kit says; resolves with the answer. */
export function ask({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      resolve(yes)
      dialog.close()
    }
    const dialog = h(
      'dialog',
      {
        class: 'dialog small',
        'aria-labelledby': 'ask-title',
        onclose: () => dialog.remove(),
        oncancel: answer(false),
      },
      h('h2', { id: 'ask-title', class: 'ask-title' }, emojis(title.text)),
      h('div', { class: 'dialog-body' }, textObject(text)),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'button', onclick: answer(false) }, emojis(deny.text)),
        h(
          'button',
          { type: 'button', class: `button ${style ?? 'primary'}`, autofocus: true, onclick: answer(true) },
          emojis(confirm.text),
        ),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
