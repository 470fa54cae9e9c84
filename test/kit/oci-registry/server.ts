import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Loopback, serveHttp } from '../loopback.ts'

export interface RegistryOptions {
  /** Who may pull and push, as `user:password`; nobody else. */
  readonly account?: string
  /** How an account is asked for. `token`: Bearer, from `/token`; writing goes by Basic then too. */
  readonly challenge?: 'basic' | 'token'
  /** Sends blobs from elsewhere. */
  readonly redirectBlobs?: boolean
}

interface Stored {
  readonly bytes: Buffer
  readonly type: string
}

export interface OciRegistry extends Loopback {
  /** `127.0.0.1:port`: how images name it. */
  readonly host: string
  /** Method and path of what was asked, tokens included. */
  readonly seen: string[]
  /** Every token that was given ends. */
  endTokens(): void
  /** Answers instead of the registry while it returns true. */
  trouble: ((request: IncomingMessage, response: ServerResponse) => boolean) | null
}

/** A strict registry in memory, after the OCI distribution specification and as docker-registry 2.8 answers. */
export async function ociRegistry(options: RegistryOptions = {}): Promise<OciRegistry> {
  const blobs = new Map<string, Buffer>()
  const manifests = new Map<string, Stored>()
  const tags = new Map<string, string>()
  const tokens = new Map<string, string>()
  const seen: string[] = []

  const allowed = (request: IncomingMessage, repository: string): boolean => {
    if (options.account === undefined) return true
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ')
    const isAccount = scheme === 'Basic' && Buffer.from(value, 'base64').toString() === options.account
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (options.challenge !== 'token' || !isRead) return isAccount
    return scheme === 'Bearer' && tokens.get(value) === `repository:${repository}:pull`
  }
  const challenge = (repository: string): string =>
    options.challenge === 'token'
      ? `Bearer realm="${server.url}/token",service="kit",scope="repository:${repository}:pull"`
      : 'Basic realm="kit registry"'

  const giveToken = (request: IncomingMessage, url: URL, response: ServerResponse) => {
    const basic = `Basic ${Buffer.from(options.account ?? '').toString('base64')}`
    if (request.headers.authorization !== basic) return refuse(response, 401, 'UNAUTHORIZED')
    if (url.searchParams.get('service') !== 'kit') return refuse(response, 400, 'UNSUPPORTED')
    const token = randomUUID()
    tokens.set(token, url.searchParams.get('scope') ?? '')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ token, expires_in: 300 }))
  }

  const manifest = async (
    request: IncomingMessage,
    response: ServerResponse,
    repository: string,
    reference: string,
  ) => {
    const isDigest = reference.includes(':')
    if (isDigest && !/^sha256:[0-9a-f]{64}$/.test(reference)) return refuse(response, 500, 'UNKNOWN')
    if (request.method === 'PUT') {
      const bytes = await bodyOf(request)
      const digest = digestOf(bytes)
      manifests.set(`${repository}@${digest}`, { bytes, type: request.headers['content-type'] ?? '' })
      if (!isDigest) tags.set(`${repository}:${reference}`, digest)
      return response.writeHead(201, { 'docker-content-digest': digest }).end()
    }
    const digest = isDigest ? reference : tags.get(`${repository}:${reference}`)
    const stored = manifests.get(`${repository}@${digest}`)
    if (request.method === 'DELETE') {
      if (!manifests.delete(`${repository}@${digest}`)) return refuse(response, 404, 'MANIFEST_UNKNOWN')
      return response.writeHead(202).end()
    }
    const isKnown = [...manifests.keys()].some((key) => key.startsWith(`${repository}@`))
    if (!isKnown) return refuse(response, 404, 'NAME_UNKNOWN')
    // As docker-registry does: what the client did not say it takes is not there.
    if (!stored || !request.headers.accept?.includes(stored.type)) return refuse(response, 404, 'MANIFEST_UNKNOWN')
    response.writeHead(200, {
      'content-type': stored.type,
      'content-length': stored.bytes.byteLength,
      'docker-content-digest': digest,
    })
    response.end(request.method === 'HEAD' ? undefined : stored.bytes)
  }

  const blob = async (
    request: IncomingMessage,
    url: URL,
    response: ServerResponse,
    repository: string,
    rest: string,
  ) => {
    if (rest.startsWith('uploads/')) {
      if (request.method === 'POST') {
        return response.writeHead(202, { location: `/v2/${repository}/blobs/uploads/${randomUUID()}` }).end()
      }
      const bytes = await bodyOf(request)
      const digest = url.searchParams.get('digest') ?? ''
      if (digestOf(bytes) !== digest) return refuse(response, 400, 'DIGEST_INVALID')
      blobs.set(`${repository}@${digest}`, bytes)
      return response.writeHead(201, { 'docker-content-digest': digest }).end()
    }
    const stored = blobs.get(`${repository}@${rest}`)
    if (!stored) return refuse(response, 404, 'BLOB_UNKNOWN')
    if (request.method === 'DELETE') {
      blobs.delete(`${repository}@${rest}`)
      return response.writeHead(202).end()
    }
    if (options.redirectBlobs) return response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end()
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': stored.byteLength })
    response.end(request.method === 'HEAD' ? undefined : stored)
  }

  const server = await serveHttp((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    seen.push(`${request.method} ${url.pathname}`)
    if (registry.trouble?.(request, response)) return
    if (url.pathname === '/token' && options.challenge === 'token') return giveToken(request, url, response)
    const [, repository = '', kind, rest = ''] = url.pathname.match(/^\/v2\/(.+?)\/(manifests|blobs)\/(.+)$/) ?? []
    if (!kind) return refuse(response, 404, 'NAME_UNKNOWN')
    if (!allowed(request, repository)) {
      return refuse(response, 401, 'UNAUTHORIZED', { 'www-authenticate': challenge(repository) })
    }
    const work =
      kind === 'manifests'
        ? manifest(request, response, repository, rest)
        : blob(request, url, response, repository, rest)
    work.catch((cause: unknown) => response.destroy(cause instanceof Error ? cause : undefined))
  })
  const registry: OciRegistry = {
    ...server,
    host: `127.0.0.1:${server.port}`,
    seen,
    trouble: null,
    endTokens: () => tokens.clear(),
  }
  return registry
}

function refuse(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
