import type { ServerResponse } from 'node:http'
import type { RouteResponse } from '../ports/adapter.ts'

/** On every answer of this server's own. Pages bring a content security policy that lets their style in. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // A console link is its own key: it must not reach the sites that a page links to.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
}

/** Sends an answer; resolves when it has left, or can no longer leave. Of an answer to HEAD Node sends the head alone. */
export async function respond(response: ServerResponse, answer: RouteResponse): Promise<void> {
  if (response.destroyed) return
  const { promise, resolve } = Promise.withResolvers<void>()
  response.once('close', resolve)
  response.once('finish', resolve)
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, {
    ...securityHeaders,
    ...(body.length > 0 && { 'content-type': 'text/plain; charset=utf-8' }),
    ...lowerCased(answer.headers ?? {}),
    // RFC 9110 §8.6: never with 204, and with 304 only what 200 would have had.
    ...(answer.status !== 204 && answer.status !== 304 && { 'content-length': body.length }),
  })
  response.end(body)
  await promise
}

/** A short answer in plain words. */
export const plainAnswer = (
  status: number,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): RouteResponse => ({
  status,
  headers,
  body: `${line}\n`,
})

/** So that an adapter's `Content-Type` replaces ours and does not stand beside it. */
const lowerCased = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
