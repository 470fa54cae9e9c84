import { z } from 'zod'
import { secret } from '../../../ports/secret.ts'

const pattern = () =>
  z.string().transform((source, { addIssue }) => {
    try {
      return new RegExp(source, 'iu')
    } catch {
      addIssue('not a regular expression')
      return z.NEVER
    }
  })

export const Config = z.strictObject({
  accessToken: secret().describe('The access_token of the address that is given to the alerting app'),
  secret: secret().optional().describe('Its signing secret, SEC…; without it the token alone counts'),
  key: pattern()
    .optional()
    .describe('Finds what an alert is known by: its first group; without it the title is the key'),
  resolved: pattern().prefault('resolved|恢复|已解除').describe('A message that says so is the end of an alert'),
  labels: z
    .record(z.string().min(1), pattern())
    .default({})
    .describe('Labels by their patterns: the first group of each'),
})
export type Config = z.infer<typeof Config>
