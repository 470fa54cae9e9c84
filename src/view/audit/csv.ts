import type { AuditEntry } from '../../core/audit/entry.ts'
import type { Language } from '../../text/language.ts'
import { plain, sayWording } from '../../text/say.ts'

/** One row, in the order of the columns. */
type Row = Readonly<Record<(typeof columns)[number], string>>

const columns = [
  'position',
  'at',
  'type',
  'by',
  'person',
  'account',
  'service',
  'incident',
  'rollback',
  'what',
  'reason',
  'rule',
  'roles',
  'plan',
  'preview',
  'config',
  'soc2',
  'iso27001',
  'hash',
] as const

export const csvHeader = (): string => line(columns)

export function csvLine(entry: AuditEntry, language: Language): string {
  const { account, controls } = entry
  const row: Row = {
    position: String(entry.position),
    at: entry.at,
    type: entry.type,
    by: entry.by,
    person: entry.person ?? '',
    account: account ? `${account.chat} ${account.tenant} ${account.user}` : '',
    service: entry.service ?? '',
    incident: entry.incident ?? '',
    rollback: entry.rollback ?? '',
    what: plain(sayWording(language, entry.what)),
    reason: entry.reason ?? '',
    rule: entry.rule ?? '',
    roles: entry.roles.join(' '),
    plan: entry.plan ?? '',
    preview: entry.preview ?? '',
    config: entry.config,
    soc2: controls.soc2.join(' '),
    iso27001: controls.iso27001.join(' '),
    hash: entry.hash,
  }
  return line(columns.map((column) => row[column]))
}

/** The verification of the chain, as the last row: what was found, and the head that it was checked up to. */
export const csvVerification = (found: readonly string[], head: { readonly position: number; readonly hash: string }) =>
  line(
    columns.map((column) => {
      if (column === 'type') return 'verification'
      if (column === 'position') return String(head.position)
      if (column === 'hash') return head.hash
      return column === 'what' ? found.join('\n') : ''
    }),
  )

/** RFC 4180: CRLF ends a row, a field with a quote, comma or line break stands in quotes. */
function line(fields: readonly string[]): string {
  return `${fields.map((field) => quoted(harmless(field))).join(',')}\r\n`
}

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

/**
 * A spreadsheet takes a field for a formula that begins with one of these: an apostrophe before it makes it text.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const harmless = (field: string): string => (/^[=+\-@\t\r\n＝＋－＠]/u.test(field) ? `'${field}` : field)
