import { tell } from './act.js'
import { card, fileOf } from './card.js'
import { h, only, reconcile } from './dom.js'
import { markdown } from './markdown.js'
import { me, place, shows } from './place.js'
import { say } from './texts.js'
import { clock, day } from './time.js'
import { world } from './world.js'

/* DingTalk as its client shows it: groups and the robot's own conversation, mentions, cards, files. */

const head = h('header', { id: 'groups-head' })
const list = h('div', { id: 'group-messages', role: 'log', tabindex: '0', 'aria-live': 'off' })
const write = h('div', { id: 'group-write' })
let atEnd = true
/** The conversation that is open, by person. */
const open = new Map()

export function setUpGroups() {
  document.getElementById('groups').append(head, list, write)
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60
  })
  list.addEventListener('load', () => atEnd && list.scrollTo(0, list.scrollHeight), true)
}

/** Groups somebody is in: the newest work first, her conversation with the robot last. */
const groupsOf = (key) =>
  [...world.groups.values()]
    .filter((one) => one.members.includes(key) && !one.isDisbanded)
    .sort((a, b) => Number(a.kind === 'direct') - Number(b.kind === 'direct'))

const seen = (group, key) =>
  [...(world.groupMessages.get(group)?.values() ?? [])].filter((one) => !one.onlyFor || one.onlyFor.includes(key))

export function drawGroups() {
  if (!shows('dingtalk')) return
  const key = me()?.key ?? ''
  const mine = groupsOf(key)
  const here = mine.find(({ id }) => id === open.get(key)) ?? mine[0]
  const again = document.documentElement.lang
  only(head, [mine.map(({ id, title }) => [id, title]), here?.id, key, again, world.streams > 0], () =>
    heading(mine, here, key),
  )
  if (!here) {
    list.replaceChildren(h('p', { class: 'empty muted' }, say('notInOrganisation')))
    write.replaceChildren()
    return
  }
  drawMessages(here, key)
  only(write, [here.id, key, again], () => composer(here))
}

function heading(mine, here, key) {
  const choose = (event) => {
    open.set(key, event.target.value)
    atEnd = true
    list.replaceChildren()
    drawGroups()
  }
  const name = (one) =>
    one.kind === 'direct' ? `Astern · ${say('directRobot')}` : `${one.title} (${one.members.length})`
  return h(
    'div',
    { class: 'row' },
    h('span', { class: 'ding-mark', 'aria-hidden': 'true' }, '钉'),
    h('h1', {}, say('dingtalk')),
    h(
      'select',
      { class: 'pick', 'aria-label': say('groups'), 'data-focus': 'group', onchange: choose },
      mine.map((one) => h('option', { value: one.id, selected: one.id === here?.id }, name(one))),
    ),
    world.streams === 0 && h('span', { class: 'away' }, say('botAway')),
  )
}

function drawMessages(group, key) {
  const items = []
  let today = ''
  for (const one of seen(group.id, key)) {
    const on = day(one.at / 1000)
    if (on !== today) items.push([`day ${on}`, on, () => h('div', { class: 'rule' }, h('span', {}, on))])
    today = on
    const view = one.content.kind === 'card' ? world.cards.get(one.content.card)?.[key] : undefined
    items.push([one.id, [one, view ?? null, key, document.documentElement.lang], () => message(one, view, key)])
  }
  if (items.length === 0) items.push(['empty', key, () => h('p', { class: 'empty muted' }, say('emptyGroup'))])
  reconcile(list, items)
  if (atEnd) list.scrollTop = list.scrollHeight
}

const personOf = (key) => world.people.find((one) => one.key === key)

function message(one, view, key) {
  const { by } = one
  const isMine = by.kind === 'person' && by.userId === key
  const name =
    by.kind === 'person' ? (personOf(by.userId)?.name ?? by.userId) : by.kind === 'robot' ? 'Astern' : by.name
  const face = by.kind === 'person' ? `face-${world.people.findIndex((two) => two.key === by.userId)}` : 'bot'
  return h(
    'article',
    { class: `ding ${isMine ? 'mine' : ''}` },
    h('span', { class: `avatar ${face}`, 'aria-hidden': 'true' }, by.kind === 'person' ? name.slice(0, 1) : '↩'),
    h(
      'div',
      { class: 'said' },
      h(
        'small',
        {},
        name,
        by.kind !== 'person' && h('span', { class: 'robot' }, say('robot')),
        ' ',
        h('time', {}, clock(one.at / 1000)),
        one.onlyFor && h('span', { class: 'muted' }, ` · ${say('onlyYou')}`),
      ),
      one.isRecalled ? h('p', { class: 'bubble muted' }, say('recalled')) : content(one.content, view),
    ),
  )
}

function content(said, view) {
  switch (said.kind) {
    case 'card':
      return view ? card(said.card, view) : null
    case 'text':
      return h('p', { class: 'bubble' }, said.text)
    case 'markdown':
      return h('div', { class: 'bubble' }, markdown(said.text))
    case 'links':
      return h(
        'div',
        { class: 'bubble' },
        markdown(said.text),
        said.links.map(({ title, url }) =>
          h('a', { class: 'button', href: url, target: '_blank', rel: 'noreferrer' }, title),
        ),
      )
    case 'image':
      return h('img', { class: 'bubble', src: fileOf(said.image), alt: '' })
    default:
      return h('a', { class: 'bubble file', href: fileOf(said.mediaId), download: said.name }, `📄 ${said.name}`)
  }
}

function composer(group) {
  const box = h('textarea', {
    rows: '1',
    'aria-label': say('write', { to: group.title }),
    placeholder: group.kind === 'direct' ? say('robotHint') : say('groupHint'),
    'data-focus': 'group-text',
  })
  const send = () => {
    const text = box.value.trim()
    if (text === '') return
    atEnd = true
    box.value = ''
    void tell(
      group.kind === 'direct' ? { do: 'robot-say', text } : { do: 'group-say', group: group.id, text, as: place.as },
    )
  }
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  })
  const mention = () => {
    if (!box.value.startsWith('@Astern')) box.value = `@Astern ${box.value}`
    box.focus()
  }
  return h(
    'div',
    { class: 'composer' },
    group.kind === 'group' &&
      h('button', { type: 'button', class: 'icon', 'aria-label': say('mention'), onclick: mention }, '@'),
    box,
    h('button', { type: 'button', class: 'icon send', 'aria-label': say('send'), onclick: send }, '➤'),
  )
}
