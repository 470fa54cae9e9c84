import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { act } from './act.ts'
import { pagePolicy, readAssets, securityHeaders } from './assets.ts'
import type { Company } from './company.ts'
import { isFromPage, isLocalHost } from './guard.ts'
import { Stream } from './stream.ts'

/** The page on which people play. */
export interface Page {
  /** Serves `/` and `/playground/…`; false for all else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  close(): void
}

const mostBytes = 100_000
const inline = new Set(['image/png', 'image/jpeg', 'image/gif'])

/** Opens the page of a company; `speed` hurries its tour. */
export function openPage(company: Company, speed: number): Page {
  const { slack, dingtalk } = company
  const assets = readAssets()
  const stream = new Stream(company, randomUUID(), speed)

  function get(path: string, request: IncomingMessage, response: ServerResponse): void {
    const asset = assets.get(path)
    if (asset) {
      response.writeHead(200, { ...securityHeaders, 'content-security-policy': pagePolicy, 'content-type': asset.type })
      response.end(request.method === 'HEAD' ? undefined : asset.bytes)
    } else if (path === '/playground/events' && isReader(request)) stream.open(response)
    else if (path.startsWith('/playground/files/') && isReader(request))
      sendFile(path.slice('/playground/files/'.length), response)
    else refuse(response, path.startsWith('/playground/files/') || path === '/playground/events' ? 403 : 404)
  }

  function sendFile(id: string, response: ServerResponse): void {
    const file = slack.files().find((one) => one.id === id) ?? uploaded(id)
    if (!file) return void refuse(response, 404)
    const isText = file.mimetype.startsWith('text/') || file.mimetype === 'application/json'
    const shown = isText ? 'text/plain; charset=utf-8' : inline.has(file.mimetype) ? file.mimetype : null
    response.writeHead(200, {
      ...securityHeaders,
      // Whatever somebody uploaded, it stays a file: it runs nothing and reaches nothing.
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': shown ?? 'application/octet-stream',
      'content-disposition': shown ? 'inline' : 'attachment',
      'content-length': file.bytes.length,
    })
    response.end(file.bytes)
  }

  /** What stands in DingTalk by its media id. */
  function uploaded(id: string): { readonly mimetype: string; readonly bytes: Buffer } | undefined {
    const media = dingtalk.media(decodeURIComponent(id))
    return media && { mimetype: media.type === 'image' ? 'image/png' : 'application/octet-stream', bytes: media.bytes }
  }

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromPage(request.headers)) return void refuse(response, 403)
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return void refuse(response, 415)
    const body = await readJson(request)
    if (body === undefined) return void refuse(response, 400)
    const told = await act(company, body)
    stream.tick()
    response.writeHead(told.status, { ...securityHeaders, 'content-type': 'application/json' })
    response.end(JSON.stringify(told.body))
  }

  return {
    handle(request, response) {
      const path = URL.parse(request.url ?? '', 'http://127.0.0.1')?.pathname
      if (path === undefined || (path !== '/' && !path.startsWith('/playground/'))) return false
      if (!isLocalHost(request.headers)) refuse(response, 421)
      else if (request.method === 'GET' || request.method === 'HEAD') get(path, request, response)
      else if (request.method === 'POST' && path === '/playground/act')
        post(request, response).catch((failure: unknown) => {
          process.emitWarning(failure instanceof Error ? failure : String(failure))
          if (!response.headersSent) refuse(response, 500)
        })
      else refuse(response, 405)
      return true
    },
    close: () => stream.close(),
  }
}

/** Streams and files are for the page alone, or for somebody who opens the address herself. */
const isReader = ({ headers }: IncomingMessage): boolean =>
  ['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined)

/** Undefined when it is too large, cut off or no JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > mostBytes) return undefined
    chunks.push(chunk as Buffer)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined
    throw failure
  }
}

const refuse = (response: ServerResponse, status: number): ServerResponse =>
  response.writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`)
