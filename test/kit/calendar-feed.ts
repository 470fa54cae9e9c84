import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { type Loopback, serveHttp } from './loopback.ts'

/** What the server does instead of serving its calendar. */
export type Trouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | 'hangs'
  | 'half'
  | 'drips'
  | 'huge'
  | 'sign-in'
  | 'cut'

/** A strict server of one calendar behind a secret path: 404 anywhere else, 405 for other methods, validators that it keeps to. */
export interface CalendarFeed {
  /** The secret address. */
  readonly url: string
  readonly host: string
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders; readonly status: number }[]
  show(text: string, how?: { readonly type?: string; readonly validators?: 'etag' | 'modified' | 'none' }): void
  trouble(trouble: Trouble | null): void
  stop(): Promise<void>
}

export const secretPath = '/calendars/hush-3f9a/basic.ics'

export async function startCalendarFeed(): Promise<CalendarFeed> {
  const asked: { path: string; headers: IncomingHttpHeaders; status: number }[] = []
  let shown = {
    text: '',
    type: 'text/calendar; charset=utf-8',
    validators: 'etag' as 'etag' | 'modified' | 'none',
    at: 0,
  }
  let trouble: Trouble | null = null
  const server: Loopback = await serveHttp((request, response) => {
    const path = request.url ?? ''
    const told: Told = (status, headers = {}, body = '') => {
      asked.push({ path, headers: request.headers, status })
      response.writeHead(status, headers).end(body)
    }
    if (path !== secretPath) told(404)
    else if (request.method !== 'GET') told(405, { allow: 'GET' })
    else if (trouble !== null) troubled(trouble, response, shown.text, told)
    else serve(request.headers, told)
  })
  function serve(asks: IncomingHttpHeaders, told: Told): void {
    const { text, type, validators, at } = shown
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
    const modified = new Date(Date.UTC(2026, 0, 1) + at * 1000).toUTCString()
    const same =
      validators === 'etag'
        ? asks['if-none-match'] === etag
        : validators === 'modified' && asks['if-modified-since'] === modified
    const headers = validators === 'none' ? {} : validators === 'etag' ? { etag } : { 'last-modified': modified }
    if (same) told(304, headers)
    else told(200, { 'content-type': type, ...headers }, text)
  }
  return {
    url: server.url + secretPath,
    host: `127.0.0.1:${server.port}`,
    asked,
    show(text, { type = 'text/calendar; charset=utf-8', validators = 'etag' } = {}) {
      shown = { text, type, validators, at: shown.at + 1 }
    },
    trouble(other) {
      trouble = other
    },
    stop: () => server.stop(),
  }
}

type Told = (status: number, headers?: Readonly<Record<string, string>>, body?: string) => void

function troubled(trouble: Trouble, response: ServerResponse, text: string, told: Told): void {
  const type = { 'content-type': 'text/calendar' }
  if (typeof trouble === 'object') told(trouble.status, trouble.headers)
  else if (trouble === 'drips') response.writeHead(200, type).write(text.slice(0, 20))
  else if (trouble === 'sign-in') told(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>')
  else if (trouble === 'cut') told(200, type, text.slice(0, text.indexOf('END:VCALENDAR')))
  else if (trouble === 'half') {
    response.writeHead(200, { ...type, 'content-length': text.length })
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy())
  } else if (trouble === 'huge') pour(response.writeHead(200, type))
}

/** Never ends; stops when nobody takes it any more. */
function pour(response: ServerResponse): void {
  const chunk = `X-FILLER:${'x'.repeat(65_000)}\r\n`
  while (!response.destroyed && response.write(chunk));
  if (!response.destroyed) response.once('drain', () => pour(response))
}
