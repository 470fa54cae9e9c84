import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

export interface ProxiedRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

/** What befalls a request. `cut-before`: it never reaches the server. `cut-after`: it takes effect, the answer is lost. */
export type Mishap =
  | 'cut-before'
  | 'cut-after'
  | 'hang'
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

/** A man in the middle who records and spoils, so that one suite can do the same to every API server. */
export interface Meddler {
  readonly url: string
  readonly requests: readonly ProxiedRequest[]
  /** The first rule that answers decides; returns its end. */
  spoil(rule: (request: ProxiedRequest) => Mishap | null): () => void
  /** Every connection is cut, and new ones are too, until `up`. */
  down(): void
  up(): void
  /** Cuts the watches that stand. */
  dropWatches(): void
  close(): Promise<void>
}

export async function startMeddler(upstream: string): Promise<Meddler> {
  const to = new URL(upstream)
  const client = to.protocol === 'http:' ? http : https
  const rules = new Set<(request: ProxiedRequest) => Mishap | null>()
  const requests: ProxiedRequest[] = []
  const sockets = new Set<Socket>()
  const watches = new Set<http.ServerResponse>()
  let isDown = false

  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const url = new URL(incoming.url ?? '/', upstream)
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body: body.toString(),
    }
    requests.push(request)
    const mishap = [...rules].map((rule) => rule(request)).find((each) => each !== null) ?? null
    if (mishap === 'hang') return
    if (mishap === 'cut-before') return void incoming.socket.destroy()
    if (mishap !== null && mishap !== 'cut-after') {
      outgoing.writeHead(mishap.status, { 'content-type': 'application/json', ...mishap.headers })
      return void outgoing.end(typeof mishap.body === 'string' ? mishap.body : JSON.stringify(mishap.body ?? {}))
    }
    const { host: _, connection: __, ...headers } = incoming.headers
    const forward = client.request(
      url,
      { method: request.method, headers, rejectUnauthorized: false, agent: false },
      (answer) => {
        if (mishap === 'cut-after') {
          answer.resume()
          answer.once('end', () => incoming.socket.destroy())
          return
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        outgoing.flushHeaders()
        answer.pipe(outgoing)
        answer.once('aborted', () => incoming.socket.destroy())
      },
    )
    if (url.searchParams.get('watch') === 'true') {
      watches.add(outgoing)
      outgoing.once('close', () => watches.delete(outgoing))
    }
    outgoing.once('close', () => forward.destroy())
    forward.once('error', () => incoming.socket.destroy())
    forward.end(body)
  })
  server.on('connection', (socket) => {
    if (isDown) return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    spoil(rule) {
      rules.add(rule)
      return () => rules.delete(rule)
    },
    down() {
      isDown = true
      for (const socket of sockets) socket.destroy()
    },
    up() {
      isDown = false
    },
    dropWatches() {
      for (const watch of watches) watch.destroy()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
