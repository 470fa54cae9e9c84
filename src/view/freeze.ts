import type { Freeze, FreezeScope } from '../core/freeze/freeze.ts'
import { stands } from '../core/freeze/freeze.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { note } from './incident.ts'
import type { Block, Note } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

/** A calendar that is not read any more; `since` null: never was. */
export interface UnreadCalendar {
  readonly name: string
  readonly since: string | null
}

/** What a freeze covers: `checkout-svc in eu-1`, `everything`. */
export function scopeText(v: Voice, { services, environments, regions }: FreezeScope): string {
  const named = services.length > 0 ? { list: services } : v.plain('freeze.everything')
  const places = [...environments, ...regions]
  return places.length === 0
    ? v.plain('freeze.what', { services: named })
    : v.plain('freeze.what-in', { services: named, places: { list: places } })
}

const datetime = (at: string) => ({ at, show: 'datetime' }) as const

const window = (v: Voice, { id, scope, from, to, reason }: Freeze) => ({
  id,
  what: scopeText(v, scope),
  from: datetime(from),
  to: datetime(to),
  reason,
})

/** The answer to whoever set it: the very instants that hold, so that a misread time is seen. */
export function freezeSet(freeze: Freeze, language: Language): Note {
  const v = voice(language)
  return note(language, [v.say('freeze.set', window(v, freeze)), v.say('freeze.meaning')])
}

/** What the channels of the services concerned are told. `others`: ids of freezes that still stand there. */
export function freezeTold(
  of: {
    readonly freeze: Freeze
    readonly lifted: { readonly person: string; readonly others: readonly string[] } | null
  },
  language: Language,
): Note {
  const v = voice(language)
  const { freeze, lifted } = of
  if (lifted) {
    const { person, others } = lifted
    const line = v.say('freeze.lifted-told', { id: freeze.id, what: scopeText(v, freeze.scope), person: { person } })
    return note(language, [line, ...stillFrozen(v, others)])
  }
  const person = { person: freeze.person ?? '' }
  return note(language, [v.say('freeze.set-told', { ...window(v, freeze), person }), v.say('freeze.meaning')])
}

export function freezeLifted(freeze: Freeze, others: readonly string[], language: Language): Note {
  const v = voice(language)
  const line = v.say('freeze.lifted', { id: freeze.id, what: scopeText(v, freeze.scope) })
  return note(language, [line, ...stillFrozen(v, others)])
}

const stillFrozen = (v: Voice, others: readonly string[]): Text[] =>
  others.length > 0 ? [v.say('freeze.lifted-others', { ids: { list: others } })] : []

const shown = 15

/** `/freeze list`: what stands and what is to come. */
export function freezeList(
  of: { readonly freezes: readonly Freeze[]; readonly unread: readonly UnreadCalendar[]; readonly now: string },
  language: Language,
): Note {
  const v = voice(language)
  const rows = [...of.freezes].sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  const now = Temporal.Instant.from(of.now)
  const lines = rows.slice(0, shown).map((freeze) => {
    const glyph = stands(freeze, now) ? '❄' : '◌'
    const { person } = freeze
    const by = person ? v.say('freeze.row-by', { person: { person } }) : v.say('freeze.row-configured')
    return dotted(v.say('freeze.row', { glyph, ...window(v, freeze) }), by)
  })
  return note(language, [
    ...(lines.length > 0 ? lines : [v.say('freeze.none')]),
    ...(rows.length > shown ? [v.say('freeze.more', { count: rows.length - shown })] : []),
    ...of.unread.map((calendar) => unreadText(v, calendar)),
  ])
}

export const unreadText = (v: Voice, { name, since }: UnreadCalendar): Text =>
  since === null ? v.say('freeze.never-read', { name }) : v.say('freeze.unread', { name, since: datetime(since) })

/** One line for a card: the freeze that ends last. */
export function freezeBlocks(v: Voice, freezes: readonly Freeze[]): Block[] {
  const [freeze] = freezes
  if (!freeze) return []
  const { id, to, reason } = freeze
  return [{ kind: 'text', text: v.say('freeze.card', { id, reason, until: datetime(to) }) }]
}
