import { drawChat, setUpChat } from './chat.js'
import { eachFrame, h, only } from './dom.js'
import { drawGroups, setUpGroups } from './groups.js'
import { drawModal } from './modal.js'
import { begin, me, onMove, place, recallRead, settle, unread } from './place.js'
import { drawShop, setUpShop } from './shop.js'
import { drawSidebar } from './sidebar.js'
import { say, speak } from './texts.js'
import { drawTour, recallTour, startTour, tourName, tourRegion } from './tour.js'
import { channelsOf, takeAll, takeParts, takeShop, world } from './world.js'

let begun = false

const draw = eachFrame(() => {
  if (!begun) return
  speak(me()?.language ?? 'en')
  document.body.dataset.chats = place.chats
  drawChat()
  drawGroups()
  drawSidebar({ name: tourName(), start: startTour })
  drawShop()
  drawModal()
  drawTour()
  drawTabs()
  document.getElementById('tour').setAttribute('aria-label', tourRegion())
  document.body.classList.toggle('lost', !world.connected)
})

/** On a phone one thing is seen at a time. */
function drawTabs() {
  const calls = channelsOf(place.as).reduce((sum, channel) => sum + unread(place.as, channel).calls, 0)
  const burning = world.shop.looks.some(({ now }) => (now?.errorShare ?? 0) >= 0.05)
  const view = document.body.dataset.view
  const tab = (name, text, mark) =>
    h(
      'button',
      {
        type: 'button',
        class: view === name ? 'on' : '',
        'aria-pressed': view === name ? 'true' : 'false',
        'data-focus': name,
        onclick: () => show(name),
      },
      text,
      mark && h('span', { class: 'badge' }, mark),
    )
  only(
    document.getElementById('tabs'),
    [view, place.chats, calls, burning, world.connected, document.documentElement.lang],
    () =>
      h(
        'div',
        { class: 'row' },
        tab('list', say('list'), calls > 0 ? String(calls) : ''),
        tab('chat', say('chat'), ''),
        place.chats !== 'slack' && tab('groups', say('dingtalk'), ''),
        tab('shop', say('shop'), burning ? '🔥' : ''),
        !world.connected && h('span', { class: 'lost-note', role: 'alert' }, say('connecting')),
      ),
  )
}

function show(name) {
  document.body.dataset.view = name
  draw()
}

/** One stream for everything; the browser connects again by itself when it breaks. */
function listen() {
  const stream = new EventSource('/playground/events')
  stream.addEventListener('all', ({ data }) => {
    const before = world.boot
    takeAll(JSON.parse(data))
    world.connected = true
    if (before !== world.boot) {
      recallRead()
      recallTour()
    }
    if (begun) settle()
    else begin()
    begun = true
    draw()
  })
  stream.addEventListener('parts', ({ data }) => {
    takeParts(JSON.parse(data))
    settle()
    draw()
  })
  stream.addEventListener('shop', ({ data }) => {
    takeShop(JSON.parse(data))
    draw()
  })
  stream.addEventListener('error', () => {
    world.connected = false
    draw()
    if (stream.readyState !== EventSource.CLOSED) return
    setTimeout(listen, 1000)
  })
}

setUpChat()
setUpGroups()
setUpShop()
onMove(draw)
document.addEventListener('visibilitychange', draw)
addEventListener('hashchange', () => {
  begin()
  draw()
})
setInterval(draw, 20_000)
listen()
