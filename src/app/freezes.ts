import type { Config, Service } from '../config/config.ts'
import type { PersonId } from '../core/actor.ts'
import { liftFreeze, setFreeze } from '../core/freeze/decide.ts'
import {
  covers,
  type Freeze,
  type FreezeScope,
  type FreezeWhere,
  freezeStream,
  freezesAt,
  stands,
} from '../core/freeze/freeze.ts'
import type { FreezeRefusal } from '../core/freeze/refusal.ts'
import { windowsFrom } from '../core/freeze/rule.ts'
import type { Refusal } from '../core/rollback/refusal.ts'
import { commit, write } from './commit.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

type Known = Pick<World, 'config' | 'desk'>

/** Every freeze that is not over at an instant: those people set, those of the configuration and of its calendars. */
export function freezesFrom(world: Known, at: Temporal.Instant): readonly Freeze[] {
  const set = world.desk.freezes().filter(({ to }) => Temporal.Instant.compare(to, at) > 0)
  return [...set, ...configured(world, at)]
}

/** Everything that stands at some time of [at, until): also what comes again and again. */
export function freezesUntil(world: Known, at: Temporal.Instant, until: Temporal.Instant): readonly Freeze[] {
  const begun = ({ from }: Freeze) => Temporal.Instant.compare(from, until) < 0
  const again = world.config().freezes.windows.flatMap(({ id, scope, reason, when }): Freeze[] => {
    if (!('rule' in when)) return []
    const all: Freeze[] = []
    for (let from = at; Temporal.Instant.compare(from, until) < 0; ) {
      const found = windowsFrom(when.rule, from)
      const last = found.at(-1)
      if (!last) break
      for (const one of found)
        all.push({ id, scope, reason, person: null, from: one.from.toString(), to: one.to.toString() })
      from = last.to
    }
    return all
  })
  return [...freezesFrom(world, at), ...again].filter(begun)
}

/** The freezes that stand where something is to be released, the one that ends last first. */
export const standingFreezes = (world: Known, where: FreezeWhere, at: Temporal.Instant): readonly Freeze[] =>
  freezesAt(freezesFrom(world, at), where, at)

export const allStanding = (world: Known, at: Temporal.Instant): readonly Freeze[] =>
  freezesFrom(world, at).filter((freeze) => stands(freeze, at))

/** A calendar of freezes that is not read any more, or never was. What it last said still stands. */
export function unreadCalendars(world: Known): readonly { readonly name: string; readonly since: string | null }[] {
  const names = world.config().freezes.windows.flatMap(({ when }) => ('calendar' in when ? [when.calendar] : []))
  return [...new Set(names)].flatMap((name): { name: string; since: string | null }[] => {
    const calendar = world.desk.calendar(name)
    if (!calendar || calendar.until === '') return [{ name, since: null }]
    const last = calendar.outages.at(-1)
    return last && last.to === null ? [{ name, since: last.from }] : []
  })
}

function configured(world: Known, at: Temporal.Instant): readonly Freeze[] {
  return world.config().freezes.windows.flatMap(({ id, scope, reason, when }): Freeze[] => {
    const whole = { id, scope, person: null }
    if ('rule' in when)
      return windowsFrom(when.rule, at).map(({ from, to }) => ({
        ...whole,
        reason,
        from: from.toString(),
        to: to.toString(),
      }))
    const spans = world.desk.calendar(when.calendar)?.spans ?? []
    return spans
      .filter(({ end }) => Temporal.Instant.compare(end, at) > 0)
      .map(({ title, start, end }) => ({ ...whole, reason: `${reason}: ${title}`, from: start, to: end }))
  })
}

/** The services that a freeze holds up somewhere. */
export const concernedBy = (config: Config, scope: FreezeScope): readonly Service[] =>
  [...config.services.values()].filter(({ name: service, environments }) =>
    environments.some(({ name: environment, regions }) =>
      covers(scope, { service, environment, regions: regions.map(({ name }) => name) }),
    ),
  )

/** Ids of the freezes that still stand somewhere where another one stood. */
export function othersThan(world: Known, freeze: Freeze, at: Temporal.Instant): readonly string[] {
  const { environments, regions } = freeze.scope
  const asked = environments.length > 0 ? environments : [undefined]
  const found = concernedBy(world.config(), freeze.scope).flatMap(({ name: service }) =>
    asked.flatMap((environment) =>
      standingFreezes(world, { service, ...(environment !== undefined && { environment }), regions }, at),
    ),
  )
  return [...new Set(found.map(({ id }) => id))].filter((id) => id !== freeze.id)
}

/** Who may set and lift a freeze: the service's team for its own, else only those who may freeze everything. */
export function mayFreeze(config: Config, { services }: FreezeScope): readonly PersonId[] {
  const teams = services.map((name) => {
    const team = config.service(name)?.team
    return team ? [...team.members, ...(team.commander ? [team.commander] : [])] : []
  })
  const inAll = (teams[0] ?? []).filter((person) => teams.every((team) => team.includes(person)))
  return [...new Set([...inAll, ...config.freezes.may])]
}

type No = FreezeRefusal | Refusal
export type FreezeOutcome =
  | { readonly status: 'done'; readonly freeze: Freeze }
  | { readonly status: 'refused'; readonly no: No }

interface By {
  readonly who: Who
  readonly dedupe: string
}

/** Freezes; the same delivery twice is one freeze. */
export async function freeze(
  world: World,
  asked: By & { readonly scope: FreezeScope; readonly from: string; readonly to: string; readonly reason: string },
): Promise<FreezeOutcome> {
  const { scope, from, to, reason, who } = asked
  const { person, standing, actor } = who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  const result = await commit<No>(world, { actor, dedupe: asked.dedupe }, async () => {
    const id = `F-${world.desk.nextNumber('freeze')}`
    const events = setFreeze(
      { id, scope, from, to, reason, person },
      { person, standing, may: mayFreeze(world.config(), scope) },
    )
    return 'refused' in events ? events : [write(freezeStream(id), 0, ...events)]
  })
  if (result.status === 'refused') return result
  const [first] = result.status === 'committed' ? result.events : await world.ledger.read(result.position - 1, 1)
  if (first?.event.type !== 'freeze.set') throw new TypeError('the freeze left no event')
  return { status: 'done', freeze: first.event.data }
}

/** Ends a freeze that somebody set. */
export async function lift(
  world: World,
  asked: By & { readonly id: string; readonly reason: string },
): Promise<FreezeOutcome> {
  const { id, reason, who } = asked
  const { person, standing, actor } = who
  if (!person) return { status: 'refused', no: { refused: 'unknown-person' } }
  const result = await commit<No>(world, { actor, dedupe: asked.dedupe }, async () => {
    const config = world.config()
    const freezes = world.desk.freezes()
    const scope = freezes.find((one) => one.id === id)?.scope
    const events = liftFreeze(
      id,
      { person, standing, may: scope ? mayFreeze(config, scope) : [], reason },
      { freezes, configured: config.freezes.windows.map((window) => window.id) },
      world.clock.now(),
    )
    if ('refused' in events) return events
    const { length } = await world.ledger.stream(freezeStream(id))
    return [write(freezeStream(id), length, ...events)]
  })
  if (result.status === 'refused') return result
  return { status: 'done', freeze: await setOf(world, id) }
}

/** As it was set: also of one that was lifted. Throws where there never was such a freeze. */
export async function setOf(world: Pick<World, 'ledger'>, id: string): Promise<Freeze> {
  const first = (await world.ledger.stream(freezeStream(id)))[0]?.event
  if (first?.type !== 'freeze.set') throw new TypeError(`there is no freeze ${id}`)
  return first.data
}
