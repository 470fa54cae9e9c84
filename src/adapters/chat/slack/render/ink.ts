import type { Directory } from '../../../../ports/chat.ts'
import type { Language } from '../../../../text/language.ts'
import type { Span, Text } from '../../../../text/span.ts'
import type { Plot } from '../../../../view/view.ts'
import { clean, cut } from './cut.ts'

/** Names and addresses a view may mention. */
export interface Names {
  /** The Slack user id of a person of this workspace, or null. */
  user(person: string): string | null
  name(person: string): string
  /** What a command is called here: `/astern-help`. */
  slash(command: string): string
}

export const namesOf = (directory: Directory, tenant: string, slash: Names['slash']): Names => ({
  slash,
  user(person) {
    const account = directory.account(person, 'slack')
    return account && account.tenant === tenant ? account.user : null
  },
  name: (person) => directory.name(person),
})

/** What a message may hold altogether: Slack refuses blocks with more than about 13,200 characters (`msg_blocks_too_long`). */
export const roomyChars = 11_000
export const tightChars = 5000

/** What one view is drawn with: names, and how much may still be written. */
export class Ink {
  readonly names: Names
  readonly language: Language
  /** False where the workspace refused `plan` blocks; their tasks are then drawn as lines. */
  readonly plans: boolean
  /** Slack's ids of the files that show plots. */
  readonly pictures: ReadonlyMap<Plot, string>
  #left: number

  constructor(of: {
    names: Names
    language: Language
    plans: boolean
    chars?: number
    pictures?: ReadonlyMap<Plot, string>
  }) {
    this.names = of.names
    this.language = of.language
    this.plans = of.plans
    this.pictures = of.pictures ?? new Map()
    this.#left = of.chars ?? roomyChars
  }

  get dry(): boolean {
    return this.#left <= 0
  }

  /** The text without control characters, cut at `max` and at what is left. */
  write(text: string, max = Number.POSITIVE_INFINITY): string {
    const cleaned = clean(text)
    if (cleaned === '' || this.dry) return ''
    const written = cut(cleaned, Math.min(max, Math.max(1, this.#left)))
    this.#left -= written.length
    return written
  }

  /** A text in one plain string, for the places where Slack takes no markup. */
  plain(text: Text, max: number): string {
    return this.write(text.map((span) => this.#word(span)).join(''), max)
  }

  #word(span: Span): string {
    if (typeof span === 'string') return span
    switch (span.kind) {
      case 'person':
        return this.names.name(span.person)
      case 'time':
        return utc(span.at, span.show)
      case 'room':
        return `#${span.channel}`
      case 'command':
        return `${this.names.slash(span.name)}${span.text}`
      default:
        return span.text
    }
  }
}

export type TimeShown = Extract<Span, { kind: 'time' }>['show']

/** For places and readers without date markup: the instant in UTC. */
export function utc(at: string, show: TimeShown): string {
  const iso = Temporal.Instant.from(at).toString({ smallestUnit: 'second' })
  const [date = '', time = ''] = iso.replace('Z', '').split('T')
  if (show === 'date') return date
  return show === 'time' ? `${time} UTC` : `${date} ${time} UTC`
}

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
export const dateFormat: Readonly<Record<TimeShown, string>> = {
  time: '{time_secs}',
  date: '{date_short}',
  datetime: '{date_short} {time_secs}',
}

export const unixSeconds = (at: string): number => Math.floor(Temporal.Instant.from(at).epochMilliseconds / 1000)
