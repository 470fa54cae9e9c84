import type { Clock } from '../../../ports/clock.ts'
import type { Params } from './render/params.ts'

/** What a press changes at once: what only this person sees, and, on a card of hers alone, the card. */
export interface Shown {
  readonly own: Params
  readonly card?: Params
}

/** DingTalk waits two seconds for the answer to a press; the way there and back takes some of it. */
const answerMs = 1200

/** Answers a press. True when it was handed to the socket. */
export type Reply = (shown: Shown) => boolean

interface Open {
  readonly outTrackId: string
  readonly reply: (shown: Shown | null) => boolean
}

/**
 * Presses whose callback is not answered yet. An answer that comes in time travels with it and costs no call; where none comes the
 * press is answered with "working on it". No card is updated while a press of it is open.
 */
export class Callbacks {
  readonly #clock: Clock
  readonly #open = new Map<string, Open>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Keeps a press open until it is answered, a card update wants its turn, or the time is up. */
  begin(deliveryId: string, outTrackId: string, busy: Params, reply: Reply): void {
    const timer = new AbortController()
    const finish = (shown: Shown | null): boolean => {
      if (!this.#open.delete(deliveryId)) return false
      timer.abort()
      return reply(shown ?? { own: busy })
    }
    this.#open.set(deliveryId, { outTrackId, reply: finish })
    this.#clock.sleep(answerMs, timer.signal).then(
      () => finish(null),
      () => undefined,
    )
  }

  /** Forgets a press that was not taken: it stays unanswered, and the person sees that it failed. */
  drop(deliveryId: string): void {
    this.#open.delete(deliveryId)
  }

  /** False when the callback is answered already. */
  answer(deliveryId: string, shown: Shown): boolean {
    return this.#open.get(deliveryId)?.reply(shown) ?? false
  }

  /** Answers every open press of a card, so that it may be updated. */
  clear(outTrackId: string): void {
    for (const open of [...this.#open.values()]) if (open.outTrackId === outTrackId) open.reply(null)
  }
}
