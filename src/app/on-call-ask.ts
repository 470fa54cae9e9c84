import type { Span } from '../core/oncall/events.ts'
import type { TypedWindow } from '../core/typed-window.ts'
import { say } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { note } from '../view/incident.ts'
import { datetime } from '../view/on-call.ts'
import { refused } from './chosen.ts'
import type { Reply, Worded } from './command.ts'
import { rosterFor } from './on-call.ts'
import { askCover, askSwap, circleOf, type OnCallOutcome, overrideOnCall, withdrawOnCall } from './on-call-changes.ts'
import { nextShift } from './on-call-look.ts'
import { type Asker, type TypedChange, typedChange } from './on-call-words.ts'
import type { Who } from './who.ts'

const usages = {
  override: '/oncall override SERVICE PERSON [instead of PERSON] [from TIME] to TIME | for 8h [reason TEXT]',
  swap: '/oncall swap [SERVICE] PERSON [from TIME to TIME for from TIME to TIME] [reason TEXT]',
  cover: '/oncall cover [SERVICE] [from TIME to TIME] [reason TEXT]',
  withdraw: '/oncall withdraw ID',
} as const

/** What a change by hand is asked with. */
interface Asked {
  readonly input: Worded
  readonly who: Who
  readonly asker: Asker
  readonly typed: TypedChange
  readonly schedule: string
  readonly dedupe: string
}

/** `/oncall override`, `swap`, `cover` and `withdraw`: reads what was typed, and does it. */
export async function changeOnCall(input: Worded, verb: keyof typeof usages, text: string): Promise<Reply> {
  const { world, delivery } = input
  const who = await input.who()
  const { person } = who
  if (!person) return refused(input, { refused: 'unknown-person' })
  if (verb === 'withdraw') return withdraw(input, who, text)
  const config = world.config()
  const timeZone = config.directory().timeZone(person)
  const asker: Asker = { person, account: delivery.account, timeZone, now: world.clock.now() }
  const typed = typedChange(config, text, asker)
  if ('refused' in typed)
    return refused(input, typed.refused === 'usage' ? { refused: 'usage', usage: usages[verb] } : typed)
  const schedules = [...config.schedules.keys()]
  const hers = schedules.filter((id) => circleOf(world, id).includes(person))
  const schedule = typed.schedule ?? (hers.length === 1 ? hers[0] : undefined)
  if (schedule === undefined)
    return refused(input, { refused: 'oncall-which', names: hers.length > 0 ? hers : schedules })
  const asked: Asked = { input, who, asker, typed, schedule, dedupe: `${delivery.id}:${verb}` }
  switch (verb) {
    case 'override':
      return override(asked)
    case 'swap':
      return swap(asked)
    case 'cover':
      return cover(asked)
  }
}

async function override(asked: Asked): Promise<Reply> {
  const { input, typed, schedule } = asked
  const { person, instead, window, over, anyway, reason } = typed
  if (!person || !window || typed.other) return refused(input, { refused: 'usage', usage: usages.override })
  const span = spanOf(window)
  const outcome = await overrideOnCall(input.world, { ...base(asked), ...span, person, instead, over, anyway, reason })
  return answered(asked, outcome, (id) => {
    const { from, to } = rosterFor(input.world, schedule).changes.find((change) => change.id === id) ?? span
    return say(input.language, 'oncall.overridden', {
      id,
      schedule,
      person: { person },
      instead: instead ? { person: instead } : say(input.language, 'oncall.everybody'),
      from: datetime(from),
      to: datetime(to),
    })
  })
}

async function swap(asked: Asked): Promise<Reply> {
  const { input, asker, typed, schedule } = asked
  const { world, language } = input
  const { person, window, other, reason } = typed
  if (!person || (window === null) !== (other === null)) return refused(input, { refused: 'usage', usage: usages.swap })
  const own = window ?? nextShift(world, schedule, asker.person)
  if (!own) return refused(input, { refused: 'oncall-no-shift', person: asker.person, schedule })
  const hers = other ?? nextShift(world, schedule, person)
  if (!hers) return refused(input, { refused: 'oncall-no-shift', person, schedule })
  const outcome = await askSwap(world, {
    ...base(asked),
    with: person,
    own: spanOf(own),
    hers: spanOf(hers),
    reason,
  })
  return answered(asked, outcome, (id) => {
    const ask = rosterFor(world, schedule).swaps.find((one) => one.id === id)
    return say(language, 'oncall.swap-asked', {
      id,
      schedule,
      person: { person },
      from: datetime(ask?.first.from ?? own.from),
      to: datetime(ask?.first.to ?? own.to),
      from2: datetime(ask?.second.from ?? hers.from),
      to2: datetime(ask?.second.to ?? hers.to),
      until: datetime(ask?.expiresAt ?? own.from),
    })
  })
}

async function cover(asked: Asked): Promise<Reply> {
  const { input, asker, typed, schedule } = asked
  const { person, window, other, reason } = typed
  // Somebody else's duty is changed by an override, which names who takes it.
  if (other || (person && person !== asker.person)) return refused(input, { refused: 'usage', usage: usages.cover })
  const own = window ?? nextShift(input.world, schedule, asker.person)
  if (!own) return refused(input, { refused: 'oncall-no-shift', person: asker.person, schedule })
  const span = spanOf(own)
  const outcome = await askCover(input.world, { ...base(asked), ...span, reason })
  return answered(asked, outcome, (id) => {
    const { from, to } = rosterFor(input.world, schedule).asks.find((one) => one.id === id) ?? span
    return say(input.language, 'oncall.cover-asked', { id, schedule, from: datetime(from), to: datetime(to) })
  })
}

async function withdraw(input: Worded, who: Who, text: string): Promise<Reply> {
  const { world, language, delivery } = input
  const id = text.trim().replace(/^`|`$/g, '')
  const schedule = id.slice(0, id.lastIndexOf('#'))
  if (id === '' || schedule === '' || /\s/u.test(id))
    return refused(input, { refused: 'usage', usage: usages.withdraw })
  const outcome = await withdrawOnCall(world, { schedule, id, who, dedupe: `${delivery.id}:withdraw` })
  if (outcome.status === 'refused') return refused(input, outcome.no)
  return { view: note(language, [say(language, 'oncall.withdrawn', { id })]), outcome: `withdrawn:${id}` }
}

const base = ({ schedule, who, dedupe }: Asked) => ({ schedule, who, dedupe })

const spanOf = ({ from, to }: TypedWindow): Span => ({ from: from.toString(), to: to.toString() })

function answered({ input }: Asked, outcome: OnCallOutcome, line: (id: string) => Text): Reply {
  if (outcome.status === 'refused') return refused(input, outcome.no)
  const { id } = outcome
  return { view: note(input.language, [line(id)]), outcome: `changed:${id}` }
}
