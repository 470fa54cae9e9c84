import type { Delivery } from '../core/delivery/delivery.ts'
import type { Away, Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

/** What a platform refuses (a secret, a right, a bad moment of its own) does not mend itself in seconds. */
const againMs = 60_000

export interface Listening {
  readonly name: string
  readonly chat: Chat
  readonly clock: Clock
  readonly log: Log
  readonly receive: (delivery: Delivery) => Promise<void>
  readonly away: (gap: Away) => Promise<void>
}

/**
 * Listens to a chat. One that refuses us is asked again every minute, so that nobody has to restart the bot once it is mended.
 * Resolves with true when it listens, with false when the signal aborted before.
 */
export async function listenTo(to: Listening, signal: AbortSignal): Promise<boolean> {
  const { name, chat, clock, log } = to
  while (!signal.aborted) {
    try {
      await chat.listen(to.receive, signal, to.away)
      return true
    } catch (cause) {
      if (signal.aborted) return false
      log.error('chat does not listen', { chat: name, againMs }, cause)
      await clock.sleep(againMs, signal).catch(() => undefined)
    }
  }
  return false
}
