import type { RouteHandler } from '../../../src/ports/adapter.ts'
import { type Loopback, serveHttp } from '../loopback.ts'

export interface Routes extends Loopback {
  route(method: 'POST', path: string, handler: RouteHandler): void
}

/** What an adapter's routes are served by: raw bodies, and 500 where a handler throws. */
export async function serveRoutes(): Promise<Routes> {
  const handlers = new Map<string, RouteHandler>()
  const signal = new AbortController().signal
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const handler = handlers.get(request.url ?? '')
      if (!handler) return void response.writeHead(404).end()
      const headers = request.headers as Readonly<Record<string, string | undefined>>
      handler({ headers, body: Buffer.concat(chunks), signal }).then(
        ({ status, body }) => response.writeHead(status).end(body),
        () => response.writeHead(500).end(),
      )
    })
  })
  return { ...server, route: (_method, path, handler) => void handlers.set(path, handler) }
}
