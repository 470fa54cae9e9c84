import { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Fetch } from '../../../ports/http.ts'
import type { Log } from '../../../ports/log.ts'
import { type Attempt, faultOf, toFault, unreadable } from './faults.ts'
import { sdkLogger } from './sdk-log.ts'
import { whoami } from './wire.ts'

const timeoutMs = 10_000

/** Calls whose repetition people would see; all others may be repeated freely. */
const onceOnly = new Set([
  'chat.postMessage',
  'chat.postEphemeral',
  'conversations.create',
  'conversations.canvases.create',
  'canvases.create',
  'canvases.edit',
  'files.uploadV2',
  'bookmarks.add',
  'views.open',
])

export interface ApiParts {
  readonly token: string
  readonly apiUrl: string
  readonly fetch: Fetch
  readonly log: Log
  readonly secrets: readonly string[]
}

/** Who the bot is. */
export type Self = z.infer<typeof whoami>

/** Slack's Web API through the SDK's client; every failure comes out as a Fault. */
export class Api {
  readonly #parts: ApiParts
  #self: Promise<Self> | null = null

  constructor(parts: ApiParts) {
    this.#parts = parts
  }

  /**
   * Calls a method and reads what is needed of the answer. Each call has a client of its own (it costs 0.05 ms), so that its signal
   * and deadline are its own. Retries are the engine's, never the client's: its default would post twice.
   */
  async call<Answer>(
    method: string,
    args: Readonly<Record<string, unknown>>,
    answer: z.ZodType<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const { channel, user } = z.object({ channel: z.string().optional(), user: z.string().optional() }).parse(args)
    const attempt: Attempt = {
      method,
      once: onceOnly.has(method),
      ...(channel ? { channel } : {}),
      ...(user ? { user } : {}),
    }
    if (signal?.aborted) throw faultOf('slack.aborted', 'yes', 'slack.aborted', {}, signal.reason)
    let result: webApi.WebAPICallResult
    try {
      result = await this.#client(signal).apiCall(method, { ...args })
    } catch (error) {
      if (signal?.aborted) throw faultOf('slack.aborted', attempt.once ? 'check' : 'yes', 'slack.aborted', {}, error)
      throw toFault(error, attempt)
    }
    const read = answer.safeParse(result)
    if (!read.success) throw unreadable(attempt, read.error)
    return read.data
  }

  /** Who we are, asked once and remembered. */
  self(signal?: AbortSignal): Promise<Self> {
    this.#self ??= this.call('auth.test', {}, whoami, signal).catch((error: unknown) => {
      this.#self = null
      throw error
    })
    return this.#self
  }

  /** What the app and the receivers of the SDK are given. New objects each time, for Socket Mode writes into them. */
  sdkOptions() {
    return { logger: this.#logger(), clientOptions: this.#clientOptions(undefined) }
  }

  #logger() {
    return sdkLogger(this.#parts.log, this.#parts.secrets)
  }

  /** Never with `headers`: the SDK would write one token there and send it for another. */
  #clientOptions(signal: AbortSignal | undefined) {
    const { apiUrl, fetch } = this.#parts
    return {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeoutMs,
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        fetch(input instanceof Request ? input.url : input, withSignal(init, signal)),
    } satisfies webApi.WebClientOptions
  }

  #client(signal: AbortSignal | undefined): webApi.WebClient {
    return new webApi.WebClient(this.#parts.token, { ...this.#clientOptions(signal), logger: this.#logger() })
  }
}

function withSignal(init: RequestInit | undefined, signal: AbortSignal | undefined): RequestInit {
  const signals = [init?.signal, signal].filter((one) => one instanceof AbortSignal)
  return { ...init, ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}) }
}
