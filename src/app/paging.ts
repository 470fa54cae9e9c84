import type { Actor, PersonId } from '../core/actor.ts'
import { type Paging, pagingFrom, pagingOf, pagingStream } from '../core/paging/state.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import type { Heard } from '../ports/pager.ts'
import { commit, write } from './commit.ts'
import { ledgerMark } from './mark.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

export const loadPaging = async (world: Pick<World, 'ledger'>, id: string): Promise<Paging | null> =>
  pagingFrom(await world.ledger.stream(pagingStream(id)))

/** Milliseconds from the opening to now. */
export const tookMs = (world: Pick<World, 'clock'>, { openedAt }: Paging): number =>
  Math.max(0, world.clock.now().epochMilliseconds - Temporal.Instant.from(openedAt).epochMilliseconds)

export type Acknowledged =
  | { readonly status: 'done' }
  /** Somebody else has it already; null for a name that only the pager knows. */
  | { readonly status: 'taken'; readonly person: PersonId | null; readonly name: string | null }
  /** Nobody is being woken for it any more. */
  | { readonly status: 'over' }
  | { readonly status: 'refused'; readonly no: Refusal }

/** *I am on it*: nobody is woken any more. Everybody may whom the configuration knows. */
export async function acknowledge(
  world: World,
  asked: { readonly id: string; readonly who: Who; readonly dedupe: string },
): Promise<Acknowledged> {
  const { id, who } = asked
  const { person } = who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  if (who.standing !== 'member')
    return { status: 'refused', no: { refused: 'standing', standing: who.standing, approvers: [] } }
  type No = Extract<Acknowledged, { status: 'taken' | 'over' }>
  const result = await commit<No>(world, { actor: who.actor, dedupe: asked.dedupe }, async () => {
    const state = await loadPaging(world, id)
    if (!state || state.over) return { status: 'over' }
    if (state.acknowledged) return { status: 'taken', ...state.acknowledged }
    const data = { person, by: 'button', tookMs: tookMs(world, state) } as const
    return [write(pagingStream(id), state.version, { type: 'page.acknowledged', v: 1, data })]
  })
  return result.status === 'refused' ? result.no : { status: 'done' }
}

/** A pager tells that somebody answered. Resolves when it is durable; the same word again changes nothing, nor does one of another ledger. */
export async function heard(world: World, pager: string, word: Heard): Promise<void> {
  const id = pagingOf(await ledgerMark(world), word.key)
  if (!id) return
  const { person, name, account: user } = word.by
  const actor: Actor = { kind: 'person', person, account: { chat: pager, tenant: '', user } }
  await commit<never>(world, { actor, dedupe: `heard:${pager}:${word.id}` }, async () => {
    const state = await loadPaging(world, id)
    // A word about an earlier opening of the same thing says nothing of this one.
    if (!state || state.over || state.acknowledged || word.key.split('/')[3] !== String(state.opening)) return []
    const data = { person, by: 'pager', name, pager, key: word.key, tookMs: tookMs(world, state) } as const
    return [write(pagingStream(id), state.version, { type: 'page.acknowledged', v: 1, data })]
  })
}
