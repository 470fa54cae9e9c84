import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

const pointer = () =>
  z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'expected a JSON pointer like /alert/name, or empty for the whole')

export const Config = z
  .strictObject({
    bearer: secret().optional(),
    hmac: z
      .strictObject({
        secret: secret(),
        header: z
          .string()
          .regex(/^[\w-]+$/)
          .toLowerCase(),
        prefix: z.string().default('').describe('What stands before the hex digest, for example `sha256=`'),
      })
      .optional()
      .describe('Hex HMAC-SHA256 of the raw body'),
    alerts: pointer().optional().describe('Where the array of alerts is; without it the whole body is one'),
    fingerprint: pointer().describe('What knows it again, within one alert'),
    status: z.strictObject({
      at: pointer(),
      firing: z.array(z.string()).min(1),
      resolved: z.array(z.string()).default([]),
    }),
    startsAt: pointer().optional().describe('An ISO time, or seconds or milliseconds since 1970'),
    endsAt: pointer().optional(),
    name: pointer().optional(),
    summary: pointer().optional(),
    link: pointer().optional(),
    expression: pointer().optional().describe('The PromQL that fired'),
    release: pointer().optional().describe('The version it came with'),
    labels: z.record(z.string().min(1), pointer()).default({}),
  })
  .refine((one) => (one.bearer === undefined) !== (one.hmac === undefined), {
    error: 'give a bearer token or an hmac; one of the two',
  })
export type Config = z.infer<typeof Config>
