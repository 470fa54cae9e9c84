import type { World } from '../app/world.ts'

const dayMs = 24 * 3_600_000

/** Has the head of the ledger signed after every incident's close, and at least daily. What is due is read from the ledger. */
export async function keepCheckpoints(world: World, sign: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const { clock, desk, ledger, log } = world
  let wake = () => {}
  const stop = ledger.follow(
    ({ position }) => void world.caughtUp(position).then(() => desk.checkpoint.closedSince && wake()),
  )
  try {
    while (!signal.aborted) {
      const { at, closedSince } = desk.checkpoint
      const ageMs = at ? clock.now().since(Temporal.Instant.from(at)).total('milliseconds') : dayMs
      if (closedSince || ageMs >= dayMs)
        await sign().catch((cause: unknown) => log.error('checkpoint was not signed', {}, cause))
      const nap = new AbortController()
      wake = () => nap.abort()
      const restMs = closedSince || ageMs >= dayMs ? dayMs : dayMs - ageMs
      await clock.sleep(restMs, AbortSignal.any([signal, nap.signal])).catch(() => undefined)
    }
  } finally {
    stop()
  }
}
