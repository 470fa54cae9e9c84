import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

export interface Loopback {
  readonly port: number
  readonly url: string
  stop(): Promise<void>
}

/** An HTTP server on a free port of 127.0.0.1. `stop` cuts what still hangs. */
export const serveHttp = (listener: RequestListener): Promise<Loopback> => listening(createHttpServer(listener))

/** The same for bare TCP. */
export const serveTcp = (listener: (socket: Socket) => void): Promise<Loopback> => listening(createServer(listener))

async function listening(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
