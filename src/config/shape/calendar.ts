import { z } from 'zod'
import { durationMs } from '../../core/duration.ts'
import { durationText } from '../../ports/duration.ts'
import { type KnownNames, referenceTo } from '../names.ts'
import { timeZone } from './people.ts'

/** A calendar kept elsewhere: what is Astern's own; the rest is the adapter's to check. */
export const calendar = (known: KnownNames) =>
  z
    .looseObject({
      // That it is there, and what it can be, is checked with the adapters' parts.
      adapter: z.string().optional(),
      every: durationText().default('5m').describe('How often it is read'),
      goodFor: durationText().default('1h').describe('Read longer ago than this, it gives nobody rights'),
      timeZone: timeZone()
        .default('UTC')
        .describe('For whole days and times without a zone, where the calendar names none itself'),
      people: z
        .record(z.string().min(1), referenceTo('person', known.people))
        .default({})
        .describe('How the calendar writes people (addresses, names, whole titles) and who they are'),
    })
    .check((context) => {
      const { every, goodFor } = context.value
      if ((durationMs(goodFor) ?? 0) > (durationMs(every) ?? 0)) return
      const message = 'must be longer than every: else the calendar would be too old between two readings'
      context.issues.push({ code: 'custom', input: goodFor, path: ['goodFor'], message })
    })

export type WrittenCalendar = z.infer<ReturnType<typeof calendar>>
