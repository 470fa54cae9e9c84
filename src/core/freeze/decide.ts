import type { PersonId } from '../actor.ts'
import type { Standing } from '../policy/policy.ts'
import type { FreezeEvent } from './events.ts'
import type { Freeze } from './freeze.ts'
import type { FreezeRefusal } from './refusal.ts'

type No =
  | FreezeRefusal
  | { readonly refused: 'standing'; readonly standing: Standing; readonly approvers: readonly PersonId[] }

export interface Freezer {
  readonly person: PersonId
  readonly standing: Standing
  /** Who may, of everybody. */
  readonly may: readonly PersonId[]
}

/** A new freeze, or why not. */
export function setFreeze(freeze: Freeze & { readonly person: PersonId }, by: Freezer): readonly FreezeEvent[] | No {
  return mayNot(by) ?? [{ type: 'freeze.set', v: 1, data: freeze }]
}

/** The end of a freeze that somebody set. `freezes`: all of these that were not lifted; `configured`: ids of the others. */
export function liftFreeze(
  id: string,
  by: Freezer & { readonly reason: string },
  known: { readonly freezes: readonly Freeze[]; readonly configured: readonly string[] },
  now: Temporal.Instant,
): readonly FreezeEvent[] | No {
  const open = known.freezes.filter(({ to }) => Temporal.Instant.compare(to, now) > 0)
  const freeze = open.find((one) => one.id === id)
  if (!freeze) {
    if (known.configured.includes(id)) return { refused: 'freeze-configured', id }
    return { refused: 'freeze-unknown', id, known: open.map((one) => one.id) }
  }
  return (
    mayNot(by) ?? [
      { type: 'freeze.lifted', v: 1, data: { id, scope: freeze.scope, person: by.person, reason: by.reason } },
    ]
  )
}

function mayNot({ person, standing, may }: Freezer): No | null {
  if (standing !== 'member') return { refused: 'standing', standing, approvers: may }
  return may.includes(person) ? null : { refused: 'may-not-freeze', may }
}
