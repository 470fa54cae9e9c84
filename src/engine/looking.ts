import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { nap } from '../ports/nap.ts'
import { backoffMs } from './backoff.ts'

/** What comes in: what it leads to is told by events of its own. */
const arrivals = [...deliveryEvents, 'alert.received'] as const

interface Looking {
  /** For the log. */
  readonly name: string
  /** What happens within so long of a look is looked at together. */
  readonly gatherMs: number
  /** Answers in how many milliseconds to look again. */
  look(): Promise<number>
}

/** Looks whenever the ledger has something new, and when the last look said so, until the signal aborts. A look that fails is repeated. */
export async function keepLooking(world: World, { name, gatherMs, look }: Looking, signal: AbortSignal): Promise<void> {
  const { ledger, clock, chance, log } = world
  let wake = () => {}
  let isDirty = false
  const stop = ledger.follow(() => {
    if (isDirty) return
    isDirty = true
    wake()
  }, arrivals)
  for (let failures = 0; !signal.aborted; ) {
    isDirty = false
    let ms: number
    try {
      ms = await look()
      failures = 0
    } catch (cause) {
      if (signal.aborted) break
      log.error(name, {}, cause)
      ms = backoffMs(failures++, chance.number())
    }
    const rest = nap(clock, Math.max(1, isDirty ? Math.min(ms, gatherMs) : ms), signal)
    wake = rest.wake
    await rest.over
  }
  stop()
}
