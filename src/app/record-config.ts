import { astern } from '../core/actor.ts'
import { nowOf, type World } from './world.ts'

/** Configuration is part of the evidence: each load records its digest. */
export async function recordConfig(world: World): Promise<void> {
  const { digest } = world.config()
  await world.ledger.append(
    [{ stream: 'config', expected: 'any', events: [{ type: 'config.loaded', v: 1, data: { digest } }] }],
    { at: nowOf(world), actor: astern, config: digest },
  )
}
