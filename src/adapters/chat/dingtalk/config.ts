import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

const address = (error: string, fallback: string) => z.url({ protocol: /^https?$/, error }).default(fallback)

/** DingTalk's part of the configuration: one application of one organisation. */
export const dingtalkConfig = z.strictObject({
  /** CorpId of the organisation. */
  tenant: z.string().regex(/^ding[a-z0-9]{4,}$/i, { error: 'the CorpId of the organisation, ding…' }),
  /** Client ID (AppKey) and Client Secret (AppSecret) of the application. */
  clientId: z.string().min(1),
  clientSecret: secret(),
  /** The robot's code; the Client ID where the console names no other. */
  robotCode: z.string().min(1).optional(),
  /** The imported card template. */
  cardTemplate: z.string().regex(/\.schema$/, { error: 'the id of the card template, ….schema' }),
  /** For incidents with a group of their own: the scene group's template and the person who is to own the groups. */
  sceneGroup: z.strictObject({ template: z.string().min(1), owner: z.string().min(1) }).optional(),
  /** What times are written in: DingTalk shows nobody her own. */
  timeZone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
      error: 'a time zone such as Asia/Shanghai',
    })
    .default('Asia/Shanghai'),
  /** API calls a month that the organisation's edition allows. */
  monthlyCalls: z.int().min(1).default(10_000),
  apiUrl: address('an http(s) address such as https://api.dingtalk.com', 'https://api.dingtalk.com'),
  oapiUrl: address('an http(s) address such as https://oapi.dingtalk.com', 'https://oapi.dingtalk.com'),
})

export type DingtalkConfig = z.infer<typeof dingtalkConfig>
