import type { PlannedLine } from '../core/rollback/plan.ts'
import type { Voice } from './words.ts'

/** The lines of a preview as people read them; at most `most`, then how many more. */
export function previewLines(v: Voice, lines: readonly PlannedLine[], most: number): string[] {
  const said = lines.slice(0, most).map((line) => previewLine(v, line))
  return lines.length > most ? [...said, v.plain('rollback.lines-more', { count: lines.length - most })] : said
}

function previewLine(v: Voice, { path, kind, from, to }: PlannedLine): string {
  if (kind === 'added') return v.plain('rollback.line-added', { path })
  if (kind === 'removed') return v.plain('rollback.line-removed', { path })
  if (from === undefined || to === undefined) return v.plain('rollback.line-changed-hidden', { path })
  return v.plain('rollback.line-changed', { path, from, to })
}
