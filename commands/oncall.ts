import { refused } from '../src/app/chosen.ts'
import { type Bound, defineCommand, type Input, isRefused, type Reply, type Worded } from '../src/app/command.ts'
import { rosterFor } from '../src/app/on-call.ts'
import { changeOnCall } from '../src/app/on-call-ask.ts'
import { answerSwap, type OnCallOutcome, takeCover } from '../src/app/on-call-changes.ts'
import { ownShifts, scheduleRow } from '../src/app/on-call-look.ts'
import { scheduleNamed } from '../src/app/on-call-words.ts'
import { explain } from '../src/core/oncall/why.ts'
import { startOf, typedTime } from '../src/core/typed-time.ts'
import { say } from '../src/text/say.ts'
import { note } from '../src/view/incident.ts'
import { changesNote, datetime, ownShiftsNote, type ScheduleParts, schedulesNote } from '../src/view/on-call.ts'
import { whyNote } from '../src/view/on-call-why.ts'

const usage =
  '/oncall [now | next | week] [SERVICE] | mine | why [SERVICE] [@TIME] | override SERVICE PERSON from TIME to TIME | swap PERSON | cover | withdraw ID | list'

type Verb = 'now' | 'next' | 'week' | 'mine' | 'why' | 'list' | 'override' | 'swap' | 'cover' | 'withdraw'

const verbs: readonly (readonly [RegExp, Verb])[] = [
  [/^(?:now|现在|当前|谁)(?=\s|$)/iu, 'now'],
  [/^(?:next|下一班|下一个|下班次)(?=\s|$)/iu, 'next'],
  [/^(?:week|this week|本周|这周)(?=\s|$)/iu, 'week'],
  [/^(?:mine|my shifts|我的(?:值班|班次)?)(?=\s|$)/iu, 'mine'],
  [/^(?:why|为什么|为何)(?=[\s@]|$)/iu, 'why'],
  [/^(?:list|列表|查看)(?=\s|$)/iu, 'list'],
  [/^(?:override|改班|指定|安排)(?=\s|$)/iu, 'override'],
  [/^(?:swap|换班|调班)(?=\s|$)/iu, 'swap'],
  [/^(?:cover|求代班|代班|找人代班)(?=\s|$)/iu, 'cover'],
  [/^(?:withdraw|撤回|撤销|取消)(?=\s|$)/iu, 'withdraw'],
]

export const oncall = defineCommand({
  name: 'oncall',
  aliases: ['值班'],
  usage,
  summary: 'help.oncall',
  async run(input) {
    const text = input.text.trim()
    const [pattern, verb] = verbs.find(([one]) => one.test(text)) ?? [null, null]
    const rest = pattern ? text.replace(pattern, '').trim() : text
    switch (verb) {
      case null:
        return show(input, rest, ['now', 'next', 'week'])
      case 'now':
      case 'next':
      case 'week':
        return show(input, rest, [verb])
      case 'mine':
        return mine(input)
      case 'why':
        return why(input, rest)
      case 'list':
        return list(input, rest)
      default:
        return changeOnCall(input, verb, rest)
    }
  },
  presses: {
    'oncall.take': (input) => press(input, 'take'),
    'oncall.agree': (input) => press(input, 'agree'),
    'oncall.decline': (input) => press(input, 'decline'),
  },
})

const shown = 8

async function zoneOf({ world, who }: Input): Promise<string> {
  const { person } = await who()
  return person ? world.config().directory().timeZone(person) : 'UTC'
}

async function show(input: Worded, word: string, parts: ScheduleParts): Promise<Reply> {
  const { world, language } = input
  const config = world.config()
  const named = word === '' ? null : scheduleNamed(config, word)
  if (named !== null && typeof named !== 'string') return refused(input, named)
  const all = named === null ? [...config.schedules.keys()] : [named]
  const timeZone = await zoneOf(input)
  const rows = all.slice(0, shown).map((schedule) => scheduleRow(world, schedule, timeZone))
  return { view: schedulesNote({ rows, parts, more: Math.max(0, all.length - shown) }, language), outcome: 'shown' }
}

async function mine(input: Worded): Promise<Reply> {
  const { person } = await input.who()
  if (!person) return refused(input, { refused: 'unknown-person' })
  const zone = input.world.config().directory().timeZone(person)
  return { view: ownShiftsNote({ ...ownShifts(input.world, person), zone }, input.language), outcome: 'shown' }
}

/** `why [SERVICE] [@TIME]`: without a service for every schedule there is, so long as these are few. */
async function why(input: Worded, text: string): Promise<Reply> {
  const { world, language } = input
  const [, word = '', when] = /^([^@]*?)\s*(?:@\s*(.*))?$/su.exec(text) ?? []
  const config = world.config()
  const all = [...config.schedules.keys()]
  const named = word === '' && all.length === 1 ? (all[0] ?? '') : word
  if (named === '') return refused(input, { refused: 'oncall-which', names: all })
  const schedule = scheduleNamed(config, named)
  if (typeof schedule !== 'string') return refused(input, schedule)
  const now = world.clock.now()
  const timeZone = await zoneOf(input)
  const at = when === undefined ? now : instantOf(when, now, timeZone)
  if (!at) {
    const example = `@${now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 1 })} 09:00`
    return refused(input, { refused: 'oncall-when', word: when ?? '', example })
  }
  return { view: whyNote(explain(rosterFor(world, schedule), at), language), outcome: 'shown' }
}

function instantOf(text: string, now: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  const typed = typedTime(text.split(/\s+/u).filter((word) => word !== ''))
  return 'bad' in typed ? null : startOf(typed, { now, timeZone })
}

function list(input: Worded, word: string): Reply {
  const { world, language } = input
  const named = word === '' ? null : scheduleNamed(world.config(), word)
  if (named !== null && typeof named !== 'string') return refused(input, named)
  const all = named === null ? [...world.config().schedules.keys()] : [named]
  const rosters = all.map((schedule) => rosterFor(world, schedule))
  return { view: changesNote(rosters, world.clock.now(), language), outcome: 'shown' }
}

/** The card shows what a counted press did to whoever looks at it; she who pressed is told too. */
async function press(input: Bound, what: 'take' | 'agree' | 'decline'): Promise<Reply> {
  const named = boundTo(input.value)
  if (!named) return refused(input, { refused: 'stale-button' })
  const { world, language, delivery } = input
  const { schedule, id } = named
  const asked = { schedule, id, who: await input.who(), dedupe: `${delivery.id}:${what}` }
  if (what !== 'take') {
    const outcome = await answerSwap(world, { ...asked, agrees: what === 'agree' })
    if (outcome.status === 'refused') return refused(input, outcome.no)
    const line = say(language, what === 'agree' ? 'oncall.agreed' : 'oncall.declined', { id })
    return { view: note(language, [line]), outcome: `${what}:${id}` }
  }
  return took(input, asked.who.person, schedule, id, await takeCover(world, asked))
}

function took(input: Input, person: string | null, schedule: string, id: string, outcome: OnCallOutcome): Reply {
  // A second press of hers is no news.
  const hers =
    outcome.status === 'refused' &&
    isRefused(outcome.no) &&
    outcome.no.refused === 'cover-taken' &&
    outcome.no.by === person
  if (outcome.status === 'refused' && !hers) return refused(input, outcome.no)
  const change = rosterFor(input.world, schedule).changes.find((one) => one.id === id)
  if (!change?.instead) return { view: null, outcome: `took:${id}` }
  const { from, to, instead } = change
  const values = { schedule, person: { person: instead }, from: datetime(from), to: datetime(to) }
  return { view: note(input.language, [say(input.language, 'oncall.took', values)]), outcome: `took:${id}` }
}

function boundTo(value: string): { readonly schedule: string; readonly id: string } | null {
  try {
    const { s, c } = JSON.parse(value) as { s?: unknown; c?: unknown }
    return typeof s === 'string' && typeof c === 'string' ? { schedule: s, id: c } : null
  } catch {
    return null
  }
}
