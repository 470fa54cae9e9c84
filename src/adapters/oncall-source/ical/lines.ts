import ICAL from 'ical.js'

/** A component as it stands in the file; its lines are unfolded, those of components within it are not among them. */
export interface Component {
  /** Lower case: `vcalendar`, `vevent`. */
  readonly name: string
  readonly lines: string[]
  readonly parts: Component[]
  /** Its end is missing. */
  open: boolean
}

/** What may stand within what; anything else means that the end of the outer one is missing. */
const outer: Readonly<Record<string, readonly string[]>> = {
  vcalendar: [],
  vevent: ['vcalendar'],
  vtimezone: ['vcalendar'],
  valarm: ['vevent', 'vtodo'],
  standard: ['vtimezone'],
  daylight: ['vtimezone'],
}

/**
 * The calendars of a body, taken apart (RFC 5545, section 3.4). Lines end in CRLF, LF or CR; folding is undone before the bytes are
 * read as UTF-8, because old programs fold within a letter. Null when it is no calendar, `cut` when its end is missing.
 */
export function calendarsIn(body: Uint8Array): readonly Component[] | 'cut' | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const unfolded = Buffer.from(bytes.replace(/(?:\r\n|\n|\r)[ \t]/g, ''), 'latin1')
  const lines = new TextDecoder('utf-8').decode(unfolded).split(/\r\n|\n|\r/)
  const first = lines.find((line) => line.trim() !== '')
  if (first?.trim().toUpperCase() !== 'BEGIN:VCALENDAR') return null
  const calendars: Component[] = []
  const stack: Component[] = []
  for (const line of lines) {
    const [, word, given = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line) ?? []
    const name = given.toLowerCase()
    if (word === undefined) stack.at(-1)?.lines.push(line)
    else if (word.toUpperCase() === 'BEGIN') {
      const within = outer[name]
      while (within && stack.length > 0 && !within.includes(stack.at(-1)?.name ?? '')) leave(stack)
      const component: Component = { name, lines: [], parts: [], open: false }
      const around = stack.at(-1)
      if (around) around.parts.push(component)
      else if (name === 'vcalendar') calendars.push(component)
      stack.push(component)
    } else if (stack.some((component) => component.name === name)) {
      while (stack.at(-1)?.name !== name) leave(stack)
      stack.pop()
    }
  }
  return stack.length > 0 || calendars.some(({ open }) => open) ? 'cut' : calendars
}

function leave(stack: Component[]): void {
  const left = stack.pop()
  if (left) left.open = true
}

/** One line, understood. */
export interface Property {
  parameter(name: string): string | null
  readonly type: string
  /** As jCal has them (RFC 7265). */
  readonly values: readonly unknown[]
}

/** The lines of a component that have this name, lower case; `broken` in place of one that is not what its name promises. */
export function propertiesOf({ lines }: Component, name: string): readonly (Property | 'broken')[] {
  return lines.filter((line) => /^[\w-]+/.exec(line)?.[0].toLowerCase() === name).map((line) => propertyOf(line, name))
}

function propertyOf(line: string, name: string): Property | 'broken' {
  // The library takes rules only in capital letters, although they are not sensitive to that (RFC 5545, section 2).
  const text = name === 'rrule' || name === 'duration' ? line.toUpperCase() : line
  try {
    const [, parameters, type, ...values] = ICAL.parse.property(text, ICAL.design.icalendar) as [
      string,
      Readonly<Record<string, string | readonly string[]>>,
      string,
      ...unknown[],
    ]
    const parameter = (wanted: string) => [parameters[wanted] ?? []].flat()[0] ?? null
    return { parameter, type, values }
  } catch (cause) {
    // The library throws plain errors for whatever it cannot read.
    if (!(cause instanceof Error)) throw cause
    return 'broken'
  }
}

/** The first text of that name, on one line and not too long; null where there is none. */
export function textOf(component: Component, name: string): string | null {
  const [property] = propertiesOf(component, name)
  if (!property || property === 'broken') return null
  const text = String(property.values[0] ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return text === '' ? null : [...text].slice(0, 200).join('')
}
