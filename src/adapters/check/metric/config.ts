import { z } from 'zod'
import { units } from '../../../core/release/measured.ts'
import { thresholdHint, thresholdOf } from '../../../core/release/threshold.ts'
import { duration } from '../../../ports/duration.ts'

/** As it is written: `5%` of all is 0.05, `500ms` is 0.5 seconds, a number is itself. */
const threshold = z.union(
  [z.number(), z.string().refine((text) => thresholdOf(text) !== null, { error: thresholdHint })],
  {
    error: thresholdHint,
  },
)

export const MetricCheckConfig = z
  .strictObject({
    monitor: z.string().min(1).describe('Which of `monitors` to ask'),
    name: z.string().min(1).max(60).describe('What people call it: 5xx'),
    query: z.string().trim().min(1).describe('In the language of the monitor; without a value is never well'),
    above: threshold.optional().describe('Broken above this: 5%, 500ms, or a number'),
    below: threshold.optional().describe('Broken below this'),
    unit: z.enum(units).optional().describe('percent: the query gives shares from 0 to 1. Else told by the threshold'),
    for: duration().default(30_000).describe('The window that must be well from its beginning to its end'),
  })
  .check((context) => {
    const { above, below, unit } = context.value
    const issue = (message: string, ...path: string[]) =>
      context.issues.push({ code: 'custom', input: context.value, message, path })
    if ((above === undefined) === (below === undefined)) return void issue('expected one of above and below')
    const key = above === undefined ? 'below' : 'above'
    const limit = thresholdOf(above ?? below ?? Number.NaN)
    if (limit && unit !== undefined && unit !== limit.unit && !(unit === 'seconds' && limit.unit === 'count'))
      issue(
        `a threshold in ${unit} is written like ${unit === 'percent' ? '5%' : unit === 'seconds' ? '500ms' : '20'}`,
        key,
      )
  })
  .transform(({ above, below, unit, for: forMs, ...rest }) => {
    const limit = thresholdOf(above ?? below ?? 0) ?? { unit: 'count' as const, value: 0 }
    const side = above === undefined ? ('below' as const) : ('above' as const)
    return {
      ...rest,
      written: `${above ?? below}`,
      limit: { side, value: limit.value },
      unit: unit ?? limit.unit,
      forMs,
    }
  })
export type MetricCheckConfig = z.infer<typeof MetricCheckConfig>
