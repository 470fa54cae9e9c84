import type { PersonId } from '../actor.ts'
import { type OnCallFacts, type SwapAsked, swap, unknown } from './decide.ts'
import type { OnCallEvent } from './events.ts'
import { isOnCallRefusal, type OnCallRefusal } from './refusal.ts'
import type { Roster } from './roster.ts'

type Decision = readonly OnCallEvent[] | OnCallRefusal

const answerWithinHours = 24

/** Asks the other one to exchange duties: nothing changes until she agrees. What could not be swapped now is not asked. */
export function askSwap(roster: Roster, asked: SwapAsked, facts: OnCallFacts): Decision {
  const events = swap(roster, asked, facts)
  if (isOnCallRefusal(events)) return events
  return events.flatMap((event): OnCallEvent[] => {
    if (event.type !== 'oncall.swapped') return []
    const { first, second } = event.data
    const expiresAt = answerBy([first.from, second.from, first.to, second.to], facts.now)
    return [{ type: 'oncall.swap-asked', v: 1, data: { ...event.data, expiresAt } }]
  })
}

/** Before the first of the two duties begins, or ends where both have begun; within a day in any case. */
function answerBy(edges: readonly string[], now: Temporal.Instant): string {
  const ahead = edges
    .map((edge) => Temporal.Instant.from(edge))
    .filter((edge) => Temporal.Instant.compare(edge, now) > 0)
  const all = [...ahead, now.add({ hours: answerWithinHours })]
  return all.reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? a : b)).toString()
}

/** The one who was asked agrees or does not. Whether it can be is decided anew, from how things stand then. */
export function answerSwap(
  roster: Roster,
  answer: { readonly id: string; readonly person: PersonId; readonly agrees: boolean },
  facts: OnCallFacts,
): Decision {
  const { id, person, agrees } = answer
  const ask = roster.swaps.find((one) => one.id === id)
  if (!ask) {
    const agreed = roster.changes.some((change) => change.id === id && change.kind === 'swap')
    return agreed || numberOf(id) <= roster.numbered ? { refused: 'swap-over', id, agreed } : unknown(roster, id)
  }
  if (person !== ask.second.person) return { refused: 'swap-not-yours', id, person: ask.second.person }
  if (Temporal.Instant.compare(ask.expiresAt, facts.now) <= 0) return { refused: 'swap-over', id, agreed: false }
  if (!agrees)
    return [{ type: 'oncall.swap-closed', v: 1, data: { id, schedule: roster.schedule, person, askedBy: ask.by } }]
  return swap(roster, { first: ask.first, second: ask.second, by: ask.by, reason: ask.reason, id }, facts)
}

const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('#') + 1))

/** Swaps that nobody answered in time. */
export const lapsed = (roster: Roster, now: Temporal.Instant): readonly OnCallEvent[] =>
  roster.swaps
    .filter(({ expiresAt }) => Temporal.Instant.compare(expiresAt, now) <= 0)
    .map(({ id, by }) => ({
      type: 'oncall.swap-closed',
      v: 1,
      data: { id, schedule: roster.schedule, person: null, askedBy: by },
    }))
