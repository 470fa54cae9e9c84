/** What a JSON pointer (RFC 6901) leads to; undefined where nothing is. Only what a document itself holds is found. */
export function at(document: unknown, pointer: string): unknown {
  let here = document
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return here
}

/** A text, number or yes/no as text; null for all else. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}
