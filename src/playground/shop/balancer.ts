import { Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { loopback } from '../loopback.ts'
import { Exporter, expositionType } from './exporter.ts'
import { Meter } from './meter.ts'

/** One service in one region as the outside sees it. */
export interface Balancer {
  readonly url: string
  readonly meter: Meter
  /** A pod that gets its share from now on; returns how to take it out again. */
  add(port: number): () => void
  readonly ready: number
  close(): Promise<void>
}

/** Longer than this nobody waits at a till. */
const patienceMs = 2000

/**
 * Spreads requests over the ready pods and measures the answers; `/healthz` is not measured. `/metrics` shows what was measured,
 * with these labels.
 */
export async function startBalancer(nowMs: () => number, labels: Readonly<Record<string, string>>): Promise<Balancer> {
  const ports: number[] = []
  const meter = new Meter(nowMs)
  const exporter = new Exporter(labels)
  // Each request goes its own way: a kept connection may end at a pod that is just going.
  const agent = new Agent({ keepAlive: false, maxSockets: 256 })
  let turn = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/metrics')
      return void response.writeHead(200, { 'content-type': expositionType }).end(exporter.text())
    const startedMs = nowMs()
    const port = ports[turn++ % Math.max(1, ports.length)]
    const status = port === undefined ? refuse(response, 503, 'no pod is ready') : await pass(port, request, response)
    if (request.url === '/healthz') return
    const tookMs = nowMs() - startedMs
    meter.record(status, tookMs)
    exporter.record(status, tookMs)
  }

  function pass(port: number, request: IncomingMessage, response: ServerResponse): Promise<number> {
    return new Promise((resolve) => {
      const { method, url: path } = request
      const onward = ask({ agent, host: '127.0.0.1', port, method, path })
      response.once('close', () => {
        if (!response.writableFinished) onward.destroy()
      })
      const end = (status: number, why: string): void => {
        clearTimeout(timer)
        onward.destroy()
        resolve(refuse(response, status, why))
      }
      const timer = setTimeout(() => end(504, 'the pod did not answer in time'), patienceMs)
      onward.on('response', (answered) => {
        clearTimeout(timer)
        const status = answered.statusCode ?? 502
        response.writeHead(status, { 'content-type': answered.headers['content-type'] ?? 'text/plain' })
        answered.pipe(response)
        answered.on('error', () => response.destroy())
        resolve(status)
      })
      onward.on('error', () => end(502, 'the pod hung up'))
      request.pipe(onward)
    })
  }

  const server = await loopback((request, response) => void answer(request, response))
  return {
    url: server.url,
    meter,
    add(port) {
      ports.push(port)
      return () => {
        const at = ports.indexOf(port)
        if (at >= 0) ports.splice(at, 1)
      }
    },
    get ready() {
      return ports.length
    },
    close: async () => {
      agent.destroy()
      await server.close()
    },
  }
}

function refuse(response: ServerResponse, status: number, why: string): number {
  if (!response.headersSent && !response.destroyed)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: why }))
  return status
}
