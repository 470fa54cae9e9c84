import type { AuditEntry } from '../../core/audit/entry.ts'
import type { Language } from '../../text/language.ts'
import { plain, sayWording } from '../../text/say.ts'

/** One entry on one line: JSON of what it holds, with what was done in words. */
export function jsonLine({ what, ...entry }: AuditEntry, language: Language): string {
  const { key, values } = what
  return `${JSON.stringify({ kind: 'entry', ...entry, what: plain(sayWording(language, what)), words: { key, values } })}\n`
}

export const jsonVerification = (
  found: readonly string[],
  head: { readonly position: number; readonly hash: string },
) => `${JSON.stringify({ kind: 'verification', head, found })}\n`
