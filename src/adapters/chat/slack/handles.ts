import type { Clock } from '../../../ports/clock.ts'

/** Slack takes a form within 3 s of the click; a little is kept for the way there. */
const triggerMs = 2900
/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: 30 minutes, five uses. */
const responseUrlMs = 29 * 60_000
const responseUrlUses = 5
const mostHandles = 2000

/** How one delivery can be answered. Kept in memory only: after a restart other ways lead to the person. */
export interface Reply {
  readonly triggerId: string | null
  readonly responseUrl: string | null
  /** What was pressed stood in a message that only this person sees. */
  readonly ephemeral: boolean
}

interface Handle extends Reply {
  readonly atMs: number
  uses: number
}

export class Handles {
  readonly #clock: Clock
  readonly #byDelivery = new Map<string, Handle>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A second copy of a delivery does not wind the clock of the first one back. */
  keep(deliveryId: string, reply: Reply): void {
    const atMs = this.#clock.monotonicMs()
    for (const [id, handle] of this.#byDelivery) {
      if (atMs - handle.atMs < responseUrlMs && this.#byDelivery.size < mostHandles) break
      this.#byDelivery.delete(id)
    }
    if (!this.#byDelivery.has(deliveryId)) this.#byDelivery.set(deliveryId, { ...reply, atMs, uses: 0 })
  }

  /** The trigger for a form, once; null when its time is over. */
  takeTrigger(deliveryId: string): string | null {
    const handle = this.#byDelivery.get(deliveryId)
    if (!handle?.triggerId || this.#clock.monotonicMs() - handle.atMs > triggerMs) return null
    this.#byDelivery.set(deliveryId, { ...handle, triggerId: null })
    return handle.triggerId
  }

  /** Whether what was pressed stood in a message that only this person sees. */
  ephemeral(deliveryId: string): boolean {
    return this.#byDelivery.get(deliveryId)?.ephemeral === true
  }

  /** The address that still takes an answer. */
  takeResponseUrl(deliveryId: string): string | null {
    const handle = this.#byDelivery.get(deliveryId)
    if (!handle?.responseUrl || handle.uses >= responseUrlUses) return null
    if (this.#clock.monotonicMs() - handle.atMs > responseUrlMs) return null
    handle.uses += 1
    return handle.responseUrl
  }
}
