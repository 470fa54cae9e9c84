import type { PersonId } from '../actor.ts'
import type { Policy } from './policy.ts'

/** What a plan has to have before it may run: so many approvals, and one more of each kind. */
export interface Needs {
  readonly approvals: number
  readonly kinds: readonly string[]
}

/** One person's consent, and what it can count as. */
export interface Given {
  readonly person: PersonId
  /** `approval`, or a kind: whichever is still missing. */
  readonly counts: readonly string[]
}

export const plainApproval = 'approval'

/** What a plan with steps of these kinds needs under a policy. */
export const needsOf = (
  policy: { readonly approvals: number; readonly also: Readonly<Record<string, unknown>> },
  kinds: readonly string[],
): Needs => ({
  approvals: policy.approvals,
  kinds: kinds.filter((kind) => Object.hasOwn(policy.also, kind)),
})

/** What somebody's consent could count as under a policy; nothing where she has no say. */
export const countsOf = (policy: Policy, person: PersonId): readonly string[] => [
  ...(policy.approve.includes(person) ? [plainApproval] : []),
  ...Object.entries(policy.also).flatMap(([kind, people]) => (people.includes(person) ? [kind] : [])),
]

/** What is missing yet. Each person's consent counts once, as whatever leaves the least missing. */
export function missing(needs: Needs, given: readonly Given[]): Needs {
  const slots = [...Array.from({ length: needs.approvals }, () => plainApproval), ...needs.kinds]
  const takenBy: (number | null)[] = slots.map(() => null)
  const place = (who: number, tried: Set<number>): boolean =>
    slots.some((slot, at) => {
      if (tried.has(at) || !given[who]?.counts.includes(slot)) return false
      tried.add(at)
      const holder = takenBy[at] ?? null
      if (holder !== null && !place(holder, tried)) return false
      takenBy[at] = who
      return true
    })
  for (const who of given.keys()) place(who, new Set())
  const open = slots.filter((_, at) => takenBy[at] === null)
  return {
    approvals: open.filter((slot) => slot === plainApproval).length,
    kinds: needs.kinds.filter((kind) => open.includes(kind)),
  }
}

export const nothing = (needs: Needs): boolean => needs.approvals === 0 && needs.kinds.length === 0
