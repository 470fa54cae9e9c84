import { expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/core/audit/entry.ts'
import { csvHeader, csvLine, csvVerification } from '../../../src/view/audit/csv.ts'
import { markdownRow } from '../../../src/view/audit/markdown.ts'

const entry = (reason: string): AuditEntry => ({
  position: 7,
  at: '2026-11-23T08:00:00Z',
  type: 'rollback.rejected',
  by: 'person',
  person: 'tom',
  account: { chat: 'slack', tenant: 'T1', user: '@U1' },
  service: 'checkout-svc',
  incident: 'INC-1',
  rollback: 'R-1',
  what: { key: 'audit.rollback-rejected' },
  reason,
  rule: 'approve',
  roles: ['owners'],
  plan: 'p'.repeat(64),
  preview: null,
  config: 'c'.repeat(64),
  hash: 'h'.repeat(64),
  controls: { section: 'CC8', soc2: ['CC8.1'], iso27001: ['A.8.32'] },
})

const field = (reason: string): string => {
  const line = csvLine(entry(reason), 'en')
  return line.slice(
    line.indexOf('rejected,', line.indexOf('R-1')) + 'rejected,'.length,
    line.indexOf(',approve,owners'),
  )
}

it.each([
  ['plain', 'plain'],
  ['a, b', '"a, b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['＝1', "'＝1"],
  ['=cmd|"/C calc"!A0', `"'=cmd|""/C calc""!A0"`],
  ['not = a formula', 'not = a formula'],
])('%j becomes a field that no spreadsheet calculates', (reason, written) => {
  expect(field(reason)).toBe(written)
})

it('has as many fields in each row as columns, and ends rows with CRLF', () => {
  const rows = [csvHeader(), csvLine(entry('x'), 'zh-CN'), csvVerification(['whole'], { position: 7, hash: 'h' })]
  for (const row of rows) expect([row.split(',').length, row.slice(-2)]).toEqual([19, '\r\n'])
})

it('lets nobody break out of a table of Markdown', () => {
  const row = markdownRow(entry('a | b\n| c [x](http://evil) <script> `code`'), 'en')
  expect(row.trimEnd()).not.toContain('\n')
  expect(row.replace(/\\\|/g, '').split('|').length).toBe(11)
  expect(row).toContain('\\<script\\>')
})
