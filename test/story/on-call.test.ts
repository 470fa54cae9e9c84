import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { entitled, onCall, onCallFor } from '../../src/app/on-call.ts'
import {
  askCover,
  type OnCallOutcome,
  overrideOnCall,
  takeCover,
  withdrawOnCall,
} from '../../src/app/on-call-changes.ts'
import type { Who } from '../../src/app/who.ts'
import type { Config } from '../../src/config/config.ts'
import type { Schedule } from '../../src/core/oncall/schedule.ts'
import { onCallWho } from '../../src/main/oncall-who.ts'
import { stageConfig } from '../kit/stage-config.ts'
import { type Name, type Story, stories, untilAsync, userOf } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const duty = (people: string, more = '') => `
schedules:
  duty:
    layers: { main: { people: [${people}], start: 2026-01-05T09:00, every: week } }${more}`
const onDuty = (people: string, more = '') => ({ onCall: 'duty', sections: duty(people, more) })

const whoIs = (person: Name, standing: Who['standing'] = 'member'): Who => ({
  person,
  standing,
  actor: { kind: 'person', person, account: { chat: 'slack', tenant: 'T0STAGE000', user: userOf(person) } },
  asOf: 1_000_000,
})
const now = (on: Story) => on.bot.world.clock.now()
const people = (on: Story, at = now(on)) => onCallFor(on.bot.world, 'checkout-svc', at)?.people
const inHours = (on: Story, hours: number) => now(on).add({ hours }).toString()
const override = (
  on: Story,
  by: Name,
  person: Name,
  dedupe: string,
  span = { from: inHours(on, 0), to: inHours(on, 2) },
) =>
  overrideOnCall(on.bot.world, {
    schedule: 'duty',
    who: whoIs(by),
    dedupe,
    person,
    instead: null,
    over: [],
    anyway: true,
    reason: null,
    ...span,
  })
const refused = (outcome: OnCallOutcome) => (outcome.status === 'refused' ? outcome.no.refused : outcome.status)

it.concurrent('Configuration is part of the evidence: an edited schedule counts from its load, and the past stays as it was', async () => {
  const on = await open(onDuty('tom'))
  expect(await on.eventsOf('schedule.changed')).toMatchObject([{ data: { schedule: 'duty' } }])
  const before = now(on)
  expect(people(on)).toEqual(['tom'])

  // The same again, by a start and by a load, is no event.
  await on.restart()
  await on.reconfigure({ expiresAfter: '11m' })
  await untilAsync('the load is recorded', async () => (await on.eventsOf('config.loaded')).length >= 3 || undefined)
  expect(await on.eventsOf('schedule.changed')).toHaveLength(1)

  await on.reconfigure(onDuty('kai'))
  await untilAsync('kai is on call', async () => (people(on)?.[0] === 'kai' ? true : undefined))
  expect(people(on, before)).toEqual(['tom'])
  expect(onCall(on.bot.world, 'duty', before).recorded).toBe(true)

  // Gone from the configuration, and asked of what was.
  await on.reconfigure({ onCall: '', sections: '' })
  await untilAsync('it is recorded as gone', async () => (await on.eventsOf('schedule.changed'))[2])
  expect(onCall(on.bot.world, 'duty', now(on)).people).toEqual([])
  expect(onCallFor(on.bot.world, 'checkout-svc', now(on))).toBeNull()
  expect(onCall(on.bot.world, 'duty', before).people).toEqual(['tom'])
})

it.concurrent('an override made while the bot runs is the answer for everybody, at once and after a restart', async () => {
  const on = await open(onDuty('tom, kai'))
  const first = await override(on, 'ana', 'ana', 'd1')
  expect(first).toEqual({ status: 'done', id: 'duty#1' })
  expect(people(on)).toEqual(['ana'])
  // The same delivery once more is the same override.
  expect(await override(on, 'ana', 'ana', 'd1')).toEqual(first)
  expect(await on.eventsOf('oncall.overridden')).toHaveLength(1)
  await on.restart()
  expect(people(on)).toEqual(['ana'])
  expect(entitled(onCall(on.bot.world, 'duty', now(on)))).toEqual(['ana'])
  await withdrawOnCall(on.bot.world, { schedule: 'duty', who: whoIs('kai'), dedupe: 'd2', id: 'duty#1' })
  expect(people(on)).not.toEqual(['ana'])
})

it.concurrent('of two that want the same at the same moment one gets it', async () => {
  const on = await open(onDuty('tom'))
  const span = { from: inHours(on, 1), to: inHours(on, 3) }
  const both = await Promise.all([override(on, 'ana', 'kai', 'a', span), override(on, 'kai', 'kai', 'b', span)])
  expect(both.map(refused).sort()).toEqual(['done', 'overlaps'])

  const asked = await askCover(on.bot.world, {
    schedule: 'duty',
    who: whoIs('tom'),
    dedupe: 'c',
    from: inHours(on, 30),
    to: inHours(on, 32),
    reason: null,
  })
  const id = asked.status === 'done' ? asked.id : ''
  const take = (by: Name) => takeCover(on.bot.world, { schedule: 'duty', who: whoIs(by), dedupe: `take ${by}`, id })
  const takers = await Promise.all([take('ana'), take('kai')])
  expect(takers.map(refused).sort()).toEqual(['cover-taken', 'done'])
})

it.concurrent('nobody gets the rights of being on call by asking for them', async () => {
  const on = await open(onDuty('tom'))
  // lin is of no team that has this schedule.
  expect(refused(await override(on, 'lin', 'lin', 'x1'))).toBe('not-of-schedule')
  expect(refused(await override(on, 'tom', 'lin', 'x2'))).toBe('not-of-schedule')
  const asGuest = { ...whoIs('kai', 'guest') }
  const asked = { schedule: 'duty', dedupe: 'x3', id: 'duty#1' }
  expect(refused(await takeCover(on.bot.world, { ...asked, who: asGuest }))).toBe('standing')
  expect(refused(await takeCover(on.bot.world, { ...asked, who: { ...whoIs('kai'), person: null } }))).toBe(
    'unknown-person',
  )
  expect(refused(await takeCover(on.bot.world, { ...asked, schedule: 'dutty', who: whoIs('kai') }))).toBe(
    'schedule-unknown',
  )
  expect(people(on)).toEqual(['tom'])
  expect(await on.eventsOf('oncall.overridden')).toEqual([])
})

/** What the command prints, in this process. */
function who(
  on: Story,
  schedule: string,
  asked: { at?: string; json?: true; config?: Config | null; ledger?: string },
): string {
  const lines: string[] = []
  const { at = null, json = false, config = on.bot.world.config(), ledger = on.ledgerFile } = asked
  const words = ['oncall', 'who', ...(schedule === '' ? [] : [schedule])]
  const print = (line: string) => lines.push(line)
  onCallWho({ words, at, json, print, platform: on.bot.world }, config, ledger)
  return lines.join('\n')
}

it('the command line gives the same answer, beside the running bot, and changes nothing', async () => {
  const options = onDuty('tom')
  const on = await open(options)
  const config = `${on.ledgerFile}.yaml`
  const ledger = on.ledgerFile
  writeFileSync(config, stageConfig(on.slack.url, options))
  await override(on, 'ana', 'kai', 'o', { from: inHours(on, 1), to: inHours(on, 2) })
  const answer = (at: Temporal.Instant, more: { config?: Config } = {}) =>
    JSON.parse(who(on, 'duty', { at: at.toString(), json: true, ...more }))

  for (const at of [now(on), now(on).add({ minutes: 90 }), now(on).add({ hours: 3 })]) {
    const { people: told, why, since, until } = answer(at)
    const expected = onCall(on.bot.world, 'duty', at)
    expect([told, why, since, until]).toEqual(
      JSON.parse(JSON.stringify([expected.people, expected.why, expected.since, expected.until])),
    )
  }
  const soon = now(on).add({ minutes: 90 }).toString()
  // As a process of its own, without any of the secrets; and beside a bot that is stopped, where nobody else writes to the file.
  await on.restart(async () => {
    const before = createHash('sha256').update(readFileSync(ledger)).digest('hex')
    const main = new URL('../../src/main.ts', import.meta.url).pathname
    const words = ['oncall', 'who', 'duty', '--at', soon, '--config', config, '--ledger', ledger, '--json']
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], {
      env: { PATH: process.env.PATH ?? '' },
    })
    expect(JSON.parse(stdout).people).toEqual(['kai'])
    expect(createHash('sha256').update(readFileSync(ledger)).digest('hex')).toBe(before)
  })

  // A definition that the bot has not loaded counts from now, and never for what was.
  const duty: Schedule = { id: 'duty', minRestMs: 0, layers: [], temporary: [], feed: null }
  const other: Config = { ...on.bot.world.config(), schedules: new Map([['duty', duty]]) }
  expect(answer(now(on).add({ hours: 5 }), { config: other }).people).toEqual([])
  expect(answer(now(on).subtract({ seconds: 1 }), { config: other }).people).toEqual(['tom'])

  expect(who(on, 'duty', { at: soon, config: null })).toMatch(
    /on call: kai\n {2}kai: override duty#1 by ana .*\notherwise: tom\n/,
  )
  expect(() => who(on, 'dutty', {})).toThrow('there is no schedule “dutty”; did you mean duty?')
  expect(() => who(on, 'duty', { at: 'noon' })).toThrow('--at takes an instant like')
  expect(() => who(on, '', {})).toThrow('which schedule?')
})
