import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RouteHandler, RouteResponse } from '../ports/adapter.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { readBody } from './body.ts'
import { type ConsoleOptions, consoleRoutes } from './console/routes.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { listen } from './listen.ts'
import type { Metrics } from './metrics.ts'
import { plainAnswer, respond } from './respond.ts'
import { type Route, Routes, type WebRequest } from './routes.ts'

export interface WebOptions {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  readonly clock: Clock
  readonly log: Log
  readonly health: { ready(): Readiness }
  /** Shown at `/metrics`; the server adds its own. */
  readonly metrics: Metrics
  /** Without it there are no console pages. */
  readonly console?: ConsoleOptions
  /** What others of this room add: the release gate. */
  readonly routes?: readonly Route[]
  /** What no route knows; answers false when it does not either. Its connections are cut on close. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** WebSockets; answers false when it does not want this one. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean
  /** How long a whole request may take to arrive; then it is answered 408. */
  readonly requestTimeoutMs?: number
  /** How long running requests may take once the server closes; then they are aborted. */
  readonly closeGraceMs?: number
}

export interface Web {
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Adds an adapter's route. Throws TypeError when it is taken. */
  route(method: 'POST', path: string, handler: RouteHandler): void
  /** Accepts no more, lets running requests finish, cuts the rest. */
  close(): Promise<void>
}

const usualBodyLimitMiB = 1

/** The one HTTP server. Resolves when it listens; throws Fault when it cannot. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { clock, log, metrics } = options
  const requestTimeoutMs = options.requestTimeoutMs ?? 10_000
  const routes = new Routes()
  for (const route of healthRoutes(options.health, metrics)) routes.add(route)
  for (const route of options.routes ?? []) routes.add(route)
  if (options.console) for (const route of consoleRoutes(options.console)) routes.add(route)
  const answered = metrics.counter('astern_http_requests_total', 'HTTP requests answered.', [
    'route',
    'method',
    'status',
  ])
  const took = metrics.histogram(
    'astern_http_request_seconds',
    'From a request to the end of its answer.',
    [0.005, 0.025, 0.1, 0.5, 1, 3, 10],
    ['route'],
  )
  const running = new Set<Promise<void>>()
  const upgraded = new Set<Duplex>()
  const cut = new AbortController()
  let closing: Promise<void> | null = null

  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, requestTimeoutMs / 4),
    },
    (request, response) => {
      const done = serve(request, response).catch((fault) => log.error('http answer failed', {}, fault))
      running.add(done)
      void done.then(() => running.delete(done))
    },
  )

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = clock.monotonicMs()
    const url = URL.parse(request.url ?? '', 'http://astern.invalid')
    const method = request.method ?? ''
    const match = url ? routes.match(method, url.pathname) : null
    if (match?.found === 'nothing' && options.fallback?.(request, response)) return
    const route = match?.found === 'route' ? match.route.path : match?.found === 'other-method' ? match.path : 'none'
    const answer =
      match?.found === 'route' && url
        ? await handled(request, response, match.route, {
            path: url.pathname,
            id: match.id,
            query: url.searchParams,
          })
        : match?.found === 'other-method'
          ? plainAnswer(405, `${method} is not allowed here.`, { allow: match.allow })
          : plainAnswer(match ? 404 : 400, match ? 'There is nothing here.' : 'This is no address.')
    if (!answer) return
    if (closing) response.setHeader('connection', 'close')
    await respond(response, answer)
    answered.add(1, { route, method, status: response.statusCode })
    took.observe((clock.monotonicMs() - startedMs) / 1000, { route })
  }

  /** Null when nobody is there to answer. */
  async function handled(
    request: IncomingMessage,
    response: ServerResponse,
    { handler, bodyLimitMiB = usualBodyLimitMiB }: Route,
    where: Pick<WebRequest, 'path' | 'id' | 'query'>,
  ): Promise<RouteResponse | null> {
    const body = await readBody(request, bodyLimitMiB * 1024 * 1024)
    if (body === 'cut') return null
    if (body === 'too-large') return plainAnswer(413, `At most ${bodyLimitMiB} MiB.`)
    const left = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
    })
    const { signal } = left
    const stop = () => left.abort()
    if (cut.signal.aborted) stop()
    else cut.signal.addEventListener('abort', stop, { once: true })
    try {
      return await handler({ ...where, headers: headersOf(request), body, signal })
    } catch (fault) {
      log.error('http route failed', { path: where.path }, fault)
      return plainAnswer(500, 'That failed. It was not accepted; trying again is safe.')
    } finally {
      cut.signal.removeEventListener('abort', stop)
    }
  }

  const { upgrade } = options
  if (upgrade)
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket)
      socket.once('close', () => upgraded.delete(socket))
      socket.on('error', () => socket.destroy())
      if (!upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
    })

  async function shut(): Promise<void> {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
    const finished = new AbortController()
    const allDone = async () => {
      while (running.size > 0) await Promise.all(running)
      finished.abort()
    }
    const over = clock.sleep(options.closeGraceMs ?? 5000, finished.signal)
    await Promise.race([allDone(), Promise.allSettled([over])])
    cut.abort()
    for (const socket of upgraded) socket.destroy()
    server.closeAllConnections()
    await stopped
  }

  const address = await listen(server, options.host, options.port)
  return {
    ...address,
    route: (method, path, handler) => routes.add({ method, path, handler }),
    close: () => {
      closing ??= shut()
      return closing
    },
  }
}

const headersOf = (request: IncomingMessage): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
