import { act, tell } from './act.js'
import { blocks } from './blocks.js'
import { composer } from './composer.js'
import { h, only, reconcile } from './dom.js'
import { bookmark, contentOf, message } from './message.js'
import { drawPanel } from './panel.js'
import { go, markRead, place, readUntil } from './place.js'
import { say } from './texts.js'
import { day } from './time.js'
import { directOf, seenIn, world } from './world.js'

const followsMs = 180

const head = h('header', { id: 'chat-head' })
const list = h('div', { id: 'messages', role: 'log', tabindex: '0', 'aria-live': 'off' })
const column = h('div', { id: 'column' }, list)
const panel = h('section', { id: 'panel', hidden: true })
const write = h('div', { id: 'write' })
column.append(write)

/** Whether the reader stands at the end: only then new messages carry her along. */
let atEnd = true
/** Where the line "new messages" stands, since the channel was opened. */
let fresh = { where: '', since: '' }

export function setUpChat() {
  document.getElementById('chat').append(head, h('div', { id: 'body' }, column, panel))
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60
  })
  // A picture takes its room only when it has come.
  list.addEventListener('load', () => atEnd && list.scrollTo(0, list.scrollHeight), true)
  new ResizeObserver(() => {
    if (atEnd) list.scrollTop = list.scrollHeight
  }).observe(list)
}

/** Draws the middle: a channel, or the app's home. */
export function drawChat() {
  const isHome = place.channel === 'home'
  const where = `${place.as} ${place.channel}`
  if (fresh.where !== where) {
    fresh = { where, since: isHome ? '' : readUntil(place.as, place.channel) }
    atEnd = true
    list.replaceChildren()
  }
  if (isHome) drawHome()
  else drawChannel(world.channels.get(place.channel))
  drawPanel(panel)
}

function drawChannel(channel) {
  if (!channel) return
  const isMember = channel.members.includes(place.as)
  only(head, [channel, place.as, document.documentElement.lang, world.sockets > 0], () => channelHead(channel))
  const shown = seenIn(channel.id, place.as)
  const items = []
  let before = null
  for (const one of shown) {
    const today = day(one.ts)
    if (!before || day(before.ts) !== today)
      items.push([`day ${today}`, today, () => h('div', { class: 'rule' }, h('span', {}, today))])
    const isNew = one.ts > fresh.since && (before?.ts ?? '') <= fresh.since && before !== null && one.user !== place.as
    if (isNew)
      items.push([
        'new',
        document.documentElement.lang,
        () => h('div', { class: 'rule new' }, h('span', {}, say('newMessages'))),
      ])
    const follows =
      !isNew &&
      before !== null &&
      before.user === one.user &&
      !before.subtype &&
      !one.subtype &&
      !one.pinned_to &&
      Number(one.ts) - Number(before.ts) < followsMs &&
      !one.is_ephemeral === !before.is_ephemeral
    items.push([`m ${one.ts}`, contentOf(one, false, follows), () => message(one, false, follows)])
    before = one
  }
  if (items.length === 0)
    items.push([
      'empty',
      place.as,
      () => h('div', { class: 'empty' }, h('p', {}, say('empty')), h('p', { class: 'muted' }, say('emptyHint'))),
    ])
  reconcile(list, items)
  if (atEnd) list.scrollTop = list.scrollHeight
  if (document.visibilityState === 'visible') markRead(place.as, channel.id)
  only(write, [channel.id, channel.name, isMember, place.as], () =>
    isMember ? composer({ channel: channel.id }) : joinBar(channel),
  )
}

function channelHead(channel) {
  const canvas = channel.canvas ? world.canvases.get(channel.canvas) : undefined
  return h(
    'div',
    { class: 'row' },
    h(
      'button',
      {
        type: 'button',
        class: 'icon narrow',
        'aria-label': say('list'),
        onclick: () => document.body.setAttribute('data-view', 'list'),
      },
      '‹',
    ),
    h(
      'div',
      { class: 'title' },
      h('h1', {}, channel.isIm ? 'Astern' : `${channel.isPrivate ? '🔒' : '#'} ${channel.name}`),
      h('span', { class: 'muted topic', title: channel.topic }, channel.topic),
    ),
    world.sockets === 0 && h('span', { class: 'away' }, say('botAway')),
    h('ul', { class: 'bookmarks' }, channel.bookmarks.map(bookmark)),
    canvas &&
      h(
        'button',
        { type: 'button', class: 'chip', onclick: () => go({ panel: { canvas: canvas.id } }) },
        `📝 ${canvas.title || say('canvas')}`,
      ),
    channel.pins.length > 0 &&
      h(
        'button',
        { type: 'button', class: 'chip', onclick: () => go({ panel: place.panel?.pins ? null : { pins: true } }) },
        `📌 ${channel.pins.length}`,
      ),
    h('span', { class: 'muted', title: say('people2') }, `👤 ${channel.members.length}`),
  )
}

const joinBar = (channel) =>
  h(
    'div',
    { class: 'join' },
    h('span', {}, say('notMember', { name: channel.name })),
    h(
      'button',
      { type: 'button', class: 'button primary', onclick: () => void tell({ do: 'join', channel: channel.id }) },
      say('join'),
    ),
  )

/** The app's own page and, beside it, the direct messages with it. */
function drawHome() {
  const home = world.homes.get(place.as)
  const direct = directOf(place.as)
  only(head, ['home', place.as, direct?.id, document.documentElement.lang], () =>
    h(
      'div',
      { class: 'row' },
      h(
        'button',
        {
          type: 'button',
          class: 'icon narrow',
          'aria-label': say('list'),
          onclick: () => document.body.setAttribute('data-view', 'list'),
        },
        '‹',
      ),
      h('div', { class: 'title' }, h('h1', {}, 'Astern'), h('span', { class: 'muted' }, say('openHomeOf'))),
      direct &&
        h('button', { type: 'button', class: 'chip', onclick: () => go({ channel: direct.id }) }, say('messages')),
    ),
  )
  const at = {
    id: home?.id ?? 'home',
    use: (block, action, value) => tell({ do: 'pressView', view: home?.id, block, action, value }),
  }
  reconcile(list, [
    [
      'home',
      [home ?? null, place.as],
      () =>
        h('div', { class: 'home' }, home ? blocks(home.body.blocks, at) : h('p', { class: 'muted' }, say('emptyHome'))),
    ],
  ])
  write.replaceChildren()
}

/** Opens the home tab as Slack's client does: the app is told each time. */
export function openHome() {
  go({ channel: 'home' })
  void act({ do: 'home' })
}
