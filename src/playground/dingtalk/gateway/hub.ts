import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import { Connection } from './connection.ts'
import { type Answer, botTopic, cardTopic, type Frame, frame } from './frames.ts'
import { Spoiler } from './spoiler.ts'
import { type Subscriptions, Tickets } from './tickets.ts'

const closeWithinMs = 300

/** What became of one push. */
export interface Push {
  readonly topic: string
  readonly messageId: string
  /** Whether a connection was there to take it. */
  readonly isSent: boolean
  readonly data: Wire
}

/** How connections can be ended: see `Connection`. */
export type Farewell = 'cut' | 'disconnect' | 'mute'

/** The stream gateway: connections and pushes, each to one connection that is chosen at random. */
export class Hub {
  readonly tickets: Tickets
  readonly spoiler = new Spoiler()
  private readonly world: World
  private readonly server = new WebSocketServer({ noServer: true })
  private readonly connections = new Set<Connection>()
  private readonly pushes: Push[] = []
  private readonly pinger: NodeJS.Timeout

  constructor(world: World) {
    this.world = world
    this.tickets = new Tickets(world)
    this.pinger = setInterval(() => this.probe(), world.setup.pingMs ?? 30_000)
    this.pinger.unref()
  }

  /** Takes an upgrade request; refuses one without a fresh ticket. */
  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', this.world.origin)
    const subscriptions =
      url.pathname === '/connect' ? this.tickets.redeem(url.searchParams.get('ticket') ?? '') : undefined
    if (!subscriptions) {
      raw.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    this.server.handleUpgrade(request, raw, head, (socket) => this.welcome(socket, subscriptions))
  }

  get count(): number {
    return this.connections.size
  }

  /** Every push that was due, oldest first. */
  log(): readonly Push[] {
    return [...this.pushes]
  }

  /** A message for the robot: sent once, and lost when nobody is connected. */
  tellRobot(data: Wire): Push {
    const push = frame(this.world, { type: 'CALLBACK', topic: botTopic, data })
    const connection = this.choose(`CALLBACK:${botTopic}`)
    if (connection)
      this.spoiler.inTurn(() => {
        for (let times = this.spoiler.timesToTell(); times > 0; times--) connection.send(push)
      })
    return this.record(push, data, connection)
  }

  /** A click on a card; resolves with the answer, or without one when none came in time. */
  async askAboutCard(data: Wire): Promise<{ push: Push; answer: Answer | undefined }> {
    const push = frame(this.world, { type: 'CALLBACK', topic: cardTopic, data })
    const connection = this.choose(`CALLBACK:${cardTopic}`)
    const record = this.record(push, data, connection)
    if (!connection) return { push: record, answer: undefined }
    const answer = await new Promise<Answer | undefined>((resolve) => {
      this.spoiler.inTurn(() => {
        resolve(connection.ask(push, this.world.setup.callbackTimeoutMs ?? 2000))
        if (this.spoiler.takesTwice()) connection.send(frame(this.world, { type: 'CALLBACK', topic: cardTopic, data }))
      })
    })
    return { push: record, answer: this.spoiler.losesAnswer() ? undefined : answer }
  }

  /** Pushes an event once; resolves to whether the app said SUCCESS in time. */
  async tellEvent(headers: Wire, data: Wire, timeoutMs: number): Promise<boolean> {
    const push = frame(this.world, { type: 'EVENT', topic: '*', data, headers })
    const connection = this.choose('EVENT:*')
    this.record(push, data, connection)
    const answer = await connection?.ask(push, timeoutMs)
    const said = answer?.data
    return (
      answer?.code === 200 && typeof said === 'object' && said !== null && 'status' in said && said.status === 'SUCCESS'
    )
  }

  /** Pings every connection; one that did not answer the ping before is cut. */
  probe(): void {
    for (const connection of this.connections) connection.probe()
  }

  /** Ends the connections: at once, with DingTalk's goodbye, or in silence. */
  end(how: Farewell, reason = 'connection is expired'): void {
    for (const connection of this.connections) {
      if (how === 'cut') connection.socket.terminate()
      else if (how === 'mute') connection.mute()
      else connection.leave(reason, this.world.setup.disconnectGraceMs ?? 10_000)
    }
  }

  /** Sends anything at all to every connection, for what only a test would send. */
  sendRaw(text: string): void {
    for (const { socket } of this.connections) socket.send(text)
  }

  async close(): Promise<void> {
    clearInterval(this.pinger)
    const farewells = [...this.connections].map(({ socket }) => {
      const closed = once(socket, 'close')
      socket.close(1000)
      return closed
    })
    const patience = setTimeout(() => this.end('cut'), closeWithinMs)
    await Promise.all(farewells)
    clearTimeout(patience)
    this.server.close()
  }

  private welcome(socket: WebSocket, subscriptions: Subscriptions): void {
    const connection = new Connection(this.world, socket, subscriptions)
    this.connections.add(connection)
    socket.on('close', () => {
      this.connections.delete(connection)
      this.world.changes.emit({ kind: 'connection', connections: this.connections.size })
    })
    this.world.changes.emit({ kind: 'connection', connections: this.connections.size })
  }

  private choose(subscription: string): Connection | undefined {
    const open = [...this.connections].filter((connection) => connection.takes(subscription))
    return open[Math.floor(this.world.ids.random() * open.length)]
  }

  private record(push: Frame, data: Wire, connection: Connection | undefined): Push {
    const { topic = '', messageId = '' } = push.headers
    const record = { topic, messageId, isSent: connection !== undefined, data }
    this.pushes.push(record)
    return record
  }
}
