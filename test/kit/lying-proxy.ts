import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { serveHttp } from './loopback.ts'

/** One misfortune of a request. They combine: wait, then cut, or answer otherwise. */
export interface ProxyFault {
  readonly delayMs?: number
  /** Cut before it is handed on, or after, without the answer. */
  readonly reset?: 'before' | 'after'
  /** Answer this and hand nothing on. */
  readonly answer?: {
    readonly code: number
    readonly body: string
    readonly contentType?: string
    readonly headers?: Readonly<Record<string, string>>
  }
  readonly halfBody?: true
  readonly silence?: true
}

export interface ProxiedRequest {
  readonly path: string
  readonly body: string
}

/** Hands requests on to a server, and spoils those that a rule names. */
export interface LyingProxy {
  readonly url: string
  /** Every request there was, oldest first. */
  readonly requests: readonly ProxiedRequest[]
  /** The first rule that answers decides. Returns its end. */
  inject(rule: (request: ProxiedRequest) => ProxyFault | undefined): () => void
  stop(): Promise<void>
}

export async function lyingProxy(target: string): Promise<LyingProxy> {
  const rules = new Set<(request: ProxiedRequest) => ProxyFault | undefined>()
  const requests: ProxiedRequest[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const asked = { path: request.url ?? '/', body: await text(request) }
    requests.push(asked)
    const fault = [...rules].map((rule) => rule(asked)).find((found) => found !== undefined) ?? {}
    if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref())
    if (fault.reset === 'before') return request.socket.destroy()
    if (fault.answer) {
      const { code, body, contentType = 'application/json', headers } = fault.answer
      return response.writeHead(code, { 'content-type': contentType, ...headers }).end(body)
    }
    const { method = 'GET', headers } = request
    const init = {
      method,
      headers: { 'content-type': headers['content-type'] ?? 'text/plain' },
      ...(method !== 'GET' && { body: asked.body }),
    }
    const answer = await fetch(target + asked.path, init)
    const body = Buffer.from(await answer.arrayBuffer())
    if (fault.silence) return null
    if (fault.reset === 'after') return request.socket.destroy()
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      'content-length': body.length,
    })
    if (!fault.halfBody) return response.end(body)
    return response.write(body.subarray(0, body.length / 2), () => request.socket.destroy())
  }
  const server = await serveHttp((request, response) => {
    // Who asked has gone, or what is asked: the connection says so.
    handle(request, response).catch(() => request.socket.destroy())
  })
  return {
    url: server.url,
    requests,
    inject(rule) {
      rules.add(rule)
      return () => void rules.delete(rule)
    },
    stop: () => server.stop(),
  }
}
