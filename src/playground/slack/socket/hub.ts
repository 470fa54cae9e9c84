import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Attempt, Delivery, Receipt, Transport } from '../delivery/transport.ts'
import { isWire, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

const mostSockets = 10
const ticketLivesMs = 30_000
/** How long an app may stay after it was asked to leave. */
const graceMs = 10_000
const closeWithinMs = 300

/** Why Slack ends a connection. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'

interface Pending {
  readonly settle: (receipt: Receipt) => void
  readonly socket: WebSocket
  readonly startedAt: number
}

/** The Socket Mode side: tickets, connections, envelopes and acknowledgements. */
export class SocketHub implements Transport {
  private readonly world: World
  private readonly server = new WebSocketServer({ noServer: true })
  private readonly tickets = new Map<string, number>()
  private readonly sockets = new Set<WebSocket>()
  private readonly pending = new Map<string, Pending>()
  private readonly pinger: NodeJS.Timeout

  constructor(world: World, pingMs: number) {
    this.world = world
    this.pinger = setInterval(() => {
      for (const socket of this.sockets) socket.ping()
    }, pingMs)
    this.pinger.unref()
  }

  /** A new single-use address for one connection. */
  openUrl(): string {
    const ticket = randomUUID()
    this.tickets.set(ticket, this.world.now() + ticketLivesMs)
    const origin = this.world.origin.replace(/^http/, 'ws')
    return `${origin}/link/?ticket=${ticket}&app_id=${this.world.app.appId}`
  }

  /** Takes an upgrade request; refuses one without a valid unused ticket. */
  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', this.world.origin)
    const ticket = url.searchParams.get('ticket') ?? ''
    const expiresAt = this.tickets.get(ticket)
    this.tickets.delete(ticket)
    if (url.pathname !== '/link/' || expiresAt === undefined || expiresAt < this.world.now()) {
      raw.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    this.server.handleUpgrade(request, raw, head, (socket) => this.welcome(socket))
  }

  get count(): number {
    return this.sockets.size
  }

  /** Sends one envelope to one connection, chosen at random, and waits for its acknowledgement. */
  send(delivery: Delivery, attempt?: Attempt): Promise<Receipt> {
    const open = [...this.sockets].filter((socket) => socket.readyState === socket.OPEN)
    const socket = open[Math.floor(this.world.ids.random() * open.length)]
    if (!socket) return Promise.resolve({ acked: false, ackMs: 0, error: 'dispatch_failed' })
    const envelope_id = randomUUID()
    const { kind: type, payload, acceptsResponse: accepts_response_payload } = delivery
    const retry =
      type === 'events_api' ? { retry_attempt: attempt?.number ?? 0, retry_reason: attempt?.reason ?? '' } : {}
    const startedAt = performance.now()
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => settle({ acked: false, ackMs: elapsed(startedAt), error: 'operation_timeout' }),
        this.world.ackTimeoutMs,
      )
      const settle = (receipt: Receipt): void => {
        clearTimeout(timer)
        this.pending.delete(envelope_id)
        resolve(receipt)
      }
      this.pending.set(envelope_id, { settle, socket, startedAt })
      socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...retry }))
    })
  }

  /** Sends anything at all to every connection, for what only a test would send. */
  sendRaw(message: Wire): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(message))
  }

  /** Says goodbye as Slack does: the app leaves by itself, or is closed 10 s later; `link_disabled` closes at once. */
  disconnect(reason: DisconnectReason): void {
    for (const socket of this.sockets) sayGoodbye(socket, reason)
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate()
  }

  /** Closes every connection with the proper handshake, in which apps may already be; cuts what does not answer. */
  async close(): Promise<void> {
    clearInterval(this.pinger)
    const farewells = [...this.sockets].map((socket) => {
      const closed = once(socket, 'close')
      socket.close(1000)
      return closed
    })
    const patience = setTimeout(() => this.cut(), closeWithinMs)
    await Promise.all(farewells)
    clearTimeout(patience)
    this.server.close()
  }

  private welcome(socket: WebSocket): void {
    socket.on('error', () => socket.terminate())
    if (this.sockets.size >= mostSockets) {
      sayGoodbye(socket, 'too_many_websockets')
      return
    }
    this.sockets.add(socket)
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('close', () => this.forget(socket))
    const debug_info = { host: 'applink-local', build_number: 1, approximate_connection_time: 18_060 }
    const connection_info = { app_id: this.world.app.appId }
    socket.send(JSON.stringify({ type: 'hello', num_connections: this.sockets.size, debug_info, connection_info }))
    this.world.changes.emit({ kind: 'connection', sockets: this.sockets.size })
  }

  private forget(socket: WebSocket): void {
    this.sockets.delete(socket)
    for (const waiting of this.pending.values())
      if (waiting.socket === socket)
        waiting.settle({ acked: false, ackMs: elapsed(waiting.startedAt), error: 'operation_timeout' })
    this.world.changes.emit({ kind: 'connection', sockets: this.sockets.size })
  }

  private receive(data: string): void {
    const message = readJson(data)
    if (!isWire(message) || typeof message.envelope_id !== 'string') return
    const waiting = this.pending.get(message.envelope_id)
    if (!waiting) return
    const { payload } = message
    const says = isWire(payload) ? Object.keys(payload).length > 0 : payload !== undefined && payload !== ''
    waiting.settle({ acked: true, ackMs: elapsed(waiting.startedAt), ...(says ? { response: payload } : {}) })
  }
}

function sayGoodbye(socket: WebSocket, reason: DisconnectReason): void {
  socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-local' } }))
  if (reason === 'link_disabled' || reason === 'too_many_websockets') socket.close(1000)
  else setTimeout(() => socket.close(1000), graceMs).unref()
}

function elapsed(startedAt: number): number {
  return Math.round(performance.now() - startedAt)
}

function readJson(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
