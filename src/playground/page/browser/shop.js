import { act, tell, toast } from './act.js'
import { h, only, reconcile } from './dom.js'
import { drawPhones } from './phones.js'
import { plot } from './plot.js'
import { knows, say } from './texts.js'
import { world } from './world.js'

let service = 'checkout-svc'

const head = h('header', { id: 'shop-head' })
const places = h('div', { id: 'places' })
const ship = h('section', { id: 'ship' })
const phones = h('section', { id: 'phones' })

export function setUpShop() {
  document.getElementById('shop').append(h('div', { class: 'frame' }, head, ship, phones, places))
}

/** What runs, how it does, and what could be shipped. */
export function drawShop() {
  const { traffic, looks, shipped } = world.shop
  const language = document.documentElement.lang
  only(head, [traffic, language], () =>
    h(
      'div',
      { class: 'row' },
      h('h1', {}, say('shop')),
      h(
        'label',
        { class: 'switch' },
        h('input', {
          type: 'checkbox',
          role: 'switch',
          checked: traffic,
          'data-focus': 'traffic',
          onchange: (event) => void act({ do: 'traffic', on: event.target.checked }),
        }),
        h('span', {}, say('traffic')),
      ),
    ),
  )
  drawPhones(phones)
  only(ship, [world.kinds, world.services, shipped, service, language], shipBox)
  reconcile(
    places,
    world.services.map(({ name }) => [
      name,
      [looks.filter((look) => look.service === name), language],
      () =>
        card(
          name,
          looks.filter((look) => look.service === name),
        ),
    ]),
  )
}

function shipBox() {
  const { shipped } = world.shop
  const choose = (event) => {
    service = event.target.value
    drawShop()
  }
  return h(
    'div',
    {},
    h(
      'label',
      { class: 'row' },
      h('span', {}, say('ship')),
      h(
        'select',
        { onchange: choose, 'data-focus': 'ship' },
        world.services.map(({ name }) => h('option', { value: name, selected: name === service }, name)),
      ),
    ),
    h(
      'div',
      { class: 'kinds' },
      world.kinds.map((kind) =>
        h(
          'button',
          {
            type: 'button',
            class: `button kind-${kind}`,
            'data-focus': `ship ${kind}`,
            onclick: () => void release(kind),
          },
          h('span', { 'aria-hidden': 'true' }, glyphs[kind]),
          ` ${say(`kind.${kind}`)}`,
        ),
      ),
    ),
    shipped.length > 0 &&
      h(
        'ul',
        { class: 'shipped muted' },
        shipped
          .slice(-3)
          .toReversed()
          .map(({ service: name, version, kind, by, run }) =>
            h('li', {}, `${glyphs[kind]} ${name} ${version} · ${say('shipped', { by, run })}`),
          ),
      ),
  )
}

const glyphs = { good: '✅', crash: '💥', errors: '🔥', slow: '🐌', unready: '⏳', region: '🌎', branch: '🌿' }

async function release(kind) {
  const outcome = await tell({ do: 'release', service, kind })
  if (outcome && !outcome.error) toast(say('shippedToast', { service }))
}

const card = (name, looks) =>
  h(
    'section',
    { class: 'service' },
    h(
      'h2',
      {},
      name,
      h('small', { class: 'muted service-kind' }, world.services.find((one) => one.name === name)?.kind),
    ),
    looks.map(region),
  )

const burning = (look) => (look.now?.errorShare ?? 0) >= 0.05

function region(look) {
  const { workload, now } = look
  const points = world.plots.get(`${look.service} ${look.region}`) ?? []
  const share = now?.errorShare ?? null
  const isBad = burning(look) || (workload && workload.ready < workload.wanted)
  return h(
    'div',
    { class: `place${burning(look) ? ' burning' : isBad ? ' weak' : ''}` },
    h(
      'div',
      { class: 'row' },
      h('b', {}, look.region),
      versions(workload),
      h('span', { class: 'spacer' }),
      state(workload),
    ),
    h(
      'div',
      { class: 'row' },
      h('span', { class: 'pods', role: 'img', 'aria-label': podsText(workload) }, (workload?.pods ?? []).map(pod)),
      h('span', { class: 'muted' }, podsText(workload)),
    ),
    h(
      'div',
      { class: 'numbers' },
      number(
        now ? now.perSecond.toFixed(1) : '–',
        say('perSecond'),
        plot(points, (point) => point.perSecond, 4, 'rate', say('perSecond')),
      ),
      number(
        share === null ? '–' : `${(share * 100).toFixed(1)} %`,
        say('errors'),
        plot(points, (point) => point.errorShare, 0.2, 'errors', say('errors')),
      ),
      number(
        now?.p95Ms == null ? '–' : `${Math.round(now.p95Ms)} ms`,
        say('p95'),
        plot(points, (point) => point.p95Ms, 200, 'slow', say('p95')),
      ),
    ),
  )
}

const number = (value, name, picture) =>
  h('div', { class: 'number' }, h('b', {}, value), h('small', { class: 'muted' }, name), picture)

function versions(workload) {
  if (!workload) return h('span', { class: 'muted' }, say('deleted'))
  const old = [...new Set(workload.pods.map((one) => one.version))].filter((version) => version !== workload.version)
  return h(
    'span',
    { class: 'versions' },
    old.map((version) => h('span', { class: 'version old' }, version)),
    old.length > 0 && '→',
    h('span', { class: 'version' }, workload.version),
  )
}

function state(workload) {
  if (!workload) return null
  if (workload.stuck) return h('span', { class: 'tag bad' }, say('stuck'))
  return workload.rolling ? h('span', { class: 'tag' }, say('rolling')) : null
}

const podsText = (workload) => (workload ? say('pods', { ready: workload.ready, wanted: workload.wanted }) : '')

function pod(one) {
  const why = one.why === '' ? '' : knows(`why.${one.why}`) ? say(`why.${one.why}`) : one.why
  const kind = one.ready ? 'ready' : one.why === 'starting' || one.why === 'stopping' ? 'moving' : 'bad'
  return h(
    'span',
    { class: `pod ${kind}`, title: `${one.name} · ${one.version}${why && ` · ${why}`}` },
    kind === 'ready' ? '●' : kind === 'moving' ? '◐' : '✕',
  )
}
