import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'

const dayMs = 24 * 3_600_000
const againMs = 60_000

/** Has the head of the ledger signed after every incident's close, and at least daily. What is due is read from the ledger. */
export async function keepCheckpoints(world: World, sign: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { clock, desk, ledger, log } = world
  const restMs = (): number => {
    const { at, closedSince } = desk.checkpoint
    const ageMs = at ? clock.now().since(Temporal.Instant.from(at)).total('milliseconds') : dayMs
    return closedSince ? 0 : Math.max(0, dayMs - ageMs)
  }
  let wake = () => {}
  const closed = () => desk.checkpoint.closedSince && wake()
  const unreadable = (cause: unknown) => log.error('ledger could not be read', {}, cause)
  const stop = ledger.follow(({ position }) => void world.caughtUp(position).then(closed, unreadable), deliveryEvents)
  try {
    while (!signal.aborted) {
      let ms = restMs()
      if (ms === 0) {
        const signed = await sign().then(
          () => true,
          (cause: unknown) => void log.error('checkpoint was not signed', {}, cause),
        )
        if (signed) await world.caughtUp((await ledger.head()).position)
        // An incident that was closed while the head was being signed is still due.
        ms = signed ? restMs() : againMs
        if (ms === 0) continue
      }
      const nap = new AbortController()
      wake = () => nap.abort()
      await clock.sleep(ms, AbortSignal.any([signal, nap.signal])).catch(() => undefined)
    }
  } finally {
    stop()
  }
}
