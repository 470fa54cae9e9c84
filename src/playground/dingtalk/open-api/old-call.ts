import type { Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

/** One call of an old interface. */
export interface OldCall {
  readonly world: World
  readonly query: URLSearchParams
  /** The JSON or form body; empty where it is none. */
  readonly body: Wire
  readonly bytes: Buffer
  readonly contentType: string
}
