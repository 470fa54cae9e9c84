import { z } from 'zod'
import { waysToRing } from '../../../ports/ring.ts'

const way = () => z.enum(waysToRing, { error: `expected one of ${waysToRing.join(', ')}` })

export const DingConfig = z.strictObject({
  by: way().default('app').describe('How those are woken of whom nothing is said'),
})
export type DingConfig = z.infer<typeof DingConfig>

export const DingContact = z.strictObject({
  by: way().describe('How she is woken: message, app, sms or phone. What can wait comes by message or app'),
})
export type DingContact = z.infer<typeof DingContact>
