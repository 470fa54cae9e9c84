import type { Delivery } from '../../../core/delivery/delivery.ts'
import { Fault } from '../../../core/fault.ts'
import type { AnswerOutcome } from '../../../ports/chat.ts'
import { sayPlain } from '../../../text/say.ts'
import type { Card, Form, Home, Note, View } from '../../../view/view.ts'
import type { Callbacks } from './callbacks.ts'
import { type Cards, type Drawn, privateCardId, type Space } from './cards.ts'
import { cardOf, privateCards } from './deliveries.ts'
import type { Painter } from './painter.ts'
import { blocksOf, drawCard, slots } from './render/card.ts'
import { drawForm } from './render/form.ts'
import { markdown } from './render/markdown.ts'
import { noteNames, noteParams, noteSlots, nothingOwn, type Params, pour } from './render/params.ts'

/**
 * Answers to the one person of a delivery: to a press on the card she pressed, where only she sees it; to a command by a card in the
 * group that only she sees, or in her own conversation with the robot.
 */
export class Answers {
  readonly #cards: Cards
  readonly #painter: Painter
  readonly #callbacks: Callbacks

  constructor(parts: { cards: Cards; painter: Painter; callbacks: Callbacks }) {
    this.#cards = parts.cards
    this.#painter = parts.painter
    this.#callbacks = parts.callbacks
  }

  async answer(delivery: Delivery, view: View): Promise<AnswerOutcome> {
    if (view.kind === 'document' || view.kind === 'members') throw new TypeError(`a ${view.kind} answers nobody`)
    const pressed = cardOf(delivery.id)
    const { user } = delivery.account
    const space = delivery.place?.channel ?? user
    if (pressed?.startsWith(privateCards) && (view.kind === 'card' || view.kind === 'home')) {
      const { card } = await this.#painter.card(view, space)
      const shown = { own: nothingOwn, card }
      if (!this.#callbacks.answer(delivery.id, shown))
        await this.#cards.update(pressed, { card, own: { [user]: nothingOwn } })
      return 'answered'
    }
    const own = this.#own(delivery, view)
    if (pressed === null || own === null) {
      this.#callbacks.answer(delivery.id, { own: nothingOwn })
      await this.#anew(delivery, view, space, own)
      return 'answered'
    }
    if (!this.#callbacks.answer(delivery.id, { own })) await this.#cards.update(pressed, { own: { [user]: own } })
    return 'answered'
  }

  /** What she sees on a card that others see as well; null for what needs a card of its own. */
  #own(delivery: Delivery, view: Exclude<View, { kind: 'document' | 'members' }>): Params | null {
    const ink = this.#painter.ink(view.language)
    const cut = sayPlain(view.language, 'dingtalk.cut')
    switch (view.kind) {
      case 'form':
        return drawForm(view, delivery.id, ink)
      case 'note': {
        if (view.buttons.length > noteSlots.length) return null
        const lines = view.lines.map((line) => markdown(line, ink))
        return { ...noteParams(pour(lines, noteNames.length, cut)), ...slots(noteSlots, view.buttons) }
      }
      case 'card': {
        if (view.buttons.length + view.more.length > noteSlots.length) return null
        const lines = [markdown(view.title, ink), ...blocksOf(view.blocks, ink, new Map())]
        const buttons = slots(noteSlots, [...view.buttons, ...view.more])
        return { ...noteParams(pour(lines, noteNames.length, cut)), ...buttons }
      }
      case 'home':
        return null
    }
  }

  async #anew(delivery: Delivery, view: Card | Note | Form | Home, space: Space, own: Params | null): Promise<void> {
    const { user } = delivery.account
    const drawn =
      view.kind === 'form'
        ? { card: drawCard(frame(view), space, this.#painter.ink(view.language)), own: { [user]: own ?? nothingOwn } }
        : await this.#painter.card(view, space)
    await this.#stand(privateCardId(delivery.id), space, { ...drawn, recipients: [user] })
  }

  /** Where nobody knows whether it stands it is looked for: nobody else does, and what does not stand may be sent again. */
  async #stand(base: string, space: Space, drawn: Drawn): Promise<void> {
    try {
      await this.#cards.create(base, space, drawn)
    } catch (cause) {
      if (!(cause instanceof Fault) || cause.retry !== 'check') throw cause
      if (await this.#cards.exists(this.#cards.idOf(base))) return
      const { code, hint } = cause
      throw new Fault({ code, hint, retry: 'yes', cause })
    }
  }
}

/** A form that answers a command stands on a card with nothing else. */
const frame = ({ language, title }: Form): Card => ({
  kind: 'card',
  language,
  title: [title],
  blocks: [],
  buttons: [],
  more: [],
})
