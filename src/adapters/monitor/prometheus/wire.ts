import { z } from 'zod'

/* https://prometheus.io/docs/prometheus/latest/querying/api/ */

/** Unix seconds, and the value as text: `NaN`, `+Inf` and `-Inf` are among them. */
const sample = z.tuple([z.number(), z.string().regex(/^(?:NaN|[+-]Inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i)])
const labels = z.record(z.string(), z.string())

/** Native histograms come without `value`; a query has to make numbers of them. */
const data = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: sample })) }),
  z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ metric: labels, values: z.array(sample) })) }),
  z.object({ resultType: z.literal('scalar'), result: sample }),
])
export type Data = z.infer<typeof data>
export type Sample = z.infer<typeof sample>

/** Warnings say that the result may be incomplete; lints, in `infos`, do not. */
export const success = z.object({ status: z.literal('success'), data, warnings: z.array(z.string()).optional() })

export const failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() })
export type Failure = z.infer<typeof failure>
