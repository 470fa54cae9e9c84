import { z } from 'zod'
import { durationText } from '../../ports/duration.ts'
import { type KnownNames, referenceTo } from '../names.ts'

/** What posts alerts: what is Astern's own; the rest is the adapter's to check. */
export const alertSource = () =>
  z.looseObject({
    // That it is there, and what it can be, is checked with the adapters' parts.
    adapter: z.string().optional(),
    silentAfter: durationText()
      .default('6h')
      .describe('An alert that was not told again for so long counts as silent: longer than its source repeats'),
  })

export type WrittenAlertSource = z.infer<ReturnType<typeof alertSource>>

const label = () => z.string().min(1)

/** Which alerts are of a service, what their labels say of where, and how they are asked again after a rollback. */
export const serviceAlerts = (known: KnownNames) =>
  z.strictObject({
    match: z
      .record(label(), z.string())
      .refine((map) => Object.keys(map).length > 0, { error: 'must not be empty' })
      .optional()
      .describe('Labels that its alerts have, all of them; else: the label service or app is its name'),
    region: label().default('region').describe('The label that names the region'),
    environment: label().optional().describe('The label that names the environment; else environment or env'),
    monitor: referenceTo('monitor', known.monitors)
      .optional()
      .describe(
        'After a rollback this one of `monitors` is asked again what fired; else that of the checks there, or the only one',
      ),
    pending: durationText()
      .default('5m')
      .describe(
        'So long its alerts may wait before they fire (`for` in a rule): what came shortly before is doubted where no monitor tells since when',
      ),
    wellFor: durationText().default('30s').describe('After a rollback what fired must be well for so long'),
  })

export type WrittenServiceAlerts = z.infer<ReturnType<typeof serviceAlerts>>
