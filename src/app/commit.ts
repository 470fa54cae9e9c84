import type { Actor } from '../core/actor.ts'
import type { AsternEvent } from '../core/event.ts'
import { Fault } from '../core/fault.ts'
import type { Recorded, Write } from '../ports/ledger.ts'
import { wording } from '../text/say.ts'
import { nowOf, type World } from './world.ts'

export interface By {
  readonly actor: Actor
  /** Makes a repeated delivery one event: the same key appends nothing the second time. */
  readonly dedupe?: string
}

export type Committed<No> =
  | { readonly status: 'committed'; readonly events: readonly Recorded[] }
  /** This very command was carried out before, at this position. */
  | { readonly status: 'repeated'; readonly position: number }
  | { readonly status: 'refused'; readonly no: No }

const tries = 8

/**
 * Decides from fresh state and appends in one transaction over all streams concerned; a lost race is decided anew.
 * Resolves when the events are durable and the desk has folded them.
 */
export async function commit<No extends object>(
  world: World,
  by: By,
  decide: () => Promise<readonly Write[] | No>,
): Promise<Committed<No>> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const decision = await decide()
    if (!Array.isArray(decision)) {
      const position = await carriedOut(world, by)
      return position === null ? { status: 'refused', no: decision as No } : { status: 'repeated', position }
    }
    if (decision.length === 0) return { status: 'committed', events: [] }
    const appended = await world.ledger.append(decision, {
      at: nowOf(world),
      actor: by.actor,
      config: world.config().digest,
      ...(by.dedupe && { dedupe: by.dedupe }),
    })
    if (appended.status === 'conflict') {
      await world.caughtUp((await world.ledger.head()).position)
      continue
    }
    if (appended.status === 'duplicate') return { status: 'repeated', position: appended.position }
    const last = appended.events.at(-1)
    if (last) await world.caughtUp(last.position)
    return { status: 'committed', events: appended.events }
  }
  throw new Fault({ code: 'ledger.contended', retry: 'yes', hint: wording('commit.contended') })
}

/**
 * Where this very command was carried out before, by a process that died before it could say so: what it meets now is its own doing
 * and no refusal. Asks the ledger with a write whose version cannot be met, so that nothing is ever written.
 */
async function carriedOut(world: World, by: By): Promise<number | null> {
  if (!by.dedupe) return null
  const asked = await world.ledger.append(
    [write('config', impossible, { type: 'config.loaded', v: 1, data: { digest: '' } })],
    { at: nowOf(world), actor: by.actor, config: world.config().digest, dedupe: by.dedupe },
  )
  return asked.status === 'duplicate' ? asked.position : null
}

const impossible = -1

/** One stream's write. */
export const write = (stream: string, expected: Write['expected'], ...events: readonly AsternEvent[]): Write => ({
  stream,
  expected,
  events,
})
