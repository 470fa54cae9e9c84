import { z } from 'zod'
import { thresholdHint, thresholdOf } from '../../core/release/threshold.ts'
import { durationText } from '../../ports/duration.ts'
import { type KnownNames, referenceTo } from '../names.ts'

const threshold = () =>
  z.union([z.number(), z.string().refine((text) => thresholdOf(text) !== null, { error: thresholdHint })], {
    error: thresholdHint,
  })

/** A metric that Astern asks for itself, and what is an alert. */
export const watch = (known: KnownNames) =>
  z
    .strictObject({
      name: z.string().min(1).max(60).describe('What people call it: 5xx'),
      monitor: referenceTo('monitor', known.monitors).describe('Which of `monitors` to ask'),
      query: z.string().trim().min(1).describe('In the language of the monitor; without a value is no alert'),
      above: threshold().optional().describe('Broken above this: 5%, 500ms, or a number'),
      below: threshold().optional().describe('Broken below this'),
      for: durationText().default('1m').describe('How long it must be broken without a pause'),
    })
    .refine(({ above, below }) => (above === undefined) !== (below === undefined), {
      error: 'expected one of above and below',
    })

export type WrittenWatch = z.infer<ReturnType<typeof watch>>
