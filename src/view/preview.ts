import type { PlannedLine } from '../core/rollback/plan.ts'
import type { Voice } from './words.ts'

/** The lines of a preview as people read them; at most `most`, then how many more. */
export function previewLines(v: Voice, lines: readonly PlannedLine[], most: number): string[] {
  const said = lines.slice(0, most).map((line) => previewLine(v, line))
  return lines.length > most ? [...said, v.plain('rollback.lines-more', { count: lines.length - most })] : said
}

/** A few lines for small places: short paths, and regions in which the same changes once for all of them. */
export function shortPreview(
  v: Voice,
  regions: readonly { readonly region: string; readonly lines: readonly PlannedLine[] }[],
  most: number,
): string[] {
  const groups = new Map<string, string[]>()
  for (const { region, lines } of regions) {
    const said = previewLines(v, [...lines].sort(byWeight).map(short), most).join(' · ')
    groups.set(said, [...(groups.get(said) ?? []), region])
  }
  return [...groups].map(([said, where]) => v.plain('form.what-changes', { region: where.join(', '), lines: said }))
}

/** What people look for first: the image, then settings, then labels. */
const byWeight = (a: PlannedLine, b: PlannedLine): number => weight(a) - weight(b)
const weight = ({ path }: PlannedLine): number => (path.endsWith('.image') ? 0 : path.startsWith('metadata.') ? 2 : 1)

/** `spec.containers[app].env[X]` → `app env[X]`; of two images of one repository only the tags. */
function short(line: PlannedLine): PlannedLine {
  const path = line.path
    .replace(/^spec\.(?:initC|c)ontainers\[([^\]]+)\]\./, '$1 ')
    .replace(/^metadata\.(label|annotation)s\[([^\]]+)\]/, '$1 $2')
  const [, repository, from] = /^(.*)[:@]([^:@]+)$/.exec(line.from ?? '') ?? []
  const [, same, to] = /^(.*)[:@]([^:@]+)$/.exec(line.to ?? '') ?? []
  return repository && repository === same && from && to ? { ...line, path, from, to } : { ...line, path }
}

function previewLine(v: Voice, { path, kind, from, to }: PlannedLine): string {
  if (kind === 'added') return v.plain('rollback.line-added', { path })
  if (kind === 'removed') return v.plain('rollback.line-removed', { path })
  if (from === undefined || to === undefined) return v.plain('rollback.line-changed-hidden', { path })
  return v.plain('rollback.line-changed', { path, from, to })
}
