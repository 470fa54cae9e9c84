import { z } from 'zod'
import { durationMs } from '../../core/duration.ts'
import type { Every, Weekday } from '../../core/oncall/schedule.ts'
import { type KnownNames, name, referenceTo } from '../names.ts'
import { timeZone } from './people.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const weekdayNumber = (day: (typeof weekdays)[number]): Weekday => (weekdays.indexOf(day) + 1) as Weekday

const localError = 'expected a date and time of the wall clock like 2026-01-05T09:00, without an offset'
const local = () =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, { error: localError })
    .refine((text) => isDate(text.slice(0, 10)), { error: localError })

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}

const everyWords: Readonly<Record<string, Every>> = {
  day: { unit: 'days', count: 1 },
  week: { unit: 'weeks', count: 1 },
  month: { unit: 'months', count: 1 },
}
const everyUnits = { h: 'hours', d: 'days', w: 'weeks' } as const
export const everyPattern = /^(?:day|week|month|([1-9]\d{0,3})([hdw]))$/

/** `day`, `week`, `month`, `12h`, `3d`, `2w`. */
export function everyOf(text: string): Every {
  const [, count, unit] = everyPattern.exec(text) ?? []
  const word = everyWords[text]
  if (word) return word
  if (!count || !unit) throw new TypeError('only what was found valid is resolved')
  return { unit: everyUnits[unit as keyof typeof everyUnits], count: Number(count) }
}

const window = () =>
  z
    .strictObject({
      days: z.array(z.enum(weekdays)).min(1).optional().describe('On which it begins; none: every day'),
      from: time(/^([01]\d|2[0-3]):[0-5]\d$/, '09:00').optional(),
      to: time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, '17:00 or 24:00')
        .optional()
        .describe('At or before `from`: on the next day'),
    })
    .check((context) => {
      const { days, from, to } = context.value
      const wrong = (message: string, path: string[]) =>
        context.issues.push({ code: 'custom', input: context.value, path, message })
      if ((from === undefined) !== (to === undefined))
        wrong('is missing: a window has both or none', [from === undefined ? 'from' : 'to'])
      else if (!days && from === undefined) wrong('restricts nothing: say days, or from and to', [])
    })

const time = (pattern: RegExp, example: string) =>
  z.string().regex(pattern, { error: `expected a time like ${example}, in quotes` })

const layerShape = (known: KnownNames) => {
  const person = () => referenceTo('person', known.people)
  return {
    people: z
      .array(z.union([person(), z.array(person()).min(1)]))
      .min(1)
      .describe('Who takes turns, in order; a list within the list is on call together'),
    timeZone: timeZone().optional().describe("Else the schedule's"),
    end: local().optional().describe('From when on it is nobody’s'),
    every: z
      .string()
      .regex(everyPattern, { error: 'expected day, week, month, or a number with h, d or w like 12h, 3d, 2w' })
      .default('week')
      .describe('How long a turn is. Hours are elapsed time; d counts the days on which the layer is on duty'),
    only: z.array(window()).min(1).optional().describe('When it is on duty; none: always'),
    priority: z.int().min(-100).max(100).default(0).describe('Higher cuts lower; the same is on call together'),
    shadow: z.boolean().default(false).describe('They look over the shoulder: no pages, no rights'),
  }
}

const layer = (known: KnownNames) =>
  z.strictObject({ ...layerShape(known), start: local().describe('The first hand-off') })

const temporary = (known: KnownNames) =>
  z
    .strictObject({
      from: local(),
      to: local(),
      timeZone: timeZone().optional().describe("Else the schedule's"),
      people: z
        .array(referenceTo('person', known.people))
        .min(1)
        .optional()
        .describe('Who is on call all the time, together; else layers'),
      layers: z
        .record(name(), z.strictObject({ ...layerShape(known), start: local().optional() }))
        .refine((layers) => Object.keys(layers).length > 0, { error: 'must not be empty' })
        .optional(),
    })
    .check((context) => {
      const { from, to, people, layers } = context.value
      if (!(from < to))
        context.issues.push({ code: 'custom', input: to, path: ['to'], message: 'must be later than from' })
      if ((people === undefined) === (layers === undefined))
        context.issues.push({ code: 'custom', input: context.value, message: 'must have either people or layers' })
      for (const [key, one] of Object.entries(layers ?? {}))
        if (one.timeZone !== undefined && one.start === undefined)
          context.issues.push({
            code: 'custom',
            input: undefined,
            path: ['layers', key, 'start'],
            message: 'is missing: a layer with a time zone of its own needs one',
          })
    })

export const schedule = (known: KnownNames) =>
  z
    .strictObject({
      timeZone: timeZone().default('UTC'),
      minRest: z
        .string()
        .refine((text) => text === 'none' || durationMs(text), { error: 'expected a time span like 8h, or none' })
        .default('8h')
        .describe('How long somebody who takes over must have rested before and after, or `none`'),
      layers: z.record(name(), layer(known)).default({}),
      temporary: z.record(name(), temporary(known)).default({}).describe('Each replaces all layers for its span'),
      feed: z.string().min(1).optional().describe('The calendar that says who is on call, instead of layers'),
      groups: z
        .record(referenceTo('chat', known.chats), z.string().min(1))
        .optional()
        .describe(
          "The chat's user group per chat that always holds who is on call, such as S0123ABCD; several schedules may share one",
        ),
    })
    .check((context) => {
      const { layers, feed } = context.value
      const wrong = (message: string, ...path: string[]) =>
        context.issues.push({ code: 'custom', input: context.value, path, message })
      const all = Object.values(layers)
      if (feed === undefined && all.length === 0) wrong('has neither layers nor a feed')
      if (feed !== undefined && all.length > 0) wrong('has layers and a feed; it can have one of them', 'feed')
      if (all.length > 0 && all.every(({ shadow }) => shadow))
        wrong('has only shadows: nobody would be on call', 'layers')
      for (const [key, { start, end }] of Object.entries(layers))
        if (end !== undefined && end <= start) wrong('must be later than start', 'layers', key, 'end')
    })

export type WrittenSchedule = z.infer<ReturnType<typeof schedule>>
