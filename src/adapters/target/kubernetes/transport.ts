import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { Fault } from '../../../core/fault.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Credentials } from './credentials.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Path and query. */
  readonly path: string
  readonly body?: { readonly type: string; readonly text: string }
  /** Time for the whole answer; of one read line by line, for its beginning. */
  readonly timeoutMs: number
  /** The longest silence of an answer read line by line. */
  readonly silenceMs?: number
  readonly signal: AbortSignal
  /** Whether the call may change something: it then gets a connection of its own, so that `sent` can be told for sure. */
  readonly effect: boolean
  /** Where a connection of its own was opened ahead. */
  readonly line?: Line | undefined
}

/** A connection for one call, opened while what comes before the call is still going on. */
export class Line {
  readonly #socket: Promise<Socket | null>
  #taken = false
  /** Whether the other end has answered. */
  up = false

  constructor(credentials: Credentials) {
    this.#socket = credentials.connect().then(
      (socket) => {
        // What goes wrong with it is seen by the call, which then makes its own.
        socket?.on('error', () => undefined)
        socket?.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
          this.up = true
        })
        return socket
      },
      () => null,
    )
  }

  /** For one call only. Null when there is none: the call makes its own then. */
  async take(): Promise<Socket | null> {
    if (this.#taken) return null
    this.#taken = true
    const socket = await this.#socket
    return socket && !socket.destroyed && !socket.closed ? socket : null
  }

  close(): void {
    void this.#socket.then((socket) => socket?.destroy())
  }
}

export interface LineReader {
  /** The server accepted: lines will follow, perhaps much later. */
  opened(): void
  line(text: string): void
}

export type Reply =
  | { readonly got: 'answer'; readonly status: number; readonly retryAfter: string | undefined; readonly text: string }
  /** No answer. `sent` is false only where the request certainly never reached the server. */
  | {
      readonly got: 'nothing'
      readonly why: 'network' | 'timeout' | 'tls'
      readonly sent: boolean
      readonly cause: unknown
    }

/**
 * One HTTP call; `reader` gets the lines of a 200 answer as they come, whose `text` is then empty. Rejects only with the
 * signal's reason, with the Fault of unusable credentials, or with a Fault that `reader` throws.
 */
export async function send(
  credentials: Credentials,
  clock: Clock,
  what: Call,
  reader: LineReader | null,
): Promise<Reply> {
  what.signal.throwIfAborted()
  const options = await credentials.options(what.effect)
  const ready = (await what.line?.take()) ?? null
  const stop = new AbortController()
  let timedOut = false
  let connected = false
  let lastWordMs = clock.monotonicMs()
  let limitMs = what.timeoutMs
  const watchdog = async () => {
    for (;;) {
      const leftMs = lastWordMs + limitMs - clock.monotonicMs()
      if (leftMs <= 0) break
      await clock.sleep(leftMs, stop.signal)
    }
    timedOut = true
    request.destroy(new Error('no answer in time'))
  }
  const request = (credentials.server.protocol === 'http:' ? http : https).request(
    new URL(credentials.server.pathname.replace(/\/$/, '') + what.path, credentials.server),
    {
      ...options,
      ...(ready && { agent: undefined, createConnection: () => ready }),
      method: what.method,
      signal: what.signal,
      headers: {
        ...(options.headers as http.OutgoingHttpHeaders | undefined),
        accept: 'application/json',
        'user-agent': 'astern',
        ...(what.body && { 'content-type': what.body.type, 'content-length': Buffer.byteLength(what.body.text) }),
      },
    },
  )
  request.once('socket', (socket) => {
    connected = ready ? what.line?.up === true : !socket.connecting
    if (connected) return
    socket.setKeepAlive(true, 30_000)
    socket.once(credentials.server.protocol === 'http:' ? 'connect' : 'secureConnect', () => {
      connected = true
    })
  })
  watchdog().catch(() => undefined) // stopped: the call ended first
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).on('error', reject)
      request.end(what.body?.text)
    })
    response.setEncoding('utf8')
    const status = response.statusCode ?? 0
    let text = ''
    const lineByLine = status === 200 ? reader : null
    if (lineByLine) {
      limitMs = what.silenceMs ?? what.timeoutMs
      lastWordMs = clock.monotonicMs()
      lineByLine.opened()
    }
    for await (const chunk of response as AsyncIterable<string>) {
      text += chunk
      if (!lineByLine) continue
      lastWordMs = clock.monotonicMs()
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) if (line !== '') lineByLine.line(line)
    }
    return { got: 'answer', status, retryAfter: response.headers['retry-after'], text }
  } catch (cause) {
    what.signal.throwIfAborted()
    if (cause instanceof Fault) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    // https://nodejs.org/api/tls.html#x509-certificate-error-codes
    const tls = !connected && /CERT|SELF_SIGNED|ALTNAME|^ERR_(TLS|SSL)|UNABLE_TO/.test(code)
    return { got: 'nothing', why: timedOut ? 'timeout' : tls ? 'tls' : 'network', sent: connected, cause }
  } finally {
    stop.abort()
  }
}
