import { readStreams } from '../adapters/ledger/sqlite/read-streams.ts'
import { runbook } from '../app/runbook.ts'
import type { Config } from '../config/config.ts'
import { calendarStream } from '../core/calendar/imported.ts'
import { freezeStream } from '../core/freeze/freeze.ts'
import { incidentStream, serviceStream } from '../core/incident/state.ts'
import { nearest } from '../core/nearest.ts'
import { scheduleStream } from '../core/oncall/roster.ts'
import type { Recorded } from '../ports/ledger.ts'
import { Desk } from '../projection/desk.ts'
import { languages } from '../text/language.ts'
import { documentMarkdown } from '../view/document-text.ts'
import { openChecks } from './checks.ts'
import { withSchedules } from './configured-schedules.ts'
import type { Given } from './given.ts'

/** `astern runbook SERVICE`: the same as in chat, as Markdown; from the configuration and what the ledger knows. Writes nothing. */
export function printRunbook(given: Given, config: Config, ledger: string): number {
  const [, name, ...more] = given.words
  if (name === undefined || more.length > 0) throw new TypeError('which service? astern runbook SERVICE')
  const service = config.service(name)
  if (!service) {
    const meant = nearest(name, config.services.keys(), 1)[0]
    const known = [...config.services.keys()].join(', ')
    throw new TypeError(`there is no service “${name}”; ${meant ? `did you mean ${meant}?` : `there are ${known}`}`)
  }
  const language = given.language === null ? service.language : languages.find((one) => one === given.language)
  if (!language) throw new TypeError(`--lang takes ${languages.join(', ')}, not “${given.language}”`)
  const { clock } = given.platform
  const desk = deskOf(config, ledger, name, clock.now().toString())
  const { checks } = openChecks(config, given.platform)
  const world = {
    config: () => config,
    desk,
    clock,
    checks: (region: string) => (checks.get(region) ?? []).map((check) => check.name),
  }
  given.write(documentMarkdown(runbook(world, service, language), (person) => config.directory().name(person)))
  return 0
}

/** What the ledger knows of everything that a runbook tells; schedules as the configuration has them now. */
function deskOf(config: Config, file: string, service: string, now: string): Desk {
  const recorded = readStreams(file, (stream) => {
    const names = [...config.schedules.keys()].map(scheduleStream)
    const calendars = [...config.calendars.keys()].map(calendarStream)
    const own = stream(serviceStream(service))
    const last = own.at(-1)?.event
    const incident = last?.type === 'service.incident-opened' ? stream(incidentStream(last.data.incident)) : []
    return [...[...names, ...calendars].flatMap(stream), ...allFreezes(stream), ...own, ...incident]
  })
  const desk = new Desk()
  for (const event of (recorded ?? []).sort((a, b) => a.position - b.position)) desk.apply(event)
  return withSchedules(desk, config, now)
}

/** Their numbers follow each other without gaps. */
function allFreezes(stream: (name: string) => readonly Recorded[]): readonly Recorded[] {
  const all: Recorded[] = []
  for (let number = 1; ; number++) {
    const events = stream(freezeStream(`F-${number}`))
    if (events.length === 0) return all
    all.push(...events)
  }
}
