import type { AuditReport } from '../adapters/ledger/audit/finding.ts'
import { auditReport } from '../adapters/ledger/audit/report.ts'
import { readLedgerFile } from '../adapters/ledger/sqlite/read-file.ts'
import { sections } from '../core/audit/controls.ts'
import { Audit, type AuditEntry } from '../core/audit/entry.ts'
import type { Head } from '../ports/ledger.ts'
import type { Language } from '../text/language.ts'
import { csvHeader, csvLine, csvVerification } from '../view/audit/csv.ts'
import { jsonLine, jsonVerification } from '../view/audit/jsonl.ts'
import {
  markdownHead,
  markdownNothing,
  markdownRow,
  markdownSection,
  markdownTableHead,
} from '../view/audit/markdown.ts'
import { AuditSummary } from '../view/audit/summary.ts'
import type { Given } from './given.ts'

const formats = ['csv', 'jsonl', 'md'] as const
type Format = (typeof formats)[number]

interface Asked {
  readonly file: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly service: string | null
  readonly language: Language
}

/**
 * `astern audit export`: what was done, approved, refused and overridden, with the verification of the chain. Walks the file once for
 * each part of what it writes and keeps nothing of it, so that a million events need no more memory than a thousand. 1 when the
 * verification found something.
 */
export async function exportAudit(given: Given, file: string, report: AuditReport): Promise<number> {
  const format = formatOf(given.format)
  const asked: Asked = {
    file,
    from: given.from === null ? Temporal.Instant.fromEpochMilliseconds(0) : instantOf('--from', given.from, 0),
    to: given.to === null ? given.platform.clock.now() : instantOf('--to', given.to, 1),
    service: given.service,
    language: 'en',
  }
  const { lines, exitCode } = auditReport(report, asked.language)
  await writers[format](asked, { whole: exitCode === 0, head: report.head, found: lines }, given.write)
  return exitCode
}

interface Verified {
  readonly whole: boolean
  readonly head: Head
  readonly found: readonly string[]
}

type Write = (text: string) => void

const writers: Readonly<Record<Format, (asked: Asked, verified: Verified, write: Write) => Promise<void>>> = {
  async csv(asked, { head, found }, write) {
    write(csvHeader())
    for await (const entry of entries(asked, head)) write(csvLine(entry, asked.language))
    write(csvVerification(found, head))
  },
  async jsonl(asked, verified, write) {
    for await (const entry of entries(asked, verified.head)) write(jsonLine(entry, asked.language))
    write(jsonVerification(verified))
  },
  async md(asked, { head, found }, write) {
    const summary = new AuditSummary()
    for await (const entry of entries(asked, head)) summary.add(entry)
    const day = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' })
    const of = { from: day(asked.from), to: day(asked.to), service: asked.service }
    write(markdownHead(of, summary, found, asked.language))
    for (const section of sections) {
      write(markdownSection(section, asked.language))
      let none = true
      for await (const entry of entries(asked, head)) {
        if (entry.controls.section !== section) continue
        if (none) write(markdownTableHead)
        none = false
        write(markdownRow(entry, asked.language))
      }
      write(none ? markdownNothing(asked.language) : '\n')
    }
  },
}

async function* entries(asked: Asked, { position }: Head): AsyncGenerator<AuditEntry> {
  const audit = new Audit()
  const { from, to, service } = asked
  for await (const recorded of readLedgerFile(asked.file, position)) {
    const entry = audit.take(recorded)
    if (!entry || (service !== null && entry.service !== service)) continue
    const at = Temporal.Instant.from(entry.at)
    if (Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) < 0) yield entry
  }
}

/** An instant, or a day in UTC: the whole day belongs to the export. */
function instantOf(name: string, text: string, afterDays: number): Temporal.Instant {
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.Instant.from(text)
    return Temporal.PlainDate.from(text).add({ days: afterDays }).toZonedDateTime('UTC').toInstant()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new TypeError(`${name} takes a day (2026-10-01, in UTC) or an instant (2026-10-01T08:00:00Z), not “${text}”`)
  }
}

function formatOf(text: string | null): Format {
  const format = formats.find((one) => one === (text ?? 'md'))
  if (!format) throw new TypeError(`--format takes ${formats.join(', ')}, not “${text}”`)
  return format
}
