import type { PersonId } from '../core/actor.ts'
import {
  askCover as decideAsk,
  override as decideOverride,
  takeCover as decideTake,
  withdraw as decideWithdraw,
  type OnCallFacts,
  type OverrideAsked,
} from '../core/oncall/decide.ts'
import type { OnCallEvent, Span } from '../core/oncall/events.ts'
import { isOnCallRefusal, type OnCallRefusal } from '../core/oncall/refusal.ts'
import { type Roster, scheduleStream, withCalendars } from '../core/oncall/roster.ts'
import { answerSwap as decideAnswer, askSwap as decideAskSwap } from '../core/oncall/swap-consent.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { rosterFrom } from '../projection/rosters.ts'
import { commit, write } from './commit.ts'
import { rosterFor, shiftsOf } from './on-call.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

/** Who wants something of which schedule; `dedupe` makes a repeated delivery one change. */
export interface OnCallAsked {
  readonly schedule: string
  readonly who: Who
  readonly dedupe: string
}

export type OnCallOutcome =
  /** `id` names the override, swap or cover, also to withdraw it. */
  | { readonly status: 'done'; readonly id: string }
  | { readonly status: 'refused'; readonly no: OnCallRefusal | Refusal }

/** Puts somebody on call instead of another, or of everybody. */
export const overrideOnCall = (world: World, asked: OnCallAsked & Omit<OverrideAsked, 'by'>): Promise<OnCallOutcome> =>
  decided(world, asked, (roster, by, facts) => decideOverride(roster, { ...asked, by }, facts))

/** Asks the other one to exchange duties; nothing changes until she agrees. */
export const askSwap = (
  world: World,
  asked: OnCallAsked & {
    readonly with: PersonId
    readonly own: Span
    readonly hers: Span
    readonly reason: string | null
  },
): Promise<OnCallOutcome> =>
  decided(world, asked, (roster, by, facts) => {
    const { own, hers, reason } = asked
    const [first, second] = [
      { ...own, person: by },
      { ...hers, person: asked.with },
    ]
    return decideAskSwap(roster, { first, second, by, reason }, facts)
  })

/** The one who was asked to exchange duties agrees, or does not. */
export const answerSwap = (
  world: World,
  answer: OnCallAsked & { readonly id: string; readonly agrees: boolean },
): Promise<OnCallOutcome> =>
  decided(world, answer, (roster, person, facts) =>
    decideAnswer(roster, { id: answer.id, person, agrees: answer.agrees }, facts),
  )

/** Asks others to take over the asker's own duty. */
export const askCover = (
  world: World,
  asked: OnCallAsked & Span & { readonly reason: string | null },
): Promise<OnCallOutcome> =>
  decided(world, asked, (roster, person, facts) => decideAsk(roster, { ...asked, person }, facts))

/** Takes over what somebody asked cover for: the first one gets it, if she has rested. */
export const takeCover = (world: World, asked: OnCallAsked & { readonly id: string }): Promise<OnCallOutcome> =>
  decided(world, asked, (roster, person, facts) => decideTake(roster, { id: asked.id, person }, facts))

/** From now on an override, swap, cover or request does not count. */
export const withdrawOnCall = (world: World, asked: OnCallAsked & { readonly id: string }): Promise<OnCallOutcome> =>
  decided(world, asked, (roster, by, facts) => decideWithdraw(roster, { id: asked.id, by }, facts))

/** Who may be put on call for a schedule: its people, and the teams it stands for. */
export const circleOf = (world: Pick<World, 'desk' | 'config'>, schedule: string): readonly PersonId[] => {
  const { own, shadows } = aroundOf(world, schedule)
  return [...new Set([...own, ...shadows])]
}

/** Those who have a duty of their own or are of its teams, and those who only look over shoulders. */
function aroundOf(world: Pick<World, 'desk' | 'config'>, schedule: string) {
  const { teams, services } = world.config()
  const roster = rosterFor(world, schedule)
  const definition = roster.versions.at(-1)?.definition
  const layers = [...(definition?.layers ?? []), ...(definition?.temporary ?? []).flatMap((one) => one.layers)]
  const turnsOf = (shadow: boolean) =>
    layers.filter((layer) => layer.shadow === shadow).flatMap(({ turns }) => turns.flat())
  const calendar = definition?.feed ? roster.calendars[definition.feed] : undefined
  const its = [
    ...[...teams.values()].filter((team) => team.onCall === schedule),
    ...[...services.values()].filter((service) => service.onCall === schedule).map(({ team }) => team),
  ]
  const own = [
    ...turnsOf(false),
    ...(calendar?.spans ?? []).flatMap(({ people }) => people),
    ...its.flatMap(({ members, commander }) => [...members, ...(commander ? [commander] : [])]),
  ]
  return { own, shadows: turnsOf(true).filter((person) => !own.includes(person)) }
}

async function decided(
  world: World,
  { schedule, who, dedupe }: OnCallAsked,
  decide: (roster: Roster, by: PersonId, facts: OnCallFacts) => readonly OnCallEvent[] | OnCallRefusal,
): Promise<OnCallOutcome> {
  const { person, actor, asOf } = who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  const known = [...world.config().schedules.keys()]
  if (!known.includes(schedule)) return { status: 'refused', no: { refused: 'schedule-unknown', id: schedule, known } }
  const result = await commit<OnCallRefusal | Refusal>(world, { actor, dedupe }, async () => {
    const lost = actor.kind === 'person' && world.desk.accountLostSince(actor.account, asOf)
    const standing = lost ? 'deactivated' : who.standing
    const { own, shadows } = aroundOf(world, schedule)
    if (standing !== 'member') return { refused: 'standing', standing, approvers: [...new Set(own)] }
    const stream = await world.ledger.stream(scheduleStream(schedule))
    const roster = withCalendars(rosterFrom(schedule, stream), (name) => world.desk.calendar(name))
    const events = decide(roster, person, {
      now: world.clock.now(),
      circle: [...new Set([...own, ...shadows])],
      shadows,
      elsewhere: (somebody, span) => dutyElsewhere(world, schedule, somebody, span),
    })
    if (isOnCallRefusal(events)) return events
    return [write(scheduleStream(schedule), stream.length, ...events)]
  })
  if (result.status === 'refused') return result
  const [first] = result.status === 'committed' ? result.events : await world.ledger.read(result.position - 1, 1)
  const data = first?.event.data
  if (!data || !('id' in data)) throw new TypeError('what was decided left no event')
  return { status: 'done', id: String(data.id) }
}

function dutyElsewhere(
  world: Pick<World, 'desk' | 'config'>,
  schedule: string,
  person: PersonId,
  { from, to }: Span,
): readonly Span[] {
  const others = [...world.config().schedules.keys()].filter((id) => id !== schedule)
  return others
    .flatMap((id) => shiftsOf(world, id, Temporal.Instant.from(from), Temporal.Instant.from(to)))
    .filter((shift) => shift.person === person && !shift.shadow)
    .map((shift) => ({ from: shift.from.toString(), to: shift.to.toString() }))
}
