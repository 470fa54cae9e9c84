import type { AuditEntry } from '../../core/audit/entry.ts'
import type { Language } from '../../text/language.ts'
import { plain, sayWording } from '../../text/say.ts'

/** One entry on one line: JSON of what it holds, with what was done in words. */
export function jsonLine({ what, ...entry }: AuditEntry, language: Language): string {
  const { key, values } = what
  const words = plain(sayWording(language, what))
  return `${JSON.stringify({ kind: 'entry', ...entry, what: words, words: { key, values } })}\n`
}

/** `whole`: the verification of the chain found nothing wrong. */
export const jsonVerification = (of: {
  readonly whole: boolean
  readonly head: { readonly position: number; readonly hash: string }
  readonly found: readonly string[]
}): string => `${JSON.stringify({ kind: 'verification', ...of })}\n`
