import type { AdapterRegistry } from '../ports/adapter.ts'
import { checkAlertSources } from './alerts.ts'
import { checkAutomatic } from './automatic.ts'
import { checkCalendars } from './calendars.ts'
import type { Config } from './config.ts'
import { readDocument } from './document.ts'
import { checkDrills } from './drills.ts'
import { checkPaging } from './paging.ts'
import { checkParts } from './parts.ts'
import type { Finding, Problem } from './problem.ts'
import { resolve } from './resolve.ts'
import { checkSchedules } from './schedules.ts'
import { type ReadSecret, resolveSecrets } from './secrets.ts'
import { validate } from './validate.ts'
import { checkWhole } from './whole.ts'
import { checkWritten, entriesOf, keysOf, type Sections, sections } from './written.ts'

export interface LoadOptions {
  readonly adapters: AdapterRegistry
  /** The text of the file; rejects when it cannot be read. */
  readonly readFile: (file: string) => Promise<string>
  readonly readSecret: ReadSecret
}

export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly digest: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads and validates a configuration whole, secrets included. All problems come at once, in the order of the file. */
export async function loadConfig(file: string, options: LoadOptions): Promise<Loaded> {
  const text = await textOf(file, options.readFile)
  if (typeof text !== 'string') return { ok: false, problems: [text] }
  const { document, problems } = readDocument(file, text)
  if (!document) return { ok: false, problems }
  const findings: Finding[] = []
  const config = check(document.value, options, (finding) => findings.push(finding))
  const all = [...problems, ...findings.map((finding) => document.problem(finding))]
  if (config && all.length === 0) return { ok: true, config, digest: config.digest }
  return { ok: false, problems: all.sort((a, b) => a.line - b.line || a.column - b.column) }
}

function check(value: unknown, options: LoadOptions, report: (finding: Finding) => void): Config | null {
  let valid = true
  const tell = (finding: Finding) => {
    valid = false
    report(finding)
  }
  validate(sections, value, [], tell)
  const raw: Sections = Object.fromEntries(entriesOf(value))
  const written = checkWritten(raw, options.adapters, tell)
  const parts = checkParts(raw, options.adapters, tell)
  checkWhole(written, parts, tell)
  checkAutomatic(written, parts, tell)
  checkCalendars(written, keysOf(raw.calendars), tell)
  checkSchedules(written, tell)
  checkPaging(written, tell)
  checkAlertSources(written, tell)
  checkDrills(written, keysOf(raw.calendars), tell)
  resolveSecrets(written.ledger, ['ledger'], options.readSecret, tell)
  resolveSecrets(written.gate, ['gate'], options.readSecret, tell)
  const checks = [...parts.checks.values()].flat()
  for (const { config, path } of parts.contacts.secrets) resolveSecrets(config, path, options.readSecret, tell)
  const { chats, connections, monitors, pagers, calendars, alertSources, registry } = parts
  const open = [
    ...chats.values(),
    ...connections.values(),
    ...monitors.values(),
    ...calendars.values(),
    ...pagers.values(),
    ...alertSources.values(),
  ]
  for (const part of [...open, registry, ...checks]) {
    if (part) resolveSecrets(part.config, part.path, options.readSecret, tell)
  }
  return valid ? resolve(written, parts) : null
}

async function textOf(file: string, readFile: LoadOptions['readFile']): Promise<string | Problem> {
  try {
    return await readFile(file)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const message = code === 'ENOENT' ? 'there is no such file' : `the file could not be read ${code}`.trimEnd()
    return { file, line: 1, column: 1, path: '', message }
  }
}
