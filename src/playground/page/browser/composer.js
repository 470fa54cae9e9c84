import { tell, toast } from './act.js'
import { h } from './dom.js'
import { say } from './texts.js'
import { channelName, world } from './world.js'

const drafts = new Map()

/** Where people write. Completes commands, services and names; what was begun is still there when one comes back. */
export function composer({ channel, thread }) {
  const draft = `${channel} ${thread ?? ''}`
  const to = thread
    ? say('writeReply')
    : say('write', { to: world.channels.get(channel)?.isIm ? 'Astern' : `#${channelName(channel)}` })
  const listId = `complete-${draft.replaceAll(/\W/g, '-')}`
  const list = h('ul', { class: 'completions', id: listId, role: 'listbox', hidden: true })
  const area = h('textarea', {
    rows: 1,
    placeholder: to,
    'aria-label': to,
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    value: drafts.get(draft) ?? '',
    'data-focus': `write ${draft}`,
    enterkeyhint: 'send',
  })
  let found = []
  let chosen = 0

  const grow = () => {
    area.style.height = 'auto'
    area.style.height = `${Math.min(160, area.scrollHeight)}px`
  }
  const complete = () => {
    found = completions(area.value.slice(0, area.selectionStart), thread !== undefined)
    chosen = 0
    drawList()
  }
  const drawList = () => {
    list.hidden = found.length === 0
    list.replaceChildren(
      ...found.map((one, index) =>
        h(
          'li',
          {
            id: `${listId}-${index}`,
            role: 'option',
            'aria-selected': index === chosen ? 'true' : 'false',
            onpointerdown: (event) => {
              event.preventDefault()
              take(one)
            },
          },
          h('b', {}, one.shown),
          one.hint && h('span', { class: 'muted' }, ` ${one.hint}`),
        ),
      ),
    )
    if (found.length > 0) area.setAttribute('aria-activedescendant', `${listId}-${chosen}`)
    else area.removeAttribute('aria-activedescendant')
  }
  const take = (one) => {
    const rest = area.value.slice(area.selectionStart)
    const before = area.value.slice(0, area.selectionStart)
    const next = `${before.slice(0, before.length - one.typed.length)}${one.put} `
    area.value = next + rest.trimStart()
    area.setSelectionRange(next.length, next.length)
    drafts.set(draft, area.value)
    complete()
  }
  const send = async () => {
    const text = area.value.trim()
    if (text === '') return
    if (text.startsWith('/') && thread !== undefined) return toast(say('inThread'))
    area.value = ''
    drafts.delete(draft)
    found = []
    drawList()
    grow()
    const outcome = await tell(
      text.startsWith('/')
        ? { do: 'command', channel, line: text }
        : { do: 'say', channel, text, ...(thread && { thread }) },
    )
    // What did not get through is not lost.
    if ((!outcome || outcome.error) && area.value === '') {
      area.value = text
      drafts.set(draft, text)
    }
  }
  area.addEventListener('input', () => {
    drafts.set(draft, area.value)
    grow()
    complete()
  })
  area.addEventListener('blur', () => {
    list.hidden = true
  })
  area.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const open = !list.hidden && found.length > 0
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length
      drawList()
    } else if (open && (event.key === 'Tab' || (event.key === 'Enter' && found[chosen].put !== found[chosen].typed))) {
      event.preventDefault()
      take(found[chosen])
    } else if (open && event.key === 'Escape') {
      found = []
      drawList()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    }
  })
  return h(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault()
        void send()
      },
    },
    list,
    area,
    h('button', { type: 'submit', class: 'icon send', 'aria-label': say('send'), title: say('send') }, '➤'),
  )
}

/** What could stand where the cursor is. */
function completions(before, inThread) {
  const command = /^\/[\w-]*$/.exec(before)
  if (command && !inThread)
    return world.commands
      .filter((one) => one.command.startsWith(before))
      .map((one) => ({ typed: before, put: one.command, shown: one.command, hint: one.usage }))
  const [, word] =
    /^(?:\/(?:rollback|versions|incident\s+open)|@astern\s+(?:rollback|versions))\s+([\w-]*)$/.exec(before) ?? []
  if (word !== undefined)
    return world.services
      .filter(({ name }) => name.startsWith(word) && name !== word)
      .map(({ name }) => ({ typed: word, put: name, shown: name }))
  const [, name] = /(?:^|\s)@([\w-]*)$/.exec(before) ?? []
  if (name === undefined) return []
  const users = [...world.users.values()].filter((one) => one.handle.startsWith(name) && one.handle !== name)
  return users.map((one) => ({ typed: name, put: one.handle, shown: `@${one.handle}`, hint: one.name }))
}
