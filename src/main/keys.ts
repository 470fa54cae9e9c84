import { hkdfSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Chance } from '../ports/clock.ts'
import type { Secret } from '../ports/secret.ts'

export interface Keys {
  /** What templates in the store are encrypted with. */
  readonly templates: Uint8Array
  /** What links to console pages are signed with. */
  readonly console: Uint8Array
}

/** Astern's own keys: from the configured secret, else from a file beside the ledger that is made at the first start. */
export function readKeys(configured: Secret | null, ledgerFile: string, chance: Chance): Keys {
  const material = configured ? configured.reveal() : besideLedger(ledgerFile, chance)
  const derived = (use: string) => new Uint8Array(hkdfSync('sha256', material.trim(), 'astern', use, 32))
  return { templates: derived('templates'), console: derived('console') }
}

function besideLedger(ledgerFile: string, chance: Chance): string {
  const file = `${ledgerFile}.key`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, Buffer.from(chance.bytes(32)).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
  return readFileSync(file, 'utf8')
}
