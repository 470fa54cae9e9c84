import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RouteHandler } from '../../../src/ports/adapter.ts'

/** A bare HTTP server for the adapter's routes, as the one of the bot hands them the raw body. */
export async function serveRoutes(): Promise<{
  readonly url: string
  use(routes: ReadonlyMap<string, RouteHandler>): void
  close(): Promise<void>
}> {
  let routes: ReadonlyMap<string, RouteHandler> = new Map()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const handler = routes.get(request.url ?? '')
    if (!handler) return response.writeHead(404).end()
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join() : value]),
    )
    const signal = new AbortController().signal
    const answer = await handler({ headers, body: Buffer.concat(chunks), signal })
    return response.writeHead(answer.status, answer.headers ?? {}).end(answer.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    use(next) {
      routes = next
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
