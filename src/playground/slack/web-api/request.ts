import type { IncomingMessage } from 'node:http'
import { isWire, Refusal, type Wire } from '../store/wire.ts'

const mostBytes = 64 * 1024 * 1024

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > mostBytes) throw new Refusal('request_too_large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** The arguments of a request. */
export interface Parsed {
  readonly args: Wire
  readonly isJson: boolean
  readonly warnings: readonly string[]
}

/** Reads arguments from query, form or JSON body. Refuses with Slack's codes for what it cannot read. */
export function parseArguments(request: IncomingMessage, url: URL, body: Buffer): Parsed {
  const query = Object.fromEntries(url.searchParams)
  const declared = request.headers['content-type']
  if (request.method === 'GET' || body.length === 0) return { args: query, isJson: false, warnings: [] }
  if (declared === undefined) throw new Refusal('missing_post_type')
  const [kind = ''] = declared.split(';')
  const type = kind.trim().toLowerCase()
  if (type === 'application/json') {
    const warnings = /charset=/i.test(declared) ? [] : ['missing_charset']
    return { args: { ...query, ...parseJson(body) }, isJson: true, warnings }
  }
  if (type === 'application/x-www-form-urlencoded') {
    const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
    return { args: { ...query, ...form }, isJson: false, warnings: [] }
  }
  throw new Refusal('invalid_post_type')
}

function parseJson(body: Buffer): Wire {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new Refusal('invalid_json', { cause: String(cause) })
  }
  if (!isWire(value)) throw new Refusal('json_not_object')
  return value
}
