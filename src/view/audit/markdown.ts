import type { Section } from '../../core/audit/controls.ts'
import type { AuditEntry } from '../../core/audit/entry.ts'
import type { Language } from '../../text/language.ts'
import { plain, sayPlain, sayWording, type TextKey } from '../../text/say.ts'
import { wholeSeconds } from './seconds.ts'
import type { AuditSummary } from './summary.ts'

export interface AuditOf {
  readonly from: string
  readonly to: string
  readonly service: string | null
}

const counted: readonly (readonly [TextKey, readonly string[]])[] = [
  ['audit.md-refused', ['refused']],
  ['audit.md-proposed', ['rollback.proposed']],
  ['audit.md-approved', ['rollback.approved']],
  ['audit.md-rejected', ['rollback.rejected', 'rollback.expired']],
  ['audit.md-voided', ['rollback.approval-voided']],
  ['audit.md-at-once', ['rollback.acted-at-once']],
  ['audit.md-glass', ['rollback.glass-broken']],
  ['audit.md-reviewed', ['rollback.reviewed']],
  ['audit.md-overridden', ['freeze.overridden']],
  ['audit.md-erased', ['ledger.erased']],
]

/** Title, scope, what is counted, what the verification of the chain found. */
export function markdownHead(of: AuditOf, summary: AuditSummary, found: readonly string[], language: Language): string {
  const say = (key: TextKey, values?: Parameters<typeof sayPlain>[2]) => sayPlain(language, key, values)
  const service = of.service ? say('audit.md-one-service', { service: of.service }) : say('audit.md-all-services')
  const rows: readonly (readonly [string, number])[] = [
    [say('audit.md-entries'), summary.entries],
    [say('audit.md-people'), summary.people.size],
    ...counted.map(([key, types]) => [say(key), summary.count(...types)] as const),
  ]
  const controls = [...summary.byControl].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  return [
    `# ${say('audit.md-title')}`,
    say('audit.md-scope', { from: of.from, to: of.to, service }),
    say('audit.md-how'),
    `## ${say('audit.md-summary')}`,
    table(
      [say('audit.md-count'), say('audit.md-number')],
      rows.map(([name, count]) => [name, String(count)]),
    ),
    table(
      [say('audit.md-iso'), say('audit.md-number')],
      controls.map(([name, count]) => [name, String(count)]),
    ),
    `## ${say('audit.md-verification')}`,
    found.map((line) => `- ${cell(line)}`).join('\n'),
    '',
  ].join('\n\n')
}

const headings: Readonly<Record<Section, TextKey>> = { CC6: 'audit.md-cc6', CC7: 'audit.md-cc7', CC8: 'audit.md-cc8' }

export const markdownSection = (section: Section, language: Language): string =>
  `## ${sayPlain(language, headings[section])}\n\n`

export const markdownNothing = (language: Language): string => `${sayPlain(language, 'audit.md-none')}\n\n`

export const markdownTableHead =
  '| # | at | who | where | what | rule | saw | SOC 2 | ISO 27001 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'

export function markdownRow(entry: AuditEntry, language: Language): string {
  const { controls, reason, rule, roles, plan, preview, config } = entry
  const what = [wholeSeconds(plain(sayWording(language, entry.what))), reason ? `“${reason}”` : '']
    .filter(Boolean)
    .join(' ')
  const saw = [
    plan && `plan ${plan.slice(0, 8)}`,
    preview && `preview ${preview.slice(0, 8)}`,
    `config ${config.slice(0, 8)}`,
  ]
  return row([
    String(entry.position),
    wholeSeconds(entry.at),
    entry.person ?? (entry.account ? `? (${entry.account.chat} ${entry.account.user})` : entry.by),
    [entry.service, entry.incident, entry.rollback].filter(Boolean).join(' '),
    what,
    [rule, roles.length > 0 ? `(${roles.join(', ')})` : ''].filter(Boolean).join(' '),
    saw.filter(Boolean).join(', '),
    controls.soc2.join(' '),
    controls.iso27001.join(' '),
  ])
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${row(head)}|${' --- |'.repeat(head.length)}\n${rows.map(row).join('')}`.trimEnd()

/** People's words stay words: no pipe, no link, no markup, no HTML. */
const cell = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`)
    .trim()
