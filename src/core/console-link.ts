import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs the path of one console page, so that a link to it opens that page and no other. Base64url HMAC-SHA256 (RFC 2104). */
function signature(path: string, key: ConsoleKey): string {
  if (key.length < shortestKeyLength) throw new TypeError(`a console key has at least ${shortestKeyLength} characters`)
  return createHmac('sha256', key).update(`astern console link 1\n${path}`).digest('base64url')
}

/** Whoever knows it can open every page: kept like a password. */
export type ConsoleKey = string | Uint8Array

const shortestKeyLength = 32

/**
 * The link to a console page: `/incidents/INC-7#e123` becomes `/incidents/INC-7?k=…#e123`. Whoever has the link may read the
 * page. The fragment is a place in the page and not part of what is signed.
 */
export function consoleLink(page: string, key: ConsoleKey): string {
  const [path = '', place] = page.split('#', 2)
  return `${path}?k=${signature(path, key)}${place === undefined ? '' : `#${place}`}`
}

/** Whether `k` opens the page at `path`, compared in constant time. */
export function opensPage(path: string, k: string | null, key: ConsoleKey): boolean {
  const given = Buffer.from(k ?? '')
  const right = Buffer.from(signature(path, key))
  return given.length === right.length && timingSafeEqual(given, right)
}
