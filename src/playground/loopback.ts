import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server on 127.0.0.1, on a port that was free. */
export interface Loopback {
  readonly port: number
  /** Without a slash at its end. */
  readonly url: string
  /** Accepts no more, lets running answers finish for so long, then cuts them. */
  close(graceMs?: number): Promise<void>
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Listens; `port` 0 takes any free one. */
export async function loopback(answer: Answer, port = 0): Promise<Loopback> {
  const server = createServer(answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}`,
    close: async (graceMs = 0) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(cut)
    },
  }
}
