import { z } from 'zod'
import { stages } from '../../core/drill/stage.ts'
import { durationMs } from '../../core/duration.ts'
import { durationText } from '../../ports/duration.ts'
import { type KnownNames, name, owners, referenceTo, rolesOf } from '../names.ts'
import { timeZone } from './people.ts'
import { weekdays } from './schedule.ts'

/** A quarter. */
const mostWeeks = 13
const day = { from: 8 * 60, to: 20 * 60 }
const lengths = { shortestMs: 10 * 60_000, longestMs: 4 * 3_600_000 }

/** How the bad release differs from the one that runs. */
const variation = () =>
  z
    .strictObject({
      target: name().optional().describe('Which target of each region; else the first'),
      container: z.string().min(1).optional().describe('Which container; else the first'),
      image: z.string().min(1).optional(),
      command: z.array(z.string()).min(1).optional(),
      args: z.array(z.string()).optional(),
      env: z
        .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
        .default({})
        .describe('No secrets: they stand in the record'),
    })
    .refine(
      ({ image, command, args, env }) =>
        image !== undefined || command !== undefined || args !== undefined || Object.keys(env).length > 0,
      { error: 'differs in nothing: say an image, a command, args or env' },
    )

const alert = () =>
  z.strictObject({
    name: z.string().min(1).max(60),
    summary: z.string().max(200).default(''),
    region: z.string().min(1).optional().describe("None: each of the drill's regions"),
  })

const fault = () =>
  z
    .strictObject({
      crashing: variation().optional().describe('A release that does not start'),
      failing: variation().optional().describe('A release that starts and answers with errors'),
      slow: variation().optional().describe('A release that answers late'),
      alerts: z.array(alert()).min(1).max(20).optional().describe('Nothing is broken: only these alerts are told'),
    })
    .refine((value) => Object.keys(value).length === 1, {
      error: 'expected one of crashing, failing, slow and alerts',
    })

/** A scenario that is rehearsed again and again. */
export const drill = (known: KnownNames) => {
  const roles = () => z.array(referenceTo('person, team or role', rolesOf(known))).min(1)
  return z
    .strictObject({
      services: z
        .array(referenceTo('service', known.services))
        .min(1)
        .describe('Which may burn; the first one is broken'),
      environment: z.string().min(1).describe('Nothing outside of it is touched'),
      regions: z.array(z.string().min(1)).default([]).describe('None: every region that the services have there'),
      production: z
        .boolean()
        .default(false)
        .describe('It may be the environment that customers use: what is meant when nobody names one'),
      fault: fault(),
      every: z
        .string()
        .regex(/^([1-9]|1[0-3])w$/, {
          error: `expected weeks like 4w, at most ${mostWeeks}w: a service is rehearsed at least once a quarter`,
        })
        .default(`${mostWeeks}w`),
      weekdays: z.array(z.enum(weekdays)).min(1).default(['tue', 'wed', 'thu']),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time like 10:00, in quotes' })
        .default('10:00')
        .describe('When it begins, by the clock of timeZone'),
      timeZone: timeZone().describe("The team's own"),
      length: durationText().default('1h').describe('How long it may take; then it is stopped and all is put back'),
      holidays: z
        .string()
        .min(1)
        .optional()
        .describe('A calendar: nothing is rehearsed while one of its entries lasts'),
      people: roles().default([owners]).describe('Who takes part: told before, beside whoever is on call then'),
      may: roles().default([owners]).describe('Who may plan and start it by hand. Anybody may stop it'),
      within: z
        .strictObject(Object.fromEntries(stages.map((stage) => [stage, durationText().optional()])) as Within)
        .prefault({})
        .describe('By when, counted from the fault'),
    })
    .check((context) => {
      const { at, length } = context.value
      const wrong = (path: string, message: string) =>
        context.issues.push({ code: 'custom', input: context.value, path: [path], message })
      const [hours = 0, minutes = 0] = at.split(':').map(Number)
      const begins = hours * 60 + minutes
      const lengthMs = durationMs(length) ?? 0
      if (lengthMs < lengths.shortestMs || lengthMs > lengths.longestMs) wrong('length', 'expected 10m to 4h')
      if (begins < day.from || begins + lengthMs / 60_000 > day.to)
        wrong('at', 'nothing is rehearsed at night: it must begin after 08:00 and be over by 20:00')
    })
}

type Within = Record<(typeof stages)[number], z.ZodOptional<ReturnType<typeof durationText>>>

export type WrittenDrill = z.infer<ReturnType<typeof drill>>
