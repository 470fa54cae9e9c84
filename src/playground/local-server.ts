import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Who answers what comes to a chat's address. */
interface Routes {
  readonly request: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** A local chat's own HTTP server on 127.0.0.1; it can go down and come back on the same port. */
export class LocalServer {
  private readonly routes: Routes
  private server: Server | undefined
  private readonly connections = new Set<Socket>()
  private port: number

  constructor(routes: Routes, port: number) {
    this.routes = routes
    this.port = port
  }

  /** Listens; returns the origin, without a trailing slash. */
  async listen(): Promise<string> {
    const server = createServer((request, response) => void this.handle(request, response))
    server.on('connection', (socket) => {
      this.connections.add(socket)
      socket.on('close', () => this.connections.delete(socket))
    })
    server.on('upgrade', this.routes.upgrade)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.port, '127.0.0.1', resolve)
    })
    this.port = (server.address() as AddressInfo).port
    this.server = server
    return `http://127.0.0.1:${this.port}`
  }

  /** Stops listening and cuts every connection. */
  async stop(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (!server) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of this.connections) socket.destroy()
    await closed
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${this.port}`)
    try {
      await this.routes.request(request, response, url)
    } catch (error) {
      if (response.headersSent || response.destroyed || request.socket.destroyed) return
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      response.writeHead(500, { 'content-type': 'text/plain' }).end(detail)
    }
  }
}
