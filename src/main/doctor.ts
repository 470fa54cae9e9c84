import { commands } from '../../commands/index.ts'
import { readNewest } from '../adapters/ledger/sqlite/read-newest.ts'
import { AlertDoctor } from '../app/alert-doctor.ts'
import { examineCalendar } from '../app/calendars.ts'
import type { Config } from '../config/config.ts'
import { Fault } from '../core/fault.ts'
import type { ChatConnection } from '../ports/chat.ts'
import type { Finding } from '../ports/effector.ts'
import type { Store } from '../ports/store.ts'
import { plain, sayPlain, sayWording } from '../text/say.ts'
import { openEstate } from './estate.ts'
import type { Given } from './given.ts'
import { examinePagers } from './pagers.ts'

const glyphs = { works: '✓', missing: '✗', unknown: '?' } as const
const timeoutMs = 30_000

/** Connects to everything configured and prints what works and what is missing. 1 when something is missing. */
export async function doctor(given: Given, config: Config): Promise<number> {
  const { platform } = given
  const limit = new AbortController()
  const timer = platform.clock.sleep(timeoutMs, limit.signal).then(
    () => limit.abort(),
    () => undefined,
  )
  const { signal } = limit
  let missing = false
  const tell = (part: string, findings: readonly Finding[] | Fault) => {
    if (findings instanceof Fault) {
      missing = true
      return given.print(`✗ ${part}: ${plain(sayWording('en', findings.hint))} (${findings.code})`)
    }
    for (const finding of findings) {
      missing ||= finding.state === 'missing'
      given.print(`${glyphs[finding.state]} ${part}: ${plain(sayWording('en', finding.wording))}`)
    }
  }
  const registry = config.registry ? config.registry.adapter.open(config.registry.config, platform) : null
  const estate = openEstate(config, { platform, templates: forgetful, registry, changed: () => undefined })
  for (const [name, found] of await estate.doctor(signal)) tell(name, found)
  try {
    for (const [part, found] of alertFindings(config, given.ledger ?? config.ledger.file)) tell(part, found)
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    tell('alert sources', cause)
  }
  for (const calendar of config.calendars.values())
    tell(`calendar ${calendar.name}`, await examineCalendar(calendar, config, platform, signal))
  const chats = new Map<string, ChatConnection>()
  for (const { adapter, config: own } of config.chats) {
    try {
      const names = commands.map(({ name }) => name)
      const chat = await adapter.open(
        own,
        { ...platform, directory: () => config.directory(), commands: names, route: () => undefined },
        signal,
      )
      chats.set(adapter.id, chat)
      tell(adapter.id, await chat.doctor(signal))
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause
      tell(adapter.id, cause)
    }
  }
  const ring = (chat: string) => chats.get(chat)?.ring ?? null
  for (const [name, found] of await examinePagers(config, { platform, ring }, signal)) tell(name, found)
  for (const chat of chats.values()) await chat.close()
  if (config.pagers.size === 0) given.print(`! paging: ${sayPlain('en', 'paging.none')}`)
  await estate.close()
  limit.abort()
  await timer
  return missing ? 1 : 0
}

/** So far back it is looked for what alert sources told. */
const newestPositions = 20_000

/** By what the record holds of them, where it is here. */
function alertFindings(config: Config, ledger: string): Iterable<readonly [string, readonly Finding[]]> {
  const alerts = new AlertDoctor(config)
  for (const { at, event } of readNewest(ledger, ['alert.received'], newestPositions))
    if (event.type === 'alert.received') alerts.told(at, event.data)
  return alerts.findings()
}

/** A doctor keeps nothing. */
const forgetful: Store['templates'] = { put: () => undefined, get: () => null }
