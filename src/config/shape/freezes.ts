import { z } from 'zod'
import type { FreezeRule, WallPoint } from '../../core/freeze/rule.ts'
import { weekdayOf } from '../../core/typed-time.ts'
import { type KnownNames, name, referenceTo } from '../names.ts'
import { timeZone } from './people.ts'

/** How both ends of a window are written, by how often it comes. */
export const pointForms: Readonly<Record<FreezeRule['every'], string>> = {
  once: '2026-12-24 18:00',
  day: '22:00',
  week: 'fri 17:00',
  month: '28 00:00',
  year: '12-24 00:00',
}

/** A window in a time zone, once or in every period, or what a calendar kept elsewhere says. */
const window = (known: KnownNames) =>
  z
    .strictObject({
      services: z.array(referenceTo('service', known.services)).default([]).describe('None: every service'),
      environments: z.array(z.string().min(1)).default([]).describe('None: every environment'),
      regions: z.array(z.string().min(1)).default([]).describe('None: every region'),
      reason: z.string().min(1).max(200),
      calendar: z.string().min(1).optional().describe('Every entry of this calendar is a freeze'),
      timeZone: timeZone().optional(),
      every: z.enum(['day', 'week', 'month', 'year']).optional().describe('Without it: once'),
      from: z.string().optional(),
      to: z.string().optional().describe('One that would not end after it begins ends in the next period'),
    })
    .check((context) => {
      const { value } = context
      const wrong = (key: (typeof times)[number], message: string) =>
        context.issues.push({ code: 'custom', input: value[key] ?? null, path: [key], message })
      if (value.calendar !== undefined) {
        for (const key of times) if (value[key] !== undefined) wrong(key, 'the calendar says when')
        return
      }
      const every = value.every ?? 'once'
      if (value.timeZone === undefined) wrong('timeZone', 'is missing')
      for (const key of ['from', 'to'] as const)
        if (value[key] === undefined) wrong(key, 'is missing')
        else if (!pointOf(value[key], every)) wrong(key, `expected a time like ${pointForms[every]}`)
      const { from = '', to = '' } = value
      if (every === 'once' && pointOf(from, every) && pointOf(to, every) && from >= to)
        wrong('to', 'must be later than from')
    })

const times = ['timeZone', 'every', 'from', 'to'] as const

export const freezes = (known: KnownNames) =>
  z.strictObject({
    may: z
      .array(referenceTo('person or team', [...known.people, ...known.teams]))
      .default([])
      .describe("Who may set and lift every freeze, beside the teams' commanders"),
    windows: z.record(name(), window(known)).default({}),
  })

export type WrittenFreezes = z.infer<ReturnType<typeof freezes>>

/** `fri 17:00`, `12-24 00:00`, …, as the period wants it; null when it is something else. */
export function pointOf(text: string, every: FreezeRule['every']): WallPoint | null {
  const [day = '', time = day] = text.trim().split(/[\sT]+/)
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time) || (day === time) !== (every === 'day')) return null
  switch (every) {
    case 'day':
      return { time }
    case 'week': {
      const weekday = weekdayOf(day)
      return weekday === null ? null : { weekday, time }
    }
    case 'month':
      return /^([1-9]|[12]\d|3[01])$/.test(day) ? { day: Number(day), time } : null
    case 'year':
    case 'once': {
      const [, year, month, of] = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(day) ?? []
      if (!month || (year === undefined) !== (every === 'year') || !isDay(year ?? '2024', month, of ?? '')) return null
      return { ...(year !== undefined && { year: Number(year) }), month: Number(month), day: Number(of), time }
    }
  }
}

function isDay(year: string, month: string, day: string): boolean {
  try {
    return Temporal.PlainDate.from(`${year}-${month}-${day}`) !== null
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
