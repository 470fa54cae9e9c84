import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'
import { secret } from '../../../ports/secret.ts'

export const IcalConfig = z.strictObject({
  url: secret().describe('The secret address of the calendar: https://… or webcal://…'),
  hosts: z
    .array(z.string().regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/, { error: 'a host, for example calendar.example' }))
    .default([])
    .describe('Other hosts to which the calendar may send us on'),
  plainHttp: z.boolean().default(false).describe('The calendar is served without TLS'),
  timeout: duration().default(20_000).describe('How long one reading may take'),
})
export type IcalConfig = z.infer<typeof IcalConfig>
