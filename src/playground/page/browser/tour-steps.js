import { act } from './act.js'
import { go, place } from './place.js'
import { world } from './world.js'

const service = 'checkout-svc'
const approver = () => world.people.find(({ key }) => key === 'tom')
const find = (selector) => document.querySelector(selector)

/** The rollback's card that came since the tour began, and what it offers now. */
function card(since) {
  const all = [...world.messages.values()].flatMap((messages) => [...messages.values()])
  return all.findLast((one) => one.ts > since && one.blocks?.some(({ type }) => type === 'plan'))
}
const offers = (message, action) => JSON.stringify(message?.blocks ?? '').includes(`"${action}"`)
const asked = (since) =>
  [...world.ephemerals.values()].findLast(
    (one) => one.ts > since && one.for === place.as && offers(one, 'rollback.choose'),
  )
const isBurning = () => world.shop.looks.some((look) => look.service === service && (look.now?.errorShare ?? 0) >= 0.05)
const askButton = (since) => `#messages [data-ts="${asked(since)?.ts}"] .button.danger`
const inCard = (selector, since) => `#messages [data-ts="${card(since)?.ts}"] ${selector}`

/**
 * One after the other. `done` looks at what there is, so that it does not matter who did it; `at` is what to look at; `help` does it
 * for the reader; `readMs` is how long the text stays even so, at speed 1.
 */
export const steps = [
  {
    id: 'ship',
    view: 'shop',
    at: () => '.kind-errors',
    help: () => act({ do: 'release', service, kind: 'errors' }),
    done: (_since, { shipped }) => world.shop.shipped.some(({ run, kind }) => kind === 'errors' && run > shipped),
  },
  { id: 'burn', view: 'shop', at: () => '.service', readMs: 9000, done: isBurning },
  {
    id: 'command',
    view: 'chat',
    at: () => '#write .composer',
    help: () => act({ do: 'command', channel: place.channel, line: `/rollback ${service}` }),
    done: (since) => asked(since) !== undefined,
  },
  {
    id: 'card',
    view: 'chat',
    at: askButton,
    help: (since) => find(askButton(since))?.click(),
    done: (since) => (world.views.get(place.as) ?? []).length > 0 || card(since) !== undefined,
  },
  { id: 'ask', view: 'chat', at: () => '.dialog .button.primary', done: (since) => card(since) !== undefined },
  {
    id: 'room',
    view: 'list',
    at: (since) => `[data-focus="in ${card(since)?.channel}"]`,
    help: (since) => go({ channel: card(since)?.channel }),
    done: (since) => place.channel === card(since)?.channel,
  },
  {
    id: 'become',
    view: 'list',
    at: () => `[data-focus="as ${approver()?.user}"]`,
    help: (since) => go({ as: approver()?.user, channel: card(since)?.channel }),
    done: (since) => place.as === approver()?.user || !offers(card(since), 'rollback.approve'),
  },
  {
    id: 'approve',
    view: 'chat',
    at: (since) => inCard('.block-actions .button.primary', since),
    help: (since) => find(inCard('.block-actions .button.primary', since))?.click(),
    done: (since) => !offers(card(since), 'rollback.approve'),
  },
  {
    id: 'watch',
    view: 'chat',
    at: (since) => inCard('.block-plan', since),
    readMs: 8000,
    done: (since) => offers(card(since), 'rollback.undo'),
  },
  {
    id: 'timeline',
    view: 'chat',
    at: (since) => inCard('.replies', since),
    help: (since) => go({ channel: card(since)?.channel, panel: { thread: card(since)?.ts } }),
    done: (since) => place.panel?.thread !== undefined && place.panel.thread === card(since)?.ts,
  },
  {
    id: 'postmortem',
    view: 'chat',
    at: () => '#chat-head .chip',
    help: (since) => go({ panel: { canvas: world.channels.get(card(since)?.channel)?.canvas } }),
    done: () => place.panel?.canvas !== undefined,
  },
  { id: 'end', view: 'chat', at: () => '#panel .panel-title', done: () => false },
]
