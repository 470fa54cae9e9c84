import { z } from 'zod'
import { durationText } from '../../ports/duration.ts'

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

/** Which alerts are of a service, and what their labels say of where. */
export const serviceAlerts = () =>
  z.strictObject({
    match: z
      .record(label(), z.string())
      .refine((map) => Object.keys(map).length > 0, { error: 'must not be empty' })
      .optional()
      .describe('Labels that its alerts have, all of them; else: the label service or app is its name'),
    region: label().default('region').describe('The label that names the region'),
    environment: label().optional().describe('The label that names the environment; else environment or env'),
  })

export type WrittenServiceAlerts = z.infer<ReturnType<typeof serviceAlerts>>
