/** The parameters of the card template (README): strings only, at most 1 KB each, an empty one hides its part. */
export type Params = Readonly<Record<string, string>>

/** https://open.dingtalk.com/document/orgapp/create-and-deliver-cards: 1 KB a value; a little is left over. */
export const valueBytes = 1000
export const textParams = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8'] as const
export const noteNames = ['note1', 'note2', 'note3', 'note4'] as const
export const buttonSlots = ['b1', 'b2'] as const
/** Buttons beside a note, for the same eyes. */
export const noteSlots = ['n1', 'n2'] as const
export const moreSlots = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] as const
export const slotParts = [
  'label',
  'color',
  'url',
  'action',
  'value',
  'ask_title',
  'ask_text',
  'ask_yes',
  'ask_no',
] as const
export const formParams = [
  'form',
  'form_name',
  'form_value',
  'form_id',
  'form_title',
  'form_text',
  'form_submit',
  'form_cancel',
] as const

/** Everything that only one person sees, empty: what she was told before is over with her next press. */
export const nothingOwn: Params = blank([
  'busy_rev',
  ...noteNames,
  ...formParams,
  ...noteSlots.flatMap((slot) => slotParts.map((part) => `${slot}_${part}`)),
])

export function blank(names: readonly string[]): Params {
  return Object.fromEntries(names.map((name) => [name, '']))
}

/** Shown until the card changes. */
export const busyParams = (rev: string): Params => ({ ...nothingOwn, busy_rev: rev })

/** Markdown of which each fits; what does not is left out by whoever made it. */
export const noteParams = (texts: readonly string[]): Params => ({
  ...nothingOwn,
  ...Object.fromEntries(noteNames.map((name, index) => [name, texts[index] ?? ''])),
})

const encoder = new TextEncoder()

export const bytesOf = (text: string): number => encoder.encode(text).byteLength

/** At most `max` bytes of UTF-8, the last character being "…" where something was left out; never half of a character. */
export function cutBytes(text: string, max: number): string {
  if (bytesOf(text) <= max) return text
  const buffer = new Uint8Array(Math.max(0, max - 3))
  const { read } = encoder.encodeInto(text, buffer)
  return `${text.slice(0, read)}…`
}

/** Items of a list follow each other closely. */
const item = /^- /
const listed = /(?:^|\n)- [^\n]*$/

/**
 * Lines into as many parameters as there are, none cut in its middle unless it alone is too long. `rest`: what stands last where
 * they do not all fit.
 */
export function pour(lines: readonly string[], most: number, rest: string): string[] {
  const parts: string[] = []
  for (const [index, whole] of lines.entries()) {
    const line = cutBytes(whole, valueBytes)
    const last = parts.at(-1)
    const joined = last === undefined ? line : `${last}${last.match(listed) && line.match(item) ? '\n' : '\n\n'}${line}`
    const room = parts.length === most && index < lines.length - 1 ? valueBytes - bytesOf(rest) - 2 : valueBytes
    if (last !== undefined && bytesOf(joined) <= room) parts[parts.length - 1] = joined
    else if (parts.length < most) parts.push(line)
    else {
      parts[parts.length - 1] = `${cutBytes(parts.at(-1) ?? '', valueBytes - bytesOf(rest) - 2)}\n\n${rest}`
      return parts
    }
  }
  return parts
}
