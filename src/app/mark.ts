import type { World } from './world.ts'

/**
 * What makes this ledger's keys its own: `R-1` of another ledger is another rollback. Keys that travel to vendors (an annotation, a
 * message's metadata) begin with it. The hash of the first event; the same for as long as the ledger lives.
 */
export async function ledgerMark({ ledger }: Pick<World, 'ledger'>): Promise<string> {
  const [first] = await ledger.read(0, 1)
  return first?.hash.slice(0, 8) ?? 'new'
}
