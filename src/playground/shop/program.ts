import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Loopback, loopback } from '../loopback.ts'
import { brokenRegion, type Kind, type Region, type Service } from './catalogue.ts'
import { Exporter, expositionType } from './exporter.ts'

export interface ProgramOptions {
  readonly service: Service
  readonly version: string
  readonly kind: Kind
  readonly region: Region
  readonly random: () => number
  /** How long after it got ready its fault shows. */
  readonly faultAfterMs: number
  /** Asks another service of the region for what this one needs; answers with the status. */
  readonly ask: (service: string) => Promise<number>
  readonly log: (line: string) => void
}

const faultShare = 0.4
const crowdWindowMs = 3000
const idleMs = 60
const perNeighbourMs = 400

/** What runs in a pod: a real HTTP server that does well or badly as its image has it. */
export class Program {
  private readonly options: ProgramOptions
  private readonly exporter: Exporter
  private server: Loopback | undefined
  private startedAt = 0
  private arrivals: number[] = []
  private queue: Promise<void> = Promise.resolve()

  constructor(options: ProgramOptions) {
    this.options = options
    const { service, region, version } = options
    this.exporter = new Exporter({ service: service.name, region, version })
  }

  get port(): number {
    return this.server?.port ?? 0
  }

  /** Listens. A program that crashes never comes so far. */
  async start(): Promise<void> {
    this.server = await loopback((request, response) => {
      this.route(request, response).catch((failure: unknown) => {
        this.options.log(`ERROR ${failure instanceof Error ? failure.message : String(failure)}`)
        answer(response, 500, { error: 'internal' })
      })
    })
    this.startedAt = performance.now()
    this.options.log(`INFO listening, version ${this.options.version}, region ${this.options.region}`)
  }

  async stop(graceMs: number): Promise<void> {
    this.options.log('INFO shutting down')
    await this.server?.close(graceMs)
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { service, kind, log } = this.options
    if (pathname === '/readyz') {
      if (kind !== 'unready') return answer(response, 200, { ready: true })
      log('WARN not ready: price cache holds 0 of 4096 entries')
      return answer(response, 503, { ready: false, why: 'price cache holds 0 of 4096 entries' })
    }
    if (pathname === '/healthz') {
      await this.work(response)
      return this.isBroken
        ? answer(response, 503, { status: 'broken', why: this.fault })
        : answer(response, 200, { status: 'ok' })
    }
    if (pathname === '/metrics')
      return void response.writeHead(200, { 'content-type': expositionType }).end(this.exporter.text())
    if (pathname !== service.path || request.method !== service.method)
      return answer(response, 404, { error: 'not found' })
    const arrivedAt = performance.now()
    response.once('finish', () => this.exporter.record(response.statusCode, performance.now() - arrivedAt))
    await this.work(response)
    if (this.isBroken && this.options.random() < faultShare) {
      log(`ERROR ${service.method} ${service.path} 500 ${this.fault}`)
      return answer(response, 500, { error: 'internal' })
    }
    if (service.needs !== undefined) {
      const status = await this.options.ask(service.needs)
      if (status >= 500) {
        log(`ERROR ${service.method} ${service.path} 502 ${service.needs} answered ${status}`)
        return answer(response, 502, { error: `${service.needs} answered ${status}` })
      }
    }
    answer(response, 200, { version: this.options.version })
  }

  private get isBroken(): boolean {
    const { kind, region, faultAfterMs } = this.options
    if (kind !== 'errors' && (kind !== 'region' || region !== brokenRegion)) return false
    return performance.now() - this.startedAt >= faultAfterMs
  }

  private get fault(): string {
    return this.options.kind === 'region'
      ? `no tax table for region ${this.options.region}`
      : 'column "loyalty_tier" of relation "orders" does not exist'
  }

  /** Takes its time. The slow one serves one request after the other, each the longer the more came of late. */
  private async work(response: ServerResponse): Promise<void> {
    if (this.options.kind !== 'slow') return pause(4 + this.options.random() * 26)
    const now = performance.now()
    this.arrivals = [...this.arrivals.filter((at) => at > now - crowdWindowMs), now]
    const tookMs = idleMs + perNeighbourMs * (this.arrivals.length - 1)
    const turn = this.queue.then(() => (response.destroyed ? undefined : pause(tookMs)))
    this.queue = turn
    await turn
    if (tookMs > 1000)
      this.options.log(`WARN request took ${Math.round(performance.now() - now)} ms: waited for the lock on "carts"`)
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

function answer(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}
