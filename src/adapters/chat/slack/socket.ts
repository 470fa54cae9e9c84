import { SocketModeReceiver } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import type { DurableApp } from './app.ts'
import { faultOf, toFault } from './faults.ts'

const helloMs = 15_000
const closeMs = 4000

/** Why a line ended. `lost`: without a word. */
export type Ending = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets' | 'lost' | 'closed'

export interface LineParts {
  readonly appToken: string
  readonly api: Api
  readonly app: DurableApp
  readonly clock: Clock
  readonly log: Log
}

const envelope = z.object({
  type: z.string(),
  reason: z.string().nullish(),
  envelope_id: z.string().nullish(),
  payload: z.object({ event: z.object({ type: z.string() }).nullish() }).nullish(),
})

/**
 * One Socket Mode connection, used once. Reconnecting is ours (`lines.ts`): the SDK's leaves a gap of five seconds at every refresh
 * and ends the process when the token is refused meanwhile.
 */
export class Line {
  /** That it ends, as announced by Slack, or because it is gone. */
  readonly ended: Promise<Ending>
  /** That nothing more comes by it. */
  readonly gone: Promise<void>
  readonly #client: SocketModeReceiver['client']
  readonly #parts: LineParts
  #end: (ending: Ending) => void = () => undefined

  constructor(parts: LineParts) {
    this.#parts = parts
    const { api, app, log } = parts
    const options = api.sdkOptions()
    const receiver = new SocketModeReceiver({
      appToken: parts.appToken,
      logger: options.logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: options.clientOptions },
      processEventErrorHandler: async ({ error }) => {
        log.error('a payload of Slack was not taken and is not acknowledged', {}, error)
        return false
      },
    })
    receiver.init(app)
    this.#client = receiver.client
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.gone = new Promise((resolve) => {
      this.#client.on('disconnected', () => {
        this.#end('lost')
        resolve()
      })
    })
    this.#guard()
  }

  /** Resolves at Slack's hello. Faults: as of any call; `slack.unreachable` when the hello does not come. */
  async open(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    const attempt = { method: 'apps.connections.open', once: false }
    const stop = new AbortController()
    const late = clock.sleep(helloMs, AbortSignal.any([signal, stop.signal])).then(
      () => 'no hello',
      () => 'aborted',
    )
    const started = this.#client.start().then(
      () => 'hello' as const,
      (error: unknown) => {
        if (error === undefined) return 'refused'
        throw toFault(error, attempt)
      },
    )
    started.catch(() => undefined)
    try {
      const came = await Promise.race([started, late, this.ended])
      if (came === 'hello') return
      await this.close()
      throw faultOf('slack.unreachable', 'yes', 'slack.unreachable', { detail: `Socket Mode: ${came}` })
    } finally {
      stop.abort()
    }
  }

  /** Resolves when the connection is closed, or is given up as dead. */
  async close(): Promise<void> {
    this.#end('closed')
    const stop = new AbortController()
    const patience = this.#parts.clock.sleep(closeMs, stop.signal).catch(() => undefined)
    await Promise.race([this.#client.disconnect(), patience])
    stop.abort()
  }

  /**
   * Stands before the SDK's reading of messages. A `disconnect` is kept from it, for it would close at once, before the next line
   * is up. An `events_api` envelope without an event (`app_rate_limited`) would end the process there: it is said and acknowledged
   * here. Whatever else goes wrong in reading is caught.
   */
  #guard(): void {
    const { log } = this.#parts
    const client = this.#client
    const readers = client.listeners('ws_message')
    client.removeAllListeners('ws_message')
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      const message = envelope.safeParse(typeof data === 'string' ? jsonOf(data) : null)
      if (!message.success) return log.warn('a message of Slack was not understood')
      const { type, reason, payload, envelope_id } = message.data
      if (type === 'disconnect') return this.#end(endingOf(reason))
      if (type === 'events_api' && !payload?.event) {
        log.warn('Slack holds events back: more came than an app may get in a minute', { type })
        if (envelope_id) client.websocket?.send(JSON.stringify({ envelope_id }), () => undefined)
        return
      }
      for (const read of readers)
        Promise.try(() => read(data, isBinary)).catch((error: unknown) => {
          log.error('a message of Slack could not be handled', {}, error)
        })
    })
  }
}

const endings: readonly Ending[] = ['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets']

const endingOf = (reason: string | null | undefined): Ending =>
  endings.find((one) => one === reason) ?? 'refresh_requested'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
