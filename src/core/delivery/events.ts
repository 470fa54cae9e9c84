import type { Delivery } from './delivery.ts'

export type DeliveryEvent =
  | { readonly type: 'delivery.received'; readonly v: 1; readonly data: Delivery }
  | {
      readonly type: 'delivery.handled'
      readonly v: 1
      /** `outcome` is a short machine word: `shown`, `proposed`, `refused:self-approval`, `fault:kubernetes.unreachable`. */
      readonly data: { readonly id: string; readonly outcome: string }
    }

/** Of what comes in and is answered: who follows what becomes of rollbacks, incidents and people goes without. */
export const deliveryEvents = [
  'delivery.received',
  'delivery.handled',
] as const satisfies readonly DeliveryEvent['type'][]
