import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'
import { secret } from '../../../ports/secret.ts'

const wrong = 'expected an address like https://prometheus.example, without user or password'
const address = () =>
  z
    .url({ protocol: /^https?$/, error: wrong })
    .refine((url) => !/:\/\/[^/]*@/.test(url) && !/[?#]/.test(url), { error: wrong })
    .transform((url) => url.replace(/\/+$/, ''))

export const PrometheusConfig = z
  .strictObject({
    url: address().describe('Where its HTTP API is, with the path prefix if it has one'),
    link: address().optional().describe('Where people open its graphs, if that is another address'),
    bearer: secret().optional().describe('A token for a proxy before it'),
    basic: z.strictObject({ username: z.string().min(1), password: secret() }).optional(),
    timeout: duration().default(5000).describe('How long one query may take'),
  })
  .refine((one) => one.bearer === undefined || one.basic === undefined, {
    error: 'bearer and basic exclude each other',
  })
export type PrometheusConfig = z.infer<typeof PrometheusConfig>
