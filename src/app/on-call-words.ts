import type { Config } from '../config/config.ts'
import type { Account, PersonId } from '../core/actor.ts'
import { nearest } from '../core/nearest.ts'
import { type TypedWindow, typedExample, typedReason, typedSections, typedWindow } from '../core/typed-window.ts'
import type { OnCallWordsRefusal } from '../view/on-call-refusal.ts'

type Usage = { readonly refused: 'usage' }
type No = OnCallWordsRefusal | Usage

/** A schedule by its own name or by a service's. */
export function scheduleNamed(config: Config, word: string): string | OnCallWordsRefusal {
  if (config.schedules.has(word)) return word
  const service = config.service(word)
  if (service) return service.onCall ?? { refused: 'oncall-unscheduled', service: word }
  const known = [...config.schedules.keys(), ...config.services.keys()]
  return { refused: 'oncall-what', word, nearest: nearest(word, known, 3) }
}

/** A person by key or name, as a chat writes her (`<@U123>`), or `me`; null where it is nobody. */
export function personNamed(config: Config, word: string, asker: Asker): PersonId | null {
  if (/^(me|myself|我|自己|本人)$/iu.test(word)) return asker.person
  const [, user] = /^<@([^>|]+)(?:\|[^>]*)?>$/.exec(word) ?? []
  if (user) return config.personOf({ ...asker.account, user })
  const lower = word.replace(/^@/, '').toLowerCase()
  return (
    [...config.people.values()].find(({ id, name }) => [id.toLowerCase(), name.toLowerCase()].includes(lower))?.id ??
    null
  )
}

/** Who typed it, and where from times are read. */
export interface Asker {
  readonly person: PersonId
  readonly account: Account
  readonly timeZone: string
  readonly now: Temporal.Instant
}

/** What somebody typed of a change by hand. */
export interface TypedChange {
  /** Null where none was named. */
  readonly schedule: string | null
  readonly person: PersonId | null
  readonly instead: PersonId | null
  readonly window: TypedWindow | null
  /** Of a swap: what the other one gives. */
  readonly other: TypedWindow | null
  readonly over: readonly string[]
  readonly anyway: boolean
  readonly reason: string | null
}

/** Reads `[SERVICE] [PERSON] [instead of PERSON] [from … to …] [for from … to …] [over ID …] [anyway] [reason TEXT]`. */
export function typedChange(config: Config, text: string, asker: Asker): TypedChange | No {
  const { head, reason } = typedReason(text)
  const anyway = /(?:^|\s)(?:anyway|仍然|强制)(?=\s|$)/iu
  const overs = /(?:^|\s)(?:over|覆盖)((?:\s+[^\s]+#\d+)+)/iu
  const over = (overs.exec(head)?.[1] ?? '').split(/\s+/u).filter((id) => id !== '')
  const insteadOf = /(?:^|\s)(?:instead of\s+|代替|接替|替)\s*(\S+)/iu
  const [, relieved] = insteadOf.exec(head) ?? []
  const rest = head.replace(overs, ' ').replace(anyway, ' ').replace(insteadOf, ' ')
  const [own = '', hers, ...more] = rest.split(/\s(?:for|with|换)\s*(?=from\s|从)/iu)
  if (more.length > 0) return { refused: 'usage' }
  const typed = typedSections(own)
  const others = hers === undefined ? null : typedSections(hers)
  if (!typed || typed.in || (hers !== undefined && !others) || (others && others.names.length > 0))
    return { refused: 'usage' }
  const window = windowOf(typed, asker)
  if (window && 'refused' in window) return window
  const other = others && windowOf(others, asker)
  if (other && 'refused' in other) return other
  const named = namesOf(config, typed.names, asker)
  if ('refused' in named) return named
  const instead = relieved === undefined ? null : personNamed(config, relieved, asker)
  if (relieved !== undefined && !instead) return unknownPerson(config, relieved)
  return { ...named, instead, window, other, over, anyway: anyway.test(head), reason: reason || null }
}

function windowOf(
  typed: NonNullable<ReturnType<typeof typedSections>>,
  { now, timeZone }: Asker,
): TypedWindow | null | No {
  if (!typed.from && !typed.to && !typed.for) return null
  if ((typed.to === null) === (typed.for === null)) return { refused: 'usage' }
  const window = typedWindow(typed, { now, timeZone })
  if (!('bad' in window)) return window
  const example = typedExample(now, timeZone)
  return { refused: 'oncall-when', word: window.word, example: window.bad === 'zone' ? example.zoned : example.plain }
}

/** One service or schedule and one person, in any order. */
function namesOf(
  config: Config,
  words: readonly string[],
  asker: Asker,
): Pick<TypedChange, 'schedule' | 'person'> | No {
  let schedule: string | null = null
  let person: PersonId | null = null
  for (const word of words) {
    const one = scheduleNamed(config, word)
    const somebody = personNamed(config, word, asker)
    if (typeof one === 'string' && schedule === null) schedule = one
    else if (somebody && person === null) person = somebody
    else if (typeof one !== 'string' && !somebody) return schedule === null ? one : unknownPerson(config, word)
    else return { refused: 'usage' }
  }
  return { schedule, person }
}

const unknownPerson = (config: Config, word: string): OnCallWordsRefusal => ({
  refused: 'oncall-who',
  word,
  nearest: nearest(
    word,
    [...config.people.values()].map(({ name }) => name),
    3,
  ),
})
