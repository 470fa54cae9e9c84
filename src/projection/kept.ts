import type { Json } from '../core/canonical.ts'
import type { Head, Ledger } from '../ports/ledger.ts'
import type { ValueStore } from '../ports/store.ts'
import { deskEvents } from './desk.ts'
import type { PackedDesk } from './desk-tables.ts'

/** A store drops what is under `projection/` when an event is erased. */
const name = 'projection/desk'

/** Raise the number when the desk folds something else, or folds it in another way: an older copy is then not used. */
const format = `7 ${deskEvents.join(' ')}`

interface Kept {
  readonly format: string
  readonly head: Head
  readonly desk: PackedDesk
}

/** A copy of the desk as it stood at a head. */
export function keepDesk(values: Pick<ValueStore, 'set'>, head: Head, desk: PackedDesk): void {
  const kept: Kept = { format, head, desk }
  values.set(name, kept as unknown as Json)
}

/** The copy, if it was made by this program's way of folding and of this very chain; else null. */
export async function keptDesk(
  values: Pick<ValueStore, 'get'>,
  ledger: Pick<Ledger, 'read'>,
): Promise<Omit<Kept, 'format'> | null> {
  const kept = values.get(name) as unknown as Kept | null
  if (kept?.format !== format) return null
  const [event] = await ledger.read(kept.head.position - 1, 1)
  return event?.position === kept.head.position && event.hash === kept.head.hash ? kept : null
}
