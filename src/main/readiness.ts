import { openToRead, type ReadLedger } from '../adapters/ledger/sqlite/read-ledger.ts'
import { readinessOfAll } from '../app/readiness.ts'
import type { Config } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import { worstFirst } from '../core/readiness/readiness.ts'
import type { Log } from '../ports/log.ts'
import { Desk } from '../projection/desk.ts'
import { Follower } from '../projection/follower.ts'
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
  const desk = await deskOf(ledger, given.platform.log)
  const world = { config: () => config, desk: withSchedules(desk, config, now), clock }
  const of = { services: worstFirst(readinessOfAll(world)), now, config: config.digest }
  if (given.json) given.print(JSON.stringify(readinessJson(of, language), null, 2))
  else
    given.write(documentMarkdown(readinessDocument(of, language, false), (person) => config.directory().name(person)))
  return 0
}

/** From the copy that the bot keeps, and what came since; where there is no file yet, from nothing. */
async function deskOf(file: string, log: Log): Promise<Desk> {
  const opened = existing(file)
  if (!opened) return new Desk()
  const { ledger, values, close } = opened
  try {
    // Nothing is kept: the file is the bot's.
    const follower = await Follower.open({ ledger, values: { get: values.get, set: () => undefined }, log })
    await follower.caughtUp((await ledger.head()).position)
    return follower.desk
  } finally {
    close()
  }
}

function existing(file: string): ReadLedger | null {
  try {
    return openToRead(file)
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'ledger.missing') return null
    throw cause
  }
}
