import type { ServerResponse } from 'node:http'
import type { Wire } from '../store/wire.ts'

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number
  readonly body: string | Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** A JSON answer. */
export function jsonReply(value: Wire, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  }
}

/** A plain text answer. */
export function textReply(status: number, body: string): Reply {
  return { status, body, headers: { 'content-type': 'text/plain' } }
}

/** Slack's 429. */
export function limitReply(seconds: number): Reply {
  return jsonReply({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }, 429)
}

/** Writes it. */
export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}
