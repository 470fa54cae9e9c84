import type { Platform } from '../../../ports/adapter.ts'
import { type Authorization, authorize } from './authorize.ts'
import { Bounded } from './bounded.ts'
import type { OciConfig } from './config.ts'
import { apiHost } from './reference.ts'
import { accept } from './wire.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Cut off after four mebibytes, the size of manifest that every registry takes. */
  readonly body: string
}

/** One repository of one registry. */
export interface Repository {
  /** `path` within the repository, for example `manifests/latest`. Rejects when no answer comes. */
  ask(method: 'HEAD' | 'GET', path: string, signal: AbortSignal): Promise<Answer>
}

const longestBody = 4 * 2 ** 20

/** Calls of the OCI distribution protocol, version 1.1 (https://github.com/opencontainers/distribution-spec/blob/main/spec.md). */
export function distribution(config: OciConfig, { clock, fetch }: Platform) {
  const authorizations = new Bounded<{ readonly header: string; readonly untilMs: number }>(200)
  return (host: string, repository: string): Repository => {
    const account = config[host]
    const key = `${host}/${repository}`
    const root = `${account?.plainHttp ? 'http' : 'https'}://${apiHost(host)}/v2/${repository}`
    const keep = ({ header, livesMs }: Authorization) => {
      authorizations.set(key, { header, untilMs: clock.monotonicMs() + livesMs })
      return header
    }
    const send = (method: string, path: string, authorization: string | undefined, signal: AbortSignal) =>
      fetch(`${root}/${path}`, {
        method,
        signal,
        // A blob that is sent from elsewhere is there; a manifest is worth the way.
        redirect: path.startsWith('blobs/') ? 'manual' : 'follow',
        headers: { accept, 'user-agent': 'astern', ...(authorization === undefined ? {} : { authorization }) },
      })
    return {
      async ask(method, path, signal) {
        const known = authorizations.get(key)
        const header = known && known.untilMs > clock.monotonicMs() ? known.header : undefined
        const first = await send(method, path, header, signal)
        if (first.status !== 401) return answerOf(first)
        await first.body?.cancel()
        const challenge = first.headers.get('www-authenticate') ?? ''
        const given = await authorize(challenge, { repository, account, fetch, signal })
        if (typeof given === 'number') return { status: given, headers: new Headers(), body: '' }
        return answerOf(await send(method, path, keep(given), signal))
      },
    }
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response
  // What a blob holds is nobody's business here.
  if (response.ok && headers.get('content-type')?.includes('octet-stream')) {
    await response.body?.cancel()
    return { status, headers, body: '' }
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > longestBody) break
  }
  return { status, headers, body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(chunks)) }
}
