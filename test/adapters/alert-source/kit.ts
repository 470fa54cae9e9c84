import { readFileSync } from 'node:fs'
import type { Alert } from '../../../src/core/alert/alert.ts'
import type { AlertSourceAdapter, Platform } from '../../../src/ports/adapter.ts'
import type { AlertRequest, AlertSource, Intake } from '../../../src/ports/alert-source.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { ManualClock } from '../../kit/manual-clock.ts'
import { seededChance } from '../../kit/seeded-chance.ts'
import { silent } from '../ledger/kit.ts'

export const clock = new ManualClock('2026-11-22T19:40:00Z')
const platform: Platform = {
  clock,
  chance: seededChance(),
  fetch: () => Promise.reject(new TypeError('an alert source asks nobody')),
  log: silent,
}

/** Opens a source from its configuration as it is written; every secret holds `hunter2`. */
export function open<Config>(adapter: AlertSourceAdapter<Config>, written: unknown): AlertSource {
  const config = adapter.config.parse(written)
  resolveIn(config)
  return adapter.open(config, platform)
}

function resolveIn(value: unknown): void {
  if (value instanceof Secret) value.resolve(() => 'hunter2')
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) resolveIn(inner)
}

export function request(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): AlertRequest {
  const raw = typeof body === 'string' ? body : JSON.stringify(body)
  return { headers, query: new URLSearchParams(query), body: new TextEncoder().encode(raw) }
}

export const fixture = (path: string): string =>
  readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8')

/** The one alert that was taken. Throws when there was another number of them. */
export function one(intake: Intake): Alert {
  if ('refused' in intake) throw new TypeError(`refused: ${intake.refused} ${intake.why}`)
  const [alert, ...more] = intake.alerts
  if (!alert || more.length > 0) throw new TypeError(`${intake.alerts.length} alerts`)
  return alert
}

export const refusal = (intake: Intake): number | null => ('refused' in intake ? intake.refused : null)
