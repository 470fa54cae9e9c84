import { openHome } from './chat.js'
import { h, only } from './dom.js'
import { avatar } from './message.js'
import { chats, go, me, place, unread } from './place.js'
import { say } from './texts.js'
import { nowIn } from './time.js'
import { channelsOf, world } from './world.js'

/** Who one plays, and where. */
export function drawSidebar(tour) {
  const people = world.people.map((one) => ({ ...one, calls: callsOf(one.user), now: nowIn(one.timeZone) }))
  const channels = channelsOf(place.as).map((channel) => ({
    id: channel.id,
    name: channel.name,
    isIm: channel.isIm,
    isPrivate: channel.isPrivate,
    isMember: channel.members.includes(place.as),
    ...unread(place.as, channel),
  }))
  const content = [
    people,
    channels,
    place.as,
    place.channel,
    place.chats,
    world.team,
    tour.name,
    document.documentElement.lang,
  ]
  only(document.getElementById('sidebar'), content, () =>
    h(
      'div',
      { class: 'frame' },
      h('div', { class: 'team' }, h('b', {}, world.team), h('span', {}, 'Astern playground')),
      chooser(),
      h('h2', {}, say('people')),
      h('ul', { class: 'people' }, people.map(person)),
      h('h2', {}, say('channels')),
      h('ul', { class: 'channels' }, channels.filter(({ isIm }) => !isIm).map(channelRow)),
      h('h2', {}, say('apps')),
      h('ul', { class: 'channels' }, homeRow(), channels.filter(({ isIm }) => isIm).map(channelRow)),
      tour.name && h('button', { type: 'button', class: 'tour-again', onclick: tour.start }, `▷ ${tour.name}`),
    ),
  )
}

/** Slack, DingTalk, or the same incident in both. */
const chooser = () =>
  h(
    'div',
    { id: 'chats', role: 'group', 'aria-label': say('chat') },
    chats.map((one) =>
      h(
        'button',
        {
          type: 'button',
          class: place.chats === one ? 'on' : '',
          'aria-pressed': place.chats === one ? 'true' : 'false',
          'data-focus': `chats ${one}`,
          onclick: () => go({ chats: one }),
        },
        say(`chats.${one}`),
      ),
    ),
  )

const callsOf = (user) =>
  channelsOf(user).reduce(
    (sum, channel) => sum + (user === place.as && channel.id === place.channel ? 0 : unread(user, channel).calls),
    0,
  )

function person(one) {
  const isMe = one.user === place.as
  const role = one.role[me()?.language ?? 'en']
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: isMe ? 'person on' : 'person',
        'aria-pressed': isMe ? 'true' : 'false',
        'data-focus': `as ${one.user}`,
        onclick: () => go({ as: one.user }),
      },
      avatar(one.user),
      h('span', { class: 'who' }, h('b', {}, one.name), h('small', {}, role)),
      h('span', { class: 'zone', title: one.timeZone }, one.now),
      one.calls > 0 && !isMe && badge(one.calls),
    ),
  )
}

const badge = (count) => h('span', { class: 'badge', 'aria-label': String(count) }, String(count))

function channelRow(one) {
  const on = one.id === place.channel
  const enter = () => {
    document.body.setAttribute('data-view', 'chat')
    go({ channel: one.id })
  }
  const name = one.isIm ? `💬 ${say('messages')}` : `${one.isPrivate ? '🔒' : '#'} ${one.name}`
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `channel${on ? ' on' : ''}${one.count > 0 && !on ? ' unread' : ''}${one.isMember ? '' : ' other'}`,
        'aria-current': on ? 'page' : undefined,
        'data-focus': `in ${one.id}`,
        onclick: enter,
      },
      h('span', {}, name),
      one.calls > 0 && !on && badge(one.calls),
    ),
  )
}

function homeRow() {
  const on = place.channel === 'home'
  const enter = () => {
    document.body.setAttribute('data-view', 'chat')
    openHome()
  }
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `channel${on ? ' on' : ''}`,
        'aria-current': on ? 'page' : undefined,
        'data-focus': 'in home',
        onclick: enter,
      },
      h('span', {}, `↩ Astern · ${say('home')}`),
    ),
  )
}
