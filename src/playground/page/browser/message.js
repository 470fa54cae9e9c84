import { tell } from './act.js'
import { blocks, legacyAttachments } from './blocks.js'
import { h } from './dom.js'
import { link, mrkdwn } from './mrkdwn.js'
import { go, place } from './place.js'
import { say } from './texts.js'
import { clock, full } from './time.js'
import { channelName, nameOf, threadOf, world } from './world.js'

/** The little square that stands for somebody. */
export function avatar(user) {
  const isBot = world.users.get(user)?.isBot
  const index = world.people.findIndex((one) => one.user === user)
  return h(
    'span',
    { class: `avatar ${isBot ? 'bot' : `face-${index < 0 ? 9 : index}`}`, 'aria-hidden': 'true' },
    isBot ? '↩' : nameOf(user).slice(0, 1),
  )
}

/** What a message is drawn from: when this is the same, its node stays. */
export const contentOf = (message, isThread, follows) => [message, isThread, follows, place.as]

const subtypes = {
  channel_join: () => say('joined', { name: channelName(place.channel) }),
  pinned_item: () => say('pinnedItem'),
  channel_topic: ({ text }) => mrkdwn(text ?? ''),
  channel_purpose: ({ text }) => mrkdwn(text ?? ''),
}

/** One message of a channel or a thread. `follows`: the one before is by the same hand, a moment ago. */
export function message(one, isThread, follows) {
  const quiet = subtypes[one.subtype]
  if (quiet)
    return h(
      'article',
      { class: 'message quiet' },
      avatar(one.user),
      h('div', { class: 'said' }, h('b', {}, nameOf(one.user)), ' ', quiet(one), ' ', h('time', {}, clock(one.ts))),
    )
  const isMine = one.is_ephemeral === true
  const at = {
    id: one.ts,
    use: (block, action, value) => tell({ do: 'press', channel: one.channel, ts: one.ts, block, action, value }),
  }
  const said = one.blocks?.length ? blocks(one.blocks, at) : h('div', { class: 'text' }, mrkdwn(one.text ?? ''))
  const head = h(
    'div',
    { class: 'head' },
    h('b', {}, one.username ?? nameOf(one.user)),
    world.users.get(one.user)?.isBot && h('span', { class: 'app' }, say('app')),
    h('time', { title: full(one.ts) }, clock(one.ts)),
  )
  return h(
    'article',
    {
      class: `message${isMine ? ' private' : ''}${follows ? ' follows' : ''}${one.pinned_to ? ' pinned' : ''}`,
      'data-ts': one.ts,
    },
    follows ? h('time', { class: 'side', title: full(one.ts) }, clock(one.ts)) : avatar(one.user),
    h(
      'div',
      { class: 'said' },
      isMine && h('div', { class: 'note' }, '👁 ', say('onlyYou')),
      one.pinned_to && h('div', { class: 'note' }, '📌 ', say('pinned')),
      !follows && head,
      said,
      legacyAttachments(one.attachments, at),
      one.edited && !one.blocks?.length && h('span', { class: 'muted' }, say('edited')),
      files(one.files),
      reactions(one.reactions),
      !isThread && replies(one),
    ),
    !isMine && tools(one, isThread),
  )
}

const files = (all) =>
  all?.length
    ? h(
        'div',
        { class: 'files' },
        all.map((one) =>
          h(
            'button',
            { type: 'button', class: 'file', onclick: () => go({ panel: { file: one.id } }) },
            h('span', { class: 'file-icon', 'aria-hidden': 'true' }, '📄'),
            h(
              'span',
              {},
              h('b', {}, one.title || one.name),
              h('small', { class: 'muted' }, `${one.filetype} · ${size(one.size)}`),
            ),
          ),
        ),
      )
    : null

export const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`)

const emoji = { pushpin: '📌' }

const reactions = (all) =>
  all?.length
    ? h(
        'div',
        { class: 'reactions' },
        all.map(({ name, count, users }) =>
          h(
            'span',
            { class: 'reaction', title: users.map(nameOf).join(', ') },
            `${emoji[name] ?? `:${name}:`} ${count}`,
          ),
        ),
      )
    : null

function replies(one) {
  if (!one.reply_count) return null
  const open = () => go({ panel: { thread: one.ts } })
  const count = one.reply_count === 1 ? say('reply') : say('replies', { n: one.reply_count })
  return h(
    'button',
    { type: 'button', class: 'replies', onclick: open, 'data-focus': 'replies' },
    one.reply_users.slice(0, 4).map(avatar),
    h('b', {}, count),
    h('span', { class: 'muted' }, say('lastReply', { at: clock(one.latest_reply) })),
  )
}

const isMarked = ({ reactions: all }) =>
  all?.some(({ name, users }) => name === 'pushpin' && users.includes(place.as)) === true

function tools(one, isThread) {
  return h(
    'div',
    { class: 'tools' },
    !isThread &&
      h(
        'button',
        {
          type: 'button',
          class: 'icon',
          title: say('replyInThread'),
          'aria-label': say('replyInThread'),
          onclick: () => go({ panel: { thread: one.thread_ts ?? one.ts } }),
        },
        '💬',
      ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon',
        title: say('json'),
        'aria-label': say('json'),
        onclick: () => go({ panel: { json: one.ts, from: isThread ? place.panel : null } }),
      },
      '{ }',
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon',
        title: say('mark'),
        'aria-label': say('mark'),
        'aria-pressed': String(isMarked(one)),
        onclick: () => void tell({ do: 'mark', channel: one.channel, ts: one.ts, on: !isMarked(one) }),
      },
      '📌',
    ),
  )
}

/** What a pin, a search or a link shows of a message in a line or two. */
export const summary = (one) =>
  h(
    'div',
    { class: 'summary' },
    h('b', {}, nameOf(one.user)),
    ' ',
    h('time', {}, clock(one.ts)),
    h(
      'div',
      {},
      one.blocks?.length
        ? blocks(one.blocks.slice(0, 1), { id: one.ts, use: async () => undefined })
        : mrkdwn(one.text ?? ''),
    ),
  )

export const bookmark = (one) => h('li', {}, link(one.link, `🔗 ${one.title}`))

export const hasThread = (channel, ts) => threadOf(channel, ts, place.as).length > 0
