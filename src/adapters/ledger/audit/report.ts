import type { Language } from '../../../text/language.ts'
import { plain, sayPlain, sayWording } from '../../../text/say.ts'
import type { AuditReport } from './finding.ts'

/** What `astern audit verify` prints, and how it exits: 0 when nothing was found, else 1. */
export function auditReport(
  report: AuditReport,
  language: Language,
): { readonly lines: readonly string[]; readonly exitCode: 0 | 1 } {
  const { events, head, erased, findings, more, checkpoints, witnesses } = report
  const lines = [sayPlain(language, 'ledger.audit-checked', { events })]
  if (erased > 0) lines.push(sayPlain(language, 'ledger.audit-erased', { erased }))
  lines.push(checkpointLine(language, checkpoints))
  lines.push(
    witnesses.given === 0
      ? sayPlain(language, 'ledger.audit-no-witness')
      : sayPlain(language, 'ledger.audit-witnesses', { given: witnesses.given, matched: witnesses.matched }),
  )
  for (const finding of findings) lines.push(`✗ ${plain(sayWording(language, finding.words))}`)
  if (more > 0) lines.push(sayPlain(language, 'ledger.audit-more', { more }))
  if (findings.length > 0) {
    lines.push(sayPlain(language, 'ledger.audit-failed', { count: findings.length + more }))
    return { lines, exitCode: 1 }
  }
  lines.push(sayPlain(language, 'ledger.audit-whole'))
  lines.push(sayPlain(language, 'ledger.audit-head', { witness: `${head.position}:${head.hash}` }))
  return { lines, exitCode: 0 }
}

function checkpointLine(language: Language, { total, verified, unchecked }: AuditReport['checkpoints']): string {
  if (total === 0) return sayPlain(language, 'ledger.audit-no-checkpoints')
  if (unchecked > 0) return sayPlain(language, 'ledger.audit-checkpoints-unchecked', { total })
  return sayPlain(language, 'ledger.audit-checkpoints', { total, verified })
}
