/** One entry of a calendar that is handed out. */
export interface IcsEntry {
  /** The same for as long as it is the same shift. */
  readonly uid: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly title: string
  readonly description: string
  readonly free: boolean
  /** Whose shift it is, for programs. */
  readonly person: string | null
}

export interface Ics {
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** When anything of it was last changed, and how often it was. */
  readonly changedAt: Temporal.Instant
  readonly sequence: number
  readonly entries: readonly IcsEntry[]
}

/** A calendar as text (RFC 5545): CRLF, folded at 75 octets, all times UTC, so that no time zone has to be explained. */
export function icsText({ title, language, changedAt, sequence, entries }: Ics): string {
  const stamp = utc(changedAt)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Astern//On call//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME;LANGUAGE=${language}:${escaped(title)}`,
    `X-WR-CALNAME:${escaped(title)}`,
    // RFC 7986, and what programs knew before it.
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${escaped(entry.uid)}`,
      `DTSTAMP:${stamp}`,
      `LAST-MODIFIED:${stamp}`,
      `SEQUENCE:${sequence}`,
      `DTSTART:${utc(entry.from)}`,
      `DTEND:${utc(entry.to)}`,
      `SUMMARY;LANGUAGE=${language}:${escaped(entry.title)}`,
      ...(entry.description === '' ? [] : [`DESCRIPTION;LANGUAGE=${language}:${escaped(entry.description)}`]),
      ...(entry.person === null ? [] : [`X-ASTERN-PERSON:${escaped(entry.person)}`]),
      'STATUS:CONFIRMED',
      `TRANSP:${entry.free ? 'TRANSPARENT' : 'OPAQUE'}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** `20260302T090000Z`; the form has no parts of a second. */
const utc = (instant: Temporal.Instant): string =>
  instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString().replace(/[-:]/g, '')

/** Section 3.3.11: backslash, semicolon, comma and line feed; other control characters have no place in a text. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** Section 3.1: at most 75 octets in a line without its end, and never within a letter. */
function folded(line: string): string {
  const lines: string[] = []
  let now = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > 75) {
      lines.push(now)
      now = ' '
      octets = 1
    }
    now += letter
    octets += size
  }
  return [...lines, now].join('\r\n')
}
