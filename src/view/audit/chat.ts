import type { AuditEntry } from '../../core/audit/entry.ts'
import type { Language } from '../../text/language.ts'
import { plain, sayWording } from '../../text/say.ts'
import type { Text } from '../../text/span.ts'
import { note } from '../incident.ts'
import type { Note } from '../view.ts'
import { cut, dotted, type Voice, voice } from '../words.ts'
import { wholeSeconds } from './seconds.ts'

/** `/audit`: the newest, each with its evidence. */
export function auditNote(
  of: {
    readonly name: string
    readonly since: string
    readonly count: number
    readonly entries: readonly AuditEntry[]
    /** The command line that exports all of them. */
    readonly command: string
    readonly evidence: (position: number) => string
  },
  language: Language,
): Note {
  const v = voice(language)
  const { name, count, entries, command } = of
  const title = v.say('audit.title', { name, count, since: { at: of.since, show: 'datetime' } })
  if (entries.length === 0) return note(language, [title, v.say('audit.none')])
  const rest = entries.length < count ? [v.say('audit.last', { count: entries.length, command })] : []
  return note(language, [title, ...entries.map((entry) => line(v, entry, of.evidence(entry.position))), ...rest])
}

const longest = 120

function line(v: Voice, entry: AuditEntry, url: string): Text {
  const { person, account, reason, rule } = entry
  const who: Text = person
    ? [{ kind: 'person', person, mention: false }]
    : [account ? `${account.chat} ${account.user}` : entry.by === 'astern' ? 'Astern' : entry.by]
  const said = sayWording(v.language, entry.what)
  const words = wholeSeconds(plain(said))
  // What is too long loses its clock as well.
  const what = words.length > longest ? cut(words, longest) : said
  const told = dotted(
    v.say('audit.line', { at: { at: entry.at, show: 'datetime' }, who, what }),
    reason ? v.say('audit.line-reason', { reason: cut(reason, longest) }) : null,
    rule ? v.say('audit.line-rule', { rule }) : null,
  )
  return [...told, ' ', { kind: 'link', url, text: '↗' }]
}
