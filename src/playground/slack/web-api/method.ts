import type { Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Arguments } from './arguments.ts'

/** Requests per minute that a tier promises; `post` is chat.postMessage's own rule. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'none'

/** One call of a method. */
export interface Call {
  readonly world: World
  readonly args: Arguments
  /** Refuses with `missing_scope` unless the app has one of these scopes. */
  readonly requireScope: (...anyOf: string[]) => void
}

/** One method of the Web API. */
export interface Method {
  /** One of these is needed; absent: no scope, or the method decides by its arguments. */
  readonly scopes?: readonly string[]
  readonly tier: Tier
  /** The kind of token it takes. Default `bot`. */
  readonly token?: 'bot' | 'app' | 'none'
  /** Reading methods take no JSON bodies: Slack ignores what such a body says. */
  readonly formOnly?: boolean
  /** Does it. Throws `Refusal` with Slack's error code. */
  readonly run: (call: Call) => Wire
}

/** Methods by name. */
export type Methods = Readonly<Record<string, Method>>
