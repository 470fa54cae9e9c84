import type { PersonId } from '../actor.ts'
import type { Span } from './events.ts'
import { shifts } from './on-call.ts'
import type { OnCallRefusal } from './refusal.ts'
import type { Change, Roster } from './roster.ts'

/**
 * Whether what somebody newly takes over lies too near to her other shifts, here or elsewhere. A shift that follows at once is no rest
 * at all; one at the very same time elsewhere is no other shift.
 */
export function tooLittleRest(
  before: Roster,
  then: Roster,
  person: PersonId,
  elsewhere: (person: PersonId, span: Span) => readonly Span[],
): OnCallRefusal | null {
  const minRestMs = then.versions.at(-1)?.definition?.minRestMs ?? 0
  if (minRestMs === 0) return null
  const isNew = (change: Change) => !before.changes.includes(change) && change.person === person
  for (const change of then.changes.filter(isNew)) {
    const around = {
      from: Temporal.Instant.from(change.from).subtract({ milliseconds: minRestMs }),
      to: Temporal.Instant.from(change.to).add({ milliseconds: minRestMs }),
    }
    const hers = shifts(then, around.from, around.to).filter((shift) => shift.person === person && !shift.shadow)
    const taken = hers.filter(({ by }) => 'id' in by && by.id === change.id).map(epochs)
    const others = [
      ...hers.filter(({ by }) => !('id' in by && by.id === change.id)).map(epochs),
      ...elsewhere(person, { from: around.from.toString(), to: around.to.toString() }).map((span) => ({
        from: Temporal.Instant.from(span.from).epochMilliseconds,
        to: Temporal.Instant.from(span.to).epochMilliseconds,
      })),
    ]
    for (const one of taken)
      for (const other of others) {
        const restMs = Math.max(one.from - other.to, other.from - one.to)
        if (restMs < 0 || restMs >= minRestMs) continue
        return { refused: 'too-little-rest', person, restMs, minRestMs, shift: spanOf(other) }
      }
  }
  return null
}

interface Epochs {
  readonly from: number
  readonly to: number
}

const epochs = ({ from, to }: { from: Temporal.Instant; to: Temporal.Instant }): Epochs => ({
  from: from.epochMilliseconds,
  to: to.epochMilliseconds,
})

const spanOf = ({ from, to }: Epochs): Span => ({
  from: Temporal.Instant.fromEpochMilliseconds(from).toString(),
  to: Temporal.Instant.fromEpochMilliseconds(to).toString(),
})
