import type { Delivery } from './delivery.ts'

export type DeliveryEvent =
  | { readonly type: 'delivery.received'; readonly v: 1; readonly data: Delivery }
  | {
      readonly type: 'delivery.handled'
      readonly v: 1
      /** `outcome` is a short machine word: `shown`, `proposed`, `refused:self-approval`, `fault:kubernetes.unreachable`. */
      readonly data: { readonly id: string; readonly outcome: string }
    }
