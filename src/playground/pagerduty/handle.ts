import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../loopback.ts'
import { type PdEvent, wrongWith } from './check.ts'
import type { Incidents, PdUser } from './incidents.ts'

/** `busy`: 429. `down`: 500, not taken. `after`: 500 although it was taken. `cut`: taken, and the connection breaks. `late`: taken, and no answer comes. */
export type Trouble = 'busy' | 'down' | 'after' | 'cut' | 'late'

interface Parts {
  readonly incidents: Incidents
  readonly users: readonly PdUser[]
  readonly apiToken: string | null
  readonly troubles: Trouble[]
  readonly accepted: Readonly<Record<string, unknown>>[]
  pages(): readonly object[]
}

const mostBytes = 512 * 1024

export function handler(parts: Parts): Answer {
  return (request, response) => {
    serve(parts, request, response).catch((failure: unknown) => {
      process.emitWarning(failure instanceof Error ? failure : String(failure))
      response.destroy()
    })
  }
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method === 'POST' && url.pathname === '/v2/enqueue') return enqueue(parts, request, response)
  if (request.method !== 'GET') return send(response, 404, { error: { message: 'Not Found', code: 2100 } })
  if (url.pathname === '/pages') return send(response, 200, { pages: parts.pages() })
  if (parts.apiToken === null || request.headers.authorization !== `Token token=${parts.apiToken}`)
    return send(response, 401, { error: { message: 'Unauthorized', code: 2006 } })
  if (url.pathname === '/incidents') {
    const key = url.searchParams.get('incident_key')
    const found = parts.incidents.all.filter((one) => one.key === key)
    const incidents = found.map(({ id, createdAt, status, title }) => ({ id, created_at: createdAt, status, title }))
    return send(response, 200, { incidents, limit: 25, offset: 0, more: false })
  }
  const user = parts.users.find(({ id }) => url.pathname === `/users/${id}`)
  if (user) return send(response, 200, { user: { ...user, type: 'user' } })
  return send(response, 404, { error: { message: 'Not Found', code: 2100 } })
}

async function enqueue(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await read(request)
  if (text === null) return send(response, 413, { status: 'invalid event', message: 'Payload too large' })
  const trouble = parts.troubles.shift()
  if (trouble === 'busy')
    return send(response, 429, {
      status: 'throttle exceeded',
      message: 'Requests for this service are arriving too quickly.  Please retry later.',
    })
  if (trouble === 'down') return send(response, 500, { status: 'error', message: 'Internal Server Error' })
  const event = jsonOf(text)
  const errors = event === undefined ? ['JSON is invalid'] : wrongWith(event)
  if (errors.length > 0)
    return send(response, 400, { status: 'invalid event', message: 'Event object is invalid', errors })
  const taken = event as PdEvent
  if (!parts.incidents.service(taken.routing_key))
    return send(response, 400, {
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: ['Invalid routing key'],
    })
  const { routing_key: _, ...rest } = taken
  parts.accepted.push(rest)
  const key = parts.incidents.take(taken)
  if (trouble === 'after') return send(response, 500, { status: 'error', message: 'Internal Server Error' })
  if (trouble === 'cut') return void request.socket.destroy()
  if (trouble === 'late') return
  send(response, 202, { status: 'success', message: 'Event processed', dedup_key: key })
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined
    throw failure
  }
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size <= mostBytes) chunks.push(chunk as Buffer)
  }
  return size > mostBytes ? null : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
