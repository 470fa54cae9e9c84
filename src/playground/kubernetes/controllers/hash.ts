import { isObject, type Json } from '../json.ts'

const safeLetters = 'bcdfghjklmnpqrstvwxz2456789'

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** The same text for equal JSON, whatever the order of keys. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.keys(value).sort()
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`
}

/** A short name for a template, with letters that Kubernetes thinks safe (`rand.SafeEncodeString`). */
export function safeHash(value: Json, collisions: number | undefined): string {
  const sum = fnv1a(canonical(value) + (collisions === undefined ? '' : String(collisions)))
  return [...String(sum)].map((digit) => safeLetters[digit.charCodeAt(0) % safeLetters.length]).join('')
}
