import type { IncomingHttpHeaders } from 'node:http'

const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/** Only this machine's own names: keeps other sites from reaching the page under a name of theirs (DNS rebinding). */
export const isLocalHost = ({ host }: IncomingHttpHeaders): boolean => local.test(host ?? '')

/**
 * Whether a request comes from the page itself: another site's page can send requests here but cannot say that it is this one.
 * https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header
 */
export function isFromPage(headers: IncomingHttpHeaders): boolean {
  if (!isLocalHost(headers)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return headers.origin === undefined ? site === 'same-origin' : headers.origin === `http://${headers.host}`
}
