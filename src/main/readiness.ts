import { readLedgerFile } from '../adapters/ledger/sqlite/read-file.ts'
import { readinessOfAll } from '../app/readiness.ts'
import type { Config } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import { worstFirst } from '../core/readiness/readiness.ts'
import { Desk } from '../projection/desk.ts'
import { languages } from '../text/language.ts'
import { documentMarkdown } from '../view/document-text.ts'
import { readinessDocument, readinessJson } from '../view/readiness.ts'
import { withSchedules } from './configured-schedules.ts'
import type { Given } from './given.ts'

/** `astern report readiness`: every service, worst first, as Markdown or JSON; from the configuration and the record. Writes nothing. */
export async function printReadiness(given: Given, config: Config, ledger: string): Promise<number> {
  const language = given.language === null ? config.language : languages.find((one) => one === given.language)
  if (!language) throw new TypeError(`--lang takes ${languages.join(', ')}, not “${given.language}”`)
  const { clock } = given.platform
  const now = clock.now().toString()
  const world = { config: () => config, desk: withSchedules(await deskOf(ledger), config, now), clock }
  const of = { services: worstFirst(readinessOfAll(world)), now, config: config.digest }
  if (given.json) given.print(JSON.stringify(readinessJson(of, language), null, 2))
  else
    given.write(documentMarkdown(readinessDocument(of, language, false), (person) => config.directory().name(person)))
  return 0
}

/** Folded from the whole file; where there is none yet, from nothing. */
async function deskOf(file: string): Promise<Desk> {
  const desk = new Desk()
  try {
    for await (const recorded of readLedgerFile(file, Number.MAX_SAFE_INTEGER)) desk.apply(recorded)
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'ledger.missing') throw cause
  }
  return desk
}
