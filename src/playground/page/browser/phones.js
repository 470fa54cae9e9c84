import { act } from './act.js'
import { h, only } from './dom.js'
import { say } from './texts.js'
import { world } from './world.js'

/** Whose phone rings, and who answered. */
export function drawPhones(parent) {
  const shown = [...world.shop.pages.map(paged), ...world.dings.flatMap(dinged)].sort((a, b) => b.at - a.at).slice(0, 4)
  only(parent, [shown, document.documentElement.lang], () =>
    h(
      'div',
      { class: 'phones' },
      shown.length > 0 && h('h2', {}, say('phones')),
      h(
        'ul',
        {},
        shown.map((one) => h('li', { class: one.rings ? 'rings' : '' }, phone(one))),
      ),
    ),
  )
}

const paged = ({ id, user, name, title, status, at }) => ({
  at: Date.parse(at),
  name,
  title,
  rings: status === 'triggered',
  answer: { do: 'answer-page', page: id, phone: user },
})

/** DingTalk tells the bot of nobody who answers: that is done on the card. */
const dinged = ({ at, by, to, content, isRecalled }) =>
  to.map((key) => ({
    at,
    name: world.people.find((one) => one.key === key)?.name ?? key,
    title: `${content} (${say(`ding.${by}`)})`,
    rings: !isRecalled,
  }))

const phone = ({ name, title, rings, answer }) => [
  h('span', { 'aria-hidden': 'true' }, rings ? '📳' : '📱'),
  h('span', {}, h('b', {}, name), ` ${title}`),
  rings &&
    answer !== undefined &&
    h('button', { type: 'button', class: 'button', onclick: () => void act(answer) }, say('answerPage', { name })),
]
