import { act } from './act.js'
import { h, only } from './dom.js'
import { say } from './texts.js'
import { world } from './world.js'

/** Whose phone rings, and who answered. */
export function drawPhones(parent) {
  const shown = world.shop.pages.slice(-4).reverse()
  only(parent, [shown, document.documentElement.lang], () =>
    h(
      'div',
      { class: 'phones' },
      shown.length > 0 && h('h2', {}, say('phones')),
      h(
        'ul',
        {},
        shown.map((one) => h('li', { class: one.status === 'triggered' ? 'rings' : '' }, phone(one))),
      ),
    ),
  )
}

const phone = ({ id, user, name, title, status }) => [
  h('span', { 'aria-hidden': 'true' }, status === 'triggered' ? '📳' : '📱'),
  h('span', {}, h('b', {}, name), ` ${title}`),
  status === 'triggered' &&
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => void act({ do: 'answer-page', page: id, phone: user }) },
      say('answerPage', { name }),
    ),
]
