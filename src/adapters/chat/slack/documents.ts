import type { Json } from '../../../core/canonical.ts'
import type { MessageRef } from '../../../ports/chat.ts'
import type { Document } from '../../../view/view.ts'
import type { Spot } from './messages.ts'
import type { FoundMessage } from './wire.ts'

export class Documents {
  async send(_spot: Spot, _view: Document, _key: string, _signal: AbortSignal): Promise<MessageRef> {
    throw new TypeError('not yet')
  }
  async update(_ref: MessageRef, _view: Document, _signal: AbortSignal): Promise<MessageRef> {
    throw new TypeError('not yet')
  }
  remembered(_found: FoundMessage): Json | null {
    return null
  }
}
