import { tell } from './act.js'
import { composer } from './composer.js'
import { h, only, reconcile } from './dom.js'
import { markdown } from './markdown.js'
import { contentOf, message, size, summary } from './message.js'
import { go, markRead, place } from './place.js'
import { say } from './texts.js'
import { threadOf, world } from './world.js'

/** What stands beside the channel: a thread, pins, a canvas, a file, or a message as JSON. */
export function drawPanel(panel) {
  const what = place.panel
  panel.hidden = !what
  if (!what) return panel.replaceChildren()
  const [name] = Object.keys(what)
  const key = `${name} ${what[name]} ${place.as}`
  if (panel.dataset.shows !== key) {
    panel.replaceChildren()
    panel.dataset.shows = key
  }
  kinds[name]?.(panel, what)
}

const close = (what) => () => go({ panel: what?.from ?? null })

const frame = (title, what, ...body) =>
  h(
    'div',
    { class: 'frame' },
    h(
      'header',
      {},
      h('h2', { class: 'panel-title' }, title),
      h('button', { type: 'button', class: 'icon', 'aria-label': say('close'), onclick: close(what) }, '✕'),
    ),
    h('div', { class: 'panel-body' }, body),
  )

const kinds = {
  thread(panel, what) {
    const all = threadOf(place.channel, what.thread, place.as)
    if (panel.childElementCount === 0) {
      panel.append(
        frame(
          say('thread'),
          what,
          h('div', { class: 'replies-list' }),
          composer({ channel: place.channel, thread: what.thread }),
        ),
      )
    }
    const list = panel.querySelector('.replies-list')
    const body = panel.querySelector('.panel-body')
    const wasAtEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 80
    reconcile(
      list,
      all.map((one) => [one.ts, contentOf(one, true, false), () => message(one, true, false)]),
    )
    if (wasAtEnd) body.scrollTop = body.scrollHeight
    markRead(place.as, place.channel)
  },
  pins(panel, what) {
    const channel = world.channels.get(place.channel)
    const pinned = (channel?.pins ?? []).map(({ ts }) => world.messages.get(channel.id)?.get(ts)).filter(Boolean)
    only(panel, [pinned, place.as], () =>
      frame(
        say('pins'),
        what,
        pinned.length === 0
          ? h('p', { class: 'muted' }, say('noPins'))
          : pinned.map((one) =>
              h('button', { type: 'button', class: 'pin', onclick: () => show(one.ts) }, summary(one)),
            ),
      ),
    )
  },
  canvas(panel, what) {
    const canvas = world.canvases.get(what.canvas)
    const editing = panel.querySelector('textarea')
    if (editing) return
    only(panel, [canvas ?? null, place.as], () =>
      frame(
        `📝 ${canvas?.title || say('canvas')}`,
        what,
        canvas
          ? canvas.sections.map((section) => canvasSection(canvas, section))
          : h('p', { class: 'muted' }, say('deleted')),
      ),
    )
  },
  file(panel, what) {
    const file = world.files.get(what.file)
    only(panel, [file ?? null, place.as], () => {
      const body = h('div', { class: 'document' })
      if (file) void fill(body, file)
      return frame(
        `📄 ${file?.title || file?.name || say('file')}`,
        what,
        file &&
          h(
            'p',
            { class: 'muted' },
            `${file.name} · ${size(file.size)} · `,
            h('a', { href: `/playground/files/${file.id}`, target: '_blank', rel: 'noopener' }, say('open')),
          ),
        body,
      )
    })
  },
  json(panel, what) {
    const one = world.messages.get(place.channel)?.get(what.json) ?? world.ephemerals.get(what.json)
    only(panel, [one ?? null, place.as], () =>
      frame(say('jsonTitle'), what, h('pre', { class: 'code json', tabindex: '0' }, JSON.stringify(one, null, 2))),
    )
  },
}

function show(ts) {
  const node = document.querySelector(`#messages [data-ts="${CSS.escape(ts)}"]`)
  node?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  node?.classList.add('shown')
  setTimeout(() => node?.classList.remove('shown'), 2000)
}

/** A canvas is written in section by section. */
function canvasSection(canvas, section) {
  const shown = h('div', { class: 'document' }, markdown(section.markdown))
  const place_ = h(
    'div',
    { class: 'canvas-section' },
    shown,
    h(
      'button',
      { type: 'button', class: 'icon', title: say('edit'), 'aria-label': say('edit'), onclick: () => edit() },
      '✎',
    ),
  )
  function edit() {
    const area = h('textarea', {
      rows: Math.max(3, section.markdown.split('\n').length + 1),
      value: section.markdown,
      'aria-label': say('edit'),
    })
    const save = async () => {
      await tell({ do: 'write', canvas: canvas.id, section: section.id, text: area.value })
      section.markdown = area.value
      stop()
    }
    const stop = () => {
      place_.replaceWith(canvasSection(canvas, section))
    }
    place_.replaceChildren(
      area,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', class: 'button primary', onclick: () => void save() }, say('save')),
        h('button', { type: 'button', class: 'button', onclick: stop }, say('cancel')),
      ),
    )
    area.focus()
  }
  return place_
}

async function fill(body, file) {
  if (/^image\/(png|jpeg|gif)$/.test(file.mimetype))
    return body.append(h('img', { src: `/playground/files/${file.id}`, alt: file.title || file.name }))
  if (!/^text\/|json$/.test(file.mimetype)) return
  const text = await fetch(`/playground/files/${file.id}`).then((response) => response.text())
  body.append(...(file.mimetype === 'text/markdown' ? markdown(text) : [h('pre', { class: 'code' }, text)]))
}
