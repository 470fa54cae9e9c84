import type { Clock } from '../../../ports/clock.ts'
import type { Params } from './render/params.ts'

/** DingTalk waits two seconds for the answer to a press; the way there and back takes some of it. */
const answerMs = 1200
/** So many answers are kept for copies of a press that come later. */
const mostKept = 200

/** What a press changes at once: what only this person sees, and, on a card of hers alone, the card. */
export interface Shown {
  readonly own: Params
  readonly card?: Params
}

/** Answers a press. True when it was handed to the socket. */
export type Reply = (shown: Shown) => boolean

interface Open {
  readonly deliveryId: string
  readonly outTrackId: string
  readonly reply: (shown: Shown | null) => boolean
}

/**
 * Presses whose callback is not answered yet. An answer that comes in time travels with it and costs no call; where none comes the
 * press is answered with "working on it". No card is updated while a press of it is open.
 */
export class Callbacks {
  readonly #clock: Clock
  readonly #open = new Set<Open>()
  readonly #answered = new Map<string, Shown>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Keeps a press open until it is answered, an update of its card wants its turn, or the time is up. Copies of one press are
   * answered alike. Answers with how to forget it: what was not taken stays unanswered, and the person sees that it failed.
   */
  begin(deliveryId: string, outTrackId: string, busy: Params, reply: Reply): () => void {
    const timer = new AbortController()
    const end = (): boolean => {
      timer.abort()
      return this.#open.delete(open)
    }
    const open: Open = {
      deliveryId,
      outTrackId,
      reply: (shown) => end() && reply(shown ?? this.#answered.get(deliveryId) ?? { own: busy }),
    }
    this.#open.add(open)
    const ms = this.#answered.has(deliveryId) ? 0 : answerMs
    this.#clock.sleep(ms, timer.signal).then(
      () => open.reply(null),
      () => undefined,
    )
    return end
  }

  /** False when the callback is answered already. */
  answer(deliveryId: string, shown: Shown): boolean {
    const [oldest] = this.#answered.keys()
    if (this.#answered.size >= mostKept && oldest !== undefined) this.#answered.delete(oldest)
    this.#answered.set(deliveryId, shown)
    const copies = [...this.#open].filter((open) => open.deliveryId === deliveryId)
    return copies.map((open) => open.reply(shown)).some(Boolean)
  }

  /** Answers every open press of a card, so that it may be updated. */
  clear(outTrackId: string): void {
    for (const open of [...this.#open]) if (open.outTrackId === outTrackId) open.reply(null)
  }
}
