import type { DeliveryError, Receipt } from '../delivery/transport.ts'
import type { Message } from '../store/world.ts'

/** Why nothing reached the app, or what Slack shows after it answered badly. */
export type ActionError =
  | DeliveryError
  | 'not_in_channel'
  | 'channel_not_found'
  | 'message_not_found'
  | 'is_archived'
  | 'unknown_command'
  | 'element_not_found'
  | 'option_not_found'
  | 'view_not_found'
  | 'field_not_found'
  | 'required_field_empty'
  | 'field_invalid'
  | 'not_allowed_in_thread'
  | 'invalid_command_response'
  | 'invalid_view_response'
  | 'user_disabled'

/** What the person sees of their action. */
export interface Outcome {
  readonly acked: boolean
  readonly ackMs: number
  readonly error?: ActionError
  /** What went wrong, where `error` alone does not say it. */
  readonly detail?: string
  /** What the app's answer did to the modal. */
  readonly responseAction?: 'errors' | 'update' | 'push' | 'clear' | 'close'
  /** Texts under inputs, by block_id. */
  readonly errors?: Readonly<Record<string, string>>
  /** Messages that only this person sees and that came with the acknowledgement. */
  readonly ephemeral: readonly Message[]
  /** Of the message written or the view concerned. */
  readonly ts?: string
}

/** An action that Slack's client does not let through. */
export function refused(error: ActionError, detail?: string): Outcome {
  return { acked: false, ackMs: 0, error, ephemeral: [], ...(detail === undefined ? {} : { detail }) }
}

/** The bare outcome of a delivery. */
export function fromReceipt(receipt: Receipt): Outcome {
  const { acked, ackMs, error } = receipt
  return { acked, ackMs, ephemeral: [], ...(error ? { error } : {}) }
}
