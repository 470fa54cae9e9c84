import { h, only } from './dom.js'
import { go, me, place } from './place.js'
import { steps } from './tour-steps.js'
import { tourTexts } from './tour-texts.js'
import { world } from './world.js'

const offered = { step: -1 }
/** `step` -1: offered, steps.length: over. The rest is what was there when it began. */
let state = offered
let shownAt = 0
/** Which step was scrolled to: later the reader scrolls herself. */
let scrolledTo = -1

const key = () => `astern-tour-${world.boot}`

/** A reload goes on where one was; another start of the playground offers it anew. */
export function recallTour() {
  try {
    state = JSON.parse(sessionStorage.getItem(key()) ?? 'null') ?? offered
  } catch {
    // Storage is off or spoilt: then it is offered again.
    state = offered
  }
}

function keep(change) {
  state = { ...state, ...change }
  shownAt = performance.now()
  try {
    sessionStorage.setItem(key(), JSON.stringify(state))
  } catch {
    // Only this visit remembers it, then.
    return
  }
}

const isOver = () => state.step >= steps.length
const leave = () => move({ step: steps.length })
const strip = () => document.getElementById('tour')

function move(change) {
  keep(change)
  drawTour()
}

/** Begins: as somebody who may ask but not approve, in the service's channel. */
export function startTour() {
  const player = me()
  const language = player?.language ?? 'en'
  const asker = world.people.find((one) => one.language === language && one.key !== 'tom' && !one.guest)
  const from = world.people.find((one) => one.key === (language === 'en' ? 'lin' : asker?.key)) ?? asker
  const channel = [...world.channels.values()].find(({ name }) => name === 'payment')?.id ?? place.channel
  const shipped = Math.max(0, ...world.shop.shipped.map(({ run }) => run))
  move({ step: 0, since: String(Date.now() / 1000), shipped, language })
  go({ as: from?.user ?? place.as, channel })
}

/** A text of the tour, in the language in which it was begun: playing somebody else does not change it. */
function tell(name, part = 0) {
  const language = isOver() || state.step < 0 ? me()?.language : state.language
  return tourTexts[name][part]?.[language === 'zh-CN' ? 1 : 0]
}

/** Draws the strip, marks what it speaks of, and goes on when that is done. */
export function drawTour() {
  advance()
  const step = steps[state.step]
  const name = step ? step.id : 'offer'
  const language = step ? state.language : me()?.language
  strip().hidden = isOver()
  if (isOver()) strip().replaceChildren()
  else only(strip(), [name, language], () => card(step, name, language))
  mark(step)
}

function advance() {
  const step = steps[state.step]
  if (!step?.done(state.since, state)) return
  const leftMs = shownAt + (step.readMs ?? 0) / world.speed - performance.now()
  if (leftMs <= 0) {
    keep({ step: state.step + 1 })
    advance()
  }
}

function mark(step) {
  const wanted = step ? document.querySelector(step.at(state.since)) : null
  for (const node of document.querySelectorAll('.tour-here')) if (node !== wanted) node.classList.remove('tour-here')
  if (!wanted || wanted.classList.contains('tour-here')) return
  wanted.classList.add('tour-here')
  if (scrolledTo === state.step || !wanted.closest('#messages')) return
  scrolledTo = state.step
  wanted.scrollIntoView({ block: 'nearest' })
}

function card(step, name, language) {
  const button = (text, use, style = '') =>
    h('button', { type: 'button', class: `button ${style}`, 'data-focus': style || 'tour', onclick: use }, text)
  const help = tell(name, 2)
  const act = () => {
    if (!step) return startTour()
    if (name === 'end') return leave()
    document.body.dataset.view = step.view
    void step.help(state.since)
  }
  const next = () => move({ step: state.step + 1 })
  return h(
    'div',
    { class: 'tour-card', lang: language },
    h(
      'div',
      { class: 'tour-text', role: 'status' },
      h('b', {}, step && h('span', { class: 'tour-count' }, `${state.step + 1}/${steps.length}`), ` ${tell(name)}`),
      h('p', {}, tell(name, 1)),
    ),
    h(
      'div',
      { class: 'tour-buttons' },
      help && button(help, act, 'primary'),
      step && name !== 'end' && button(tell('next'), next, 'next'),
      name !== 'end' && button(tell(step ? 'leave' : 'no'), leave, 'quiet'),
    ),
  )
}

/** The name of the way back into the tour, or nothing while it is on. */
export const tourName = () => (isOver() ? tell('tour') : '')
export const tourRegion = () => tell('region')
