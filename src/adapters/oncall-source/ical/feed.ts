import { Fault } from '../../../core/fault.ts'
import type { Platform } from '../../../ports/adapter.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import type { IcalConfig } from './config.ts'
import { fault, refused, unreachable } from './faults.ts'

/** More than any rotation needs; a calendar that is kept for years without being cleaned up has two or three. */
const longestBody = 10 * 2 ** 20
const mostRedirects = 5

/** What was got last, so that an unchanged calendar need not be sent again. */
interface Kept {
  readonly body: Uint8Array
  readonly etag: string | null
  readonly modified: string | null
}

/** The bytes of a calendar behind a secret address. */
export class Feed {
  readonly #config: IcalConfig
  readonly #platform: Platform
  #kept: Kept | null = null

  constructor(config: IcalConfig, platform: Platform) {
    this.#config = config
    this.#platform = platform
  }

  /** What people may know of the address. */
  get host(): string {
    return this.#address()?.host ?? '?'
  }

  /** The whole body as it is now. Fault `calendar.…`. */
  async get(outer: AbortSignal): Promise<Uint8Array> {
    const { clock } = this.#platform
    const address = this.#address()
    if (!address) throw fault('calendar.bad-address', 'no', '?')
    try {
      return await withDeadline(clock, this.#config.timeout, outer, (signal) => this.#follow(address, signal))
    } catch (cause) {
      outer.throwIfAborted()
      throw cause instanceof Fault ? cause : unreachable(address.host, cause)
    }
  }

  async #follow(address: URL, signal: AbortSignal): Promise<Uint8Array> {
    let at = address
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await this.#platform.fetch(at, { headers: this.#headers(), redirect: 'manual', signal })
      if (response.status === 304 && this.#kept) return this.#kept.body
      if (response.status === 200) return this.#keep(response, address.host)
      await response.body?.cancel()
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) throw refused(address.host, response)
      const next = URL.parse(location, at)
      if (!next || !this.#mayGoTo(next, address)) throw fault('calendar.redirected', 'no', address.host)
      at = next
    }
    throw fault('calendar.redirected', 'no', address.host)
  }

  #headers(): Record<string, string> {
    const { etag, modified } = this.#kept ?? {}
    return {
      accept: 'text/calendar, */*;q=0.5',
      'user-agent': 'astern',
      ...(etag ? { 'if-none-match': etag } : {}),
      ...(modified && !etag ? { 'if-modified-since': modified } : {}),
    }
  }

  async #keep(response: Response, host: string): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > longestBody) throw fault('calendar.too-large', 'no', host)
      chunks.push(chunk)
    }
    const { headers } = response
    const body = new Uint8Array(Buffer.concat(chunks))
    const [etag, modified] = [headers.get('etag'), headers.get('last-modified')]
    this.#kept = etag !== null || modified !== null ? { body, etag, modified } : null
    return body
  }

  /** Only to hosts that the configuration names, and never to one without TLS where it does not allow that. */
  #mayGoTo(next: URL, address: URL): boolean {
    const { hosts, plainHttp } = this.#config
    if (next.protocol !== 'https:' && !(plainHttp && next.protocol === 'http:')) return false
    return next.host === address.host || hosts.includes(next.host)
  }

  #address(): URL | null {
    const url = URL.parse(
      this.#config.url
        .reveal()
        .trim()
        .replace(/^webcals?:/i, 'https:'),
    )
    if (!url || (url.protocol !== 'https:' && !(this.#config.plainHttp && url.protocol === 'http:'))) return null
    return url.username === '' && url.password === '' ? url : null
  }
}
