import { App, type ReceiverEvent } from '@slack/bolt'

/** What became of the work that a payload caused, so that stopping can wait for it. */
export class DurableApp extends App {
  readonly #working = new Set<Promise<void>>()

  /**
   * Bolt acknowledges events before their listeners ran. Here the acknowledgement is only noted, and given when everything that
   * listened has ended well; a listener that fails leaves the payload unacknowledged, for Slack to send again.
   */
  override async processEvent(event: ReceiverEvent): Promise<void> {
    let answer: { readonly body: unknown } | null = null
    const note = async (body?: unknown) => {
      answer = { body }
    }
    const work = super.processEvent({ ...event, ack: note })
    this.#working.add(work)
    try {
      await work
    } finally {
      this.#working.delete(work)
    }
    const noted = answer as { readonly body: unknown } | null
    if (noted) await event.ack(noted.body)
  }

  /** Resolves when nothing is being worked on. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#working)
  }
}
