import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'

const wrong = 'expected an address like https://shop.example/healthz, without user or password'
const address = z
  .url({ protocol: /^https?$/, error: wrong })
  .refine((url) => !/:\/\/[^/]*@/.test(url), { error: wrong })
const status = z.int().min(200).max(599)

const defaultTimeoutMs = 5000

const full = z.strictObject({
  url: address,
  expect: z
    .union([status, z.array(status).min(1)])
    .transform((one) => [one].flat())
    .optional()
    .describe('The status or statuses that are well; without it, any from 200 to 299. Redirects are not followed'),
  timeout: duration().default(defaultTimeoutMs).describe('How long the whole answer may take'),
  contains: z.string().min(1).optional().describe('Text that the body must hold in its first mebibyte'),
})

/** An address, or an address with what is expected of it. */
export const HttpCheckConfig = z.union([address.transform((url) => ({ url, timeout: defaultTimeoutMs })), full])
export type HttpCheckConfig = z.infer<typeof full>
