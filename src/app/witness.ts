import type { Recorded } from '../ports/ledger.ts'
import { rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/** The head of the ledger, signed, where others see it. */
export interface WitnessSpec {
  readonly view: 'witness'
  readonly channel: string
  readonly position: number
  readonly hash: string
}

/** Others keep what the ledger's head was, so that a cut tail or a rebuilt chain is found. */
export function witnessed(world: World, { event, position: at }: Recorded): Wish[] {
  const witness = world.config().ledger.checkpoints?.witness
  if (event.type !== 'ledger.checkpointed' || !witness) return []
  const { position, hash } = event.data
  return [rowOf(witness.chat, `witness:${position}`, { view: 'witness', channel: witness.channel, position, hash }, at)]
}
