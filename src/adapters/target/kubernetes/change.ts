import { z } from 'zod'
import { Fault } from '../../../core/fault.ts'
import { wording } from '../../../text/say.ts'
import { KubernetesUnit, unitName } from './config.ts'

/** What a Change carries for this adapter. No template: that lies encrypted in the store, under its digest. */
export const ChangeData = z.object({
  unit: KubernetesUnit,
  uid: z.string(),
  /** Digest of the template that is wanted. */
  to: z.string(),
  /** Digest of the template that the dry run answered: admission may alter what is wanted. */
  becomes: z.string(),
  version: z.string(),
  /** The drill whose bad release this is. */
  drill: z.string().optional(),
  by: z.string().optional(),
  run: z.object({ title: z.string(), url: z.string().optional() }).optional(),
})
export type ChangeData = z.infer<typeof ChangeData>

/** What a Receipt carries: which write it was. */
export const ReceiptData = z.object({
  uid: z.string(),
  /** Generation of the spec that our write made; anything seen below it is from before. */
  generation: z.number(),
  /** Digest of the template that our write left there. */
  digest: z.string(),
  /** When Kubernetes had given up on what we replaced; that verdict stands until the first progress, and is not about us. */
  lateAt: z.string().nullable(),
})
export type ReceiptData = z.infer<typeof ReceiptData>

export const movedFault = (unit: KubernetesUnit): Fault =>
  new Fault({
    code: 'target.moved',
    retry: 'no',
    hint: wording('kubernetes.moved', { what: unitName(unit) }),
  })
