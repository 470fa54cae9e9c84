import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { StatusError, unsupportedAccept } from '../status-error.ts'
import { authenticate, authorize, type Token } from './auth.ts'
import type { Certificate } from './certificate.ts'
import { discoveryAt, isServed } from './discovery.ts'
import { type Fault, Faults, type RequestRecord } from './faults.ts'
import { type Answer, type Backend, handle, managerOf } from './handle.ts'
import { openApiAt } from './openapi.ts'
import { route } from './route.ts'

const health = new Set(['/readyz', '/healthz', '/livez'])
const maxTrail = 100_000

/** The HTTP half: who asks, may they, what went wrong on purpose, what was answered. */
export class WireServer {
  readonly faults = new Faults()
  private readonly backend: Backend
  private readonly tokens: ReadonlyMap<string, Token>
  private readonly now: () => number
  private readonly certificate: Certificate | undefined
  private readonly trail: RequestRecord[] = []
  private server: Server | undefined
  private port = 0
  private held: Promise<void> | undefined
  private release: (() => void) | undefined

  constructor(backend: Backend, tokens: readonly Token[], now: () => number, certificate?: Certificate) {
    this.certificate = certificate
    this.backend = backend
    this.tokens = new Map(tokens.map((token) => [token.token, token]))
    this.now = now
  }

  get url(): string {
    return `${this.certificate === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`
  }

  /** Requests so far, oldest first; the last 100,000. */
  requests(): RequestRecord[] {
    return this.trail.map((each) => ({ ...each }))
  }

  async listen(port: number): Promise<void> {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.respond(request, response).catch((failure: unknown) => this.broken(response, failure))
    }
    const server = this.certificate === undefined ? createServer(answer) : createTlsServer(this.certificate, answer)
    server.keepAliveTimeout = 60_000
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.server = server
    this.port = (server.address() as AddressInfo).port
  }

  /** Refuses connections, or accepts them and says nothing, until `resume`. Open connections are cut. */
  async pause(how: 'refuse' | 'hang'): Promise<void> {
    if (how === 'hang') {
      this.held = new Promise((resolve) => {
        this.release = resolve
      })
      this.server?.closeAllConnections()
    } else await this.close()
  }

  async resume(): Promise<void> {
    this.release?.()
    this.held = undefined
    if (this.server === undefined) await this.listen(this.port)
  }

  async close(): Promise<void> {
    const server = this.server
    if (server === undefined) return
    this.server = undefined
    this.release?.()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  private broken(response: ServerResponse, failure: unknown): void {
    if (response.destroyed) return
    const status = new StatusError(
      500,
      'InternalError',
      `Internal error occurred: ${failure instanceof Error ? failure.message : String(failure)}`,
    )
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(status.toStatus()))
  }

  private record(request: IncomingMessage, url: URL): RequestRecord {
    const record: RequestRecord = {
      at: this.now(),
      method: request.method ?? '',
      path: url.pathname,
      verb: '',
      user: '',
      fieldManager: url.searchParams.get('fieldManager') ?? managerOf(request.headers['user-agent'] ?? ''),
      group: '',
      resource: '',
      subresource: '',
      namespace: '',
      name: '',
      dryRun: url.searchParams.get('dryRun') === 'All',
      userAgent: request.headers['user-agent'] ?? '',
      code: 0,
    }
    this.trail.push(record)
    if (this.trail.length > maxTrail * 1.1) this.trail.splice(0, this.trail.length - maxTrail)
    return record
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.held !== undefined) await this.held
    const url = new URL(request.url ?? '/', this.url)
    const record = this.record(request, url)
    const token = this.tokens.get(/^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (token !== undefined) record.user = token.user
    this.fillRoute(record, request, url)
    const fault = this.faults.for(record)
    if (fault.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    if (fault.reset === 'before') {
      request.socket.destroy()
      return
    }
    if (fault.answer !== undefined) {
      const { code, body, contentType, headers } = fault.answer
      record.code = code
      response.writeHead(code, { 'content-type': contentType ?? 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
      return
    }
    const answer = await this.answer(request, response, url, record)
    record.code = answer?.code ?? 200
    if (answer !== undefined && fault.silence !== true) this.send(request, response, answer, fault)
  }

  private fillRoute(record: RequestRecord, request: IncomingMessage, url: URL): void {
    try {
      const found = route(request.method ?? '', url.pathname, url.searchParams)
      record.verb = found.verb
      record.group = found.resource.group
      record.resource = found.resource.plural
      record.subresource = found.subresource
      record.namespace = found.namespace ?? ''
      record.name = found.name
    } catch (failure) {
      if (!(failure instanceof StatusError)) throw failure
    }
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    record: RequestRecord,
  ): Promise<Answer | undefined> {
    const plain = (code: number, body: Answer['body']): Answer => ({ code, body, warnings: [] })
    try {
      const path = url.pathname
      if (health.has(path) || [...health].some((each) => path.startsWith(`${each}/`))) return plain(200, 'ok')
      if (path === '/version') return plain(200, discoveryAt(path, url.host) ?? {})
      const token = authenticate(this.tokens, request.headers)
      const accept = request.headers.accept ?? '*/*'
      if (!/json|\*\/\*|text\/plain|application\/\*/.test(accept)) throw unsupportedAccept()
      const document = request.method === 'GET' ? (discoveryAt(path, url.host) ?? openApiAt(path)) : undefined
      if (document !== undefined) return plain(200, document)
      if (!isServed(path)) return plain(404, '404 page not found\n')
      const found = route(request.method ?? '', path, url.searchParams)
      const { verb, resource, namespace, name, subresource } = found
      const whole = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`
      authorize(token, { verb, group: resource.group, resource: whole, namespace, name }, resource)
      record.user = token.user
      return await handle(this.backend, found, token, request, response, url.searchParams)
    } catch (failure) {
      if (!(failure instanceof StatusError)) throw failure
      return plain(failure.code, failure.toStatus())
    }
  }

  private send(request: IncomingMessage, response: ServerResponse, answer: Answer, fault: Fault): void {
    if (fault.reset === 'after') {
      request.socket.destroy()
      return
    }
    const text = typeof answer.body === 'string' ? answer.body : `${JSON.stringify(answer.body)}\n`
    const type =
      fault.contentType ??
      (typeof answer.body !== 'string'
        ? 'application/json'
        : answer.code === 404
          ? 'text/plain; charset=utf-8'
          : 'text/plain')
    const bytes = Buffer.from(text)
    response.writeHead(answer.code, {
      'content-type': type,
      'content-length': bytes.length,
      'cache-control': 'no-cache, private',
      ...(answer.warnings.length > 0
        ? { warning: answer.warnings.map((each) => `299 - ${JSON.stringify(each)}`).join(', ') }
        : {}),
      ...(answer.code === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    })
    if (fault.halfBody === true) {
      response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy())
      return
    }
    response.end(bytes)
  }
}
