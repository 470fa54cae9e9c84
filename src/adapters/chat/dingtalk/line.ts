import { DWClient } from 'dingtalk-stream'
import type { Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import type { DingtalkConfig } from './config.ts'
import { faultOf } from './faults.ts'
import { endpoint, type Frame, frame } from './wire.ts'

export const robotTopic = '/v1.0/im/bot/messages/get'
export const cardTopic = '/v1.0/card/instances/callback'

const openMs = 15_000
/** A connection that says nothing, not even to our ping, is dead. */
const pingEveryMs = 10_000
const silenceMs = 25_000
/** DingTalk asks whether we are there more often than that. A line where even this does not come may be forgotten at its other end. */
const forgottenMs = 5 * 60_000

/** Why a line ended. `announced`: DingTalk said it closes it, or seems to have forgotten it, and brings nothing more by it. `lost`: without a word. */
export type Ending = 'announced' | 'lost' | 'closed'

/** Answers a frame: `response` of a callback, the status of an event. Does nothing where the line is gone. */
export type Respond = (data: object) => boolean

export interface LineParts {
  readonly config: DingtalkConfig
  readonly api: Api
  readonly clock: Clock
  readonly log: Log
  /** Whatever it throws is logged; the frame then stays unanswered. */
  readonly take: (given: Frame, respond: Respond) => Promise<void>
  /** Called whenever the line has proved to be alive. */
  readonly alive: () => void
}

/** What of the SDK's socket is used here. */
interface Socket {
  readonly readyState: number
  on(event: 'open' | 'error' | 'pong' | 'close' | 'message', listener: () => void): void
  removeAllListeners(event: 'open' | 'error'): void
  ping(): void
  close(): void
  terminate(): void
  send(data: string): void
}

const openState = 1

/**
 * One stream connection, used once. Reconnecting is ours (`lines.ts`): the SDK's doubles with every failure, comes back after it
 * was told to stop, and is deaf for eleven seconds at each disconnect frame; there, a handler that throws or JSON that is none
 * ends all reading.
 */
export class Line extends DWClient {
  readonly ended: Promise<Ending>
  readonly #parts: LineParts
  readonly #stop = new AbortController()
  #end: (ending: Ending) => void = () => undefined
  #heardMs = 0
  #frameMs = 0

  constructor(parts: LineParts) {
    super({
      clientId: parts.config.clientId,
      clientSecret: parts.config.clientSecret.reveal(),
      ua: 'astern',
      keepAlive: false,
    })
    Object.assign(this.config, { autoReconnect: false })
    this.#parts = parts
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Resolves when the connection stands. Faults: as of any call; `dingtalk.unreachable` when the socket does not open. */
  async open(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts
    await this.getEndpoint()
    signal.throwIfAborted()
    const stop = new AbortController()
    const late = clock.sleep(openMs, AbortSignal.any([signal, stop.signal])).then(
      () => 'late',
      () => 'aborted',
    )
    const opened = this.#opened()
    const came = await Promise.race([opened, late])
    stop.abort()
    if (came !== 'open') {
      this.close()
      // Where the socket opens after all, it is closed again.
      void opened.then(() => this.close())
      throw faultOf('dingtalk.unreachable', 'yes', 'dingtalk.unreachable', { detail: `stream: ${came}` })
    }
    this.#frameMs = clock.monotonicMs()
    this.#heard()
    this.#socket?.on('close', () => this.#end('lost'))
    this.#socket?.on('pong', () => this.#heard())
    void this.#watch()
  }

  /** The SDK's own listeners to these two write to the console, among our log's lines. */
  #opened(): Promise<'open' | 'refused'> {
    const refused = this._connect().then(
      () => 'refused' as const,
      () => 'refused' as const,
    )
    const socket = this.#socket
    if (!socket) return refused
    return new Promise((resolve) => {
      socket.removeAllListeners('open')
      socket.removeAllListeners('error')
      socket.on('open', () => resolve('open'))
      socket.on('error', () => {
        socket.terminate()
        resolve('refused')
      })
    })
  }

  close(): void {
    this.#end('closed')
    this.#stop.abort()
    const socket = this.#socket
    if (socket && socket.readyState === openState) socket.close()
    else socket?.terminate()
  }

  override async getEndpoint(): Promise<this> {
    const { api, config } = this.#parts
    const body = {
      clientId: config.clientId,
      clientSecret: config.clientSecret.reveal(),
      ua: 'astern',
      subscriptions: [
        { type: 'EVENT', topic: '*' },
        { type: 'CALLBACK', topic: robotTopic },
        { type: 'CALLBACK', topic: cardTopic },
      ],
    }
    const attempt = { name: 'stream.open', once: false, path: '/v1.0/gateway/connections/open' }
    const { endpoint: address, ticket } = await api.bare(attempt, body, endpoint)
    Object.assign(this, { dw_url: `${address}?ticket=${encodeURIComponent(ticket)}` })
    return this
  }

  /** Stands in for the SDK's reading, which any bad frame would end. */
  override onDownStream(data: unknown): void {
    this.#frameMs = this.#parts.clock.monotonicMs()
    this.#heard()
    const read = frame.safeParse(jsonOf(String(data)))
    if (!read.success) {
      this.#parts.log.warn('a frame of DingTalk was not understood')
      return
    }
    const { type, headers, data: said } = read.data
    if (type !== 'SYSTEM') void this.#hand(read.data)
    else if (headers.topic === 'ping') this.#answer(headers.messageId, said)
    else if (headers.topic === 'disconnect') this.#end('announced')
  }

  async #hand(given: Frame): Promise<void> {
    try {
      await this.#parts.take(given, (data) => this.#answer(given.headers.messageId, JSON.stringify(data)))
    } catch (error) {
      this.#parts.log.error('a frame of DingTalk was not taken and is not answered', {}, error)
    }
  }

  #answer(messageId: string, data: string): boolean {
    const socket = this.#socket
    if (!socket || socket.readyState !== openState) return false
    const headers = { contentType: 'application/json', messageId }
    socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data }))
    return true
  }

  #heard(): void {
    this.#heardMs = this.#parts.clock.monotonicMs()
    this.#parts.alive()
  }

  /** The SDK's own watch outlives its connection. */
  async #watch(): Promise<void> {
    const { clock } = this.#parts
    const { signal } = this.#stop
    while (!signal.aborted && this.#socket?.readyState === openState) {
      this.#socket.ping()
      await clock.sleep(pingEveryMs, signal).catch(() => undefined)
      if (signal.aborted) return
      if (clock.monotonicMs() - this.#frameMs > forgottenMs) this.#end('announced')
      if (clock.monotonicMs() - this.#heardMs > silenceMs) {
        this.#end('lost')
        this.#socket?.terminate()
      }
    }
  }

  /** Private in the SDK's types. */
  get #socket(): Socket | undefined {
    return (this as unknown as { socket?: Socket }).socket
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
