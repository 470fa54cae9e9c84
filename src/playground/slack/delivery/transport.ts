import type { Wire } from '../store/wire.ts'

type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive'

/** Something Slack tells the app. */
export interface Delivery {
  readonly kind: DeliveryKind
  readonly payload: Wire
  /** Whether the acknowledgement may say something. */
  readonly acceptsResponse: boolean
}

/** Which redelivery this is, and why. */
export interface Attempt {
  readonly number: number
  readonly reason: string
}

/** Why a delivery was not acknowledged, as people read it in Slack. */
export type DeliveryError = 'dispatch_failed' | 'operation_timeout' | 'http_service_error'

/** What came of one delivery. */
export interface Receipt {
  readonly acked: boolean
  readonly ackMs: number
  /** What the app answered with the acknowledgement. */
  readonly response?: unknown
  readonly error?: DeliveryError
  /** The app asked for no redelivery (`x-slack-no-retry: 1`). */
  readonly noRetry?: boolean
}

/** The way to the app: its sockets, or its request URL. */
export interface Transport {
  send(delivery: Delivery, attempt?: Attempt): Promise<Receipt>
}
