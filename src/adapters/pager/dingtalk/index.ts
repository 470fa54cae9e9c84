import type { PersonId } from '../../../core/actor.ts'
import { digestOf } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import { definePagerAdapter, type PagerGiven } from '../../../ports/adapter.ts'
import type { Receipt } from '../../../ports/effector.ts'
import type { Page, Pager } from '../../../ports/pager.ts'
import type { Ring, WayToRing } from '../../../ports/ring.ts'
import { wording } from '../../../text/say.ts'
import { DingConfig, DingContact } from './config.ts'

/** DING and messages to one person, through the connection that the chat has. Who answers does so on the card. */
export const dingtalkPager = definePagerAdapter<DingConfig, DingContact>({
  port: 'pager',
  id: 'dingtalk',
  title: 'DingTalk DING',
  // No key travels and nothing can be found: what may have rung is not rung again.
  can: { repeat: 'unsafe' },
  config: DingConfig,
  contact: DingContact,
  open: (config, given) => dingPager(config, given),
})

/** What is remembered of a page from before it is sent. `id`: it was taken. */
interface Tried {
  readonly at: string
  readonly id?: string
  readonly hushed?: true
}

function dingPager(config: DingConfig, given: PagerGiven<DingContact>): Pager {
  const { values, clock } = given
  const ring = given.ring?.('dingtalk') ?? null
  // Each pager its own: where this one cannot know whether it rang, the next one of the configuration has its try.
  const memory = (key: string): string => `ding/${digestOf([given.name, key]).slice(0, 24)}`
  const triedOf = (key: string): Tried | null => (values?.get(memory(key)) as unknown as Tried | null) ?? null
  const remember = (key: string, tried: Tried | null): void =>
    values?.set(memory(key), tried === null ? null : { ...tried })

  const wayFor = (person: PersonId, urgency: Page['urgency']): WayToRing => {
    const way = given.contacts().get(person)?.by ?? config.by
    return urgency === 'high' || way === 'message' ? way : 'app'
  }

  const receiptOf = (key: string, { at, id }: Tried & { readonly id: string }): Receipt => ({ at, data: { key, id } })
  const isTaken = (tried: Tried): tried is Tried & { readonly id: string } => tried.id !== undefined

  return {
    reaches: (person) => ring?.reaches(person) === true,

    async page(page, signal) {
      const known = triedOf(page.key)
      if (known && isTaken(known)) return receiptOf(page.key, known)
      if (known) throw perhaps()
      signal.throwIfAborted()
      const at = clock.now().toString()
      remember(page.key, { at })
      try {
        const way = wayFor(page.person, page.urgency)
        const id = await ringing(ring).ring(page.person, wordsOf(page, way), way, signal)
        remember(page.key, { at, id })
        return receiptOf(page.key, { at, id })
      } catch (cause) {
        if (cause instanceof Fault && cause.retry !== 'check') remember(page.key, null)
        throw cause
      }
    },

    async recall({ key }) {
      const known = triedOf(key)
      if (!known) return 'never'
      return isTaken(known) ? receiptOf(key, known) : 'unknown'
    },

    async calm(receipt, _as, signal) {
      const { key, id } = receipt.data as { key: string; id: string }
      if (triedOf(key)?.hushed) return
      await ringing(ring).hush(id, signal)
      remember(key, { at: receipt.at, id, hushed: true })
    },

    // DingTalk tells nobody who read a DING.
    listen: () => undefined,

    async doctor(signal) {
      if (!ring)
        return [{ code: 'pager.no-chat', state: 'missing', wording: wording('pager.no-chat', { chat: 'dingtalk' }) }]
      const ways = new Set([config.by, ...[...given.contacts().values()].map(({ by }) => by)])
      return Promise.all([...ways].map((way) => ring.examine(way, signal)))
    },
  }
}

/** A call is read aloud: no address in it. */
const wordsOf = ({ summary, link }: Page, way: WayToRing): string => (way === 'phone' ? summary : `${summary}\n${link}`)

function ringing(ring: Ring | null): Ring {
  if (ring) return ring
  throw new Fault({ code: 'pager.no-chat', retry: 'no', hint: wording('pager.no-chat', { chat: 'dingtalk' }) })
}

const perhaps = (): Fault => new Fault({ code: 'pager.perhaps', retry: 'no', hint: wording('pager.perhaps') })
