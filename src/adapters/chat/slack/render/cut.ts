/** Characters nobody needs in a message: controls, and marks that turn the reading direction to disguise what is said. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/** Untrusted text without control and direction marks; line breaks and tabs stay. */
export const clean = (text: string): string => text.replaceAll('\r\n', '\n').replace(unwanted, '')

/** At most `max` UTF-16 units, the last being "…" where something was left out; never half of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  let end = Math.max(0, max - 1)
  const before = text.charCodeAt(end - 1)
  if (before >= 0xd800 && before <= 0xdbff) end -= 1
  return `${text.slice(0, end)}…`
}
