import type { IncomingMessage, ServerResponse } from 'node:http'
import { loopback } from '../loopback.ts'
import { buildImage, type Image, manifestType } from './image.ts'

/** A registry that nodes and the bot pull from. */
export interface Registry {
  /** As it stands in images: `127.0.0.1:PORT`. */
  readonly host: string
  /** Builds and keeps an image; answers with its digest. */
  push(repository: string, tag: string, labels: Readonly<Record<string, string>>): string
  /** Removes an image as a clean-up would: tag, manifest and blobs. */
  remove(repository: string, tag: string): void
  close(): Promise<void>
}

interface Repository {
  readonly tags: Map<string, Image>
}

/**
 * Answers pulls as the OCI distribution specification has it
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull). Nothing can be pushed over the wire.
 */
export async function startRegistry(): Promise<Registry> {
  const repositories = new Map<string, Repository>()
  const server = await loopback((request, response) => answer(repositories, request, response))
  const host = `127.0.0.1:${server.port}`
  return {
    host,
    push(repository, tag, labels) {
      const image = buildImage(`${repository.split('/').at(-1)}:${tag}`, labels)
      const kept = repositories.get(repository) ?? { tags: new Map<string, Image>() }
      kept.tags.set(tag, image)
      repositories.set(repository, kept)
      return image.manifest.digest
    },
    remove: (repository, tag) => void repositories.get(repository)?.tags.delete(tag),
    close: () => server.close(),
  }
}

function answer(
  repositories: ReadonlyMap<string, Repository>,
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'UNSUPPORTED')
  if (pathname === '/v2/') return send(request, response, 'application/json', Buffer.from('{}'))
  const [, name = '', kind, reference = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(pathname) ?? []
  const repository = repositories.get(name)
  if (!kind || !repository) return refuse(response, 404, 'NAME_UNKNOWN')
  const images = [...repository.tags.values()]
  if (kind === 'blobs') {
    const blob = images.flatMap(({ config, layer }) => [config, layer]).find(({ digest }) => digest === reference)
    if (!blob) return refuse(response, 404, 'BLOB_UNKNOWN')
    return send(request, response, 'application/octet-stream', blob.bytes, blob.digest)
  }
  const image = repository.tags.get(reference) ?? images.find(({ manifest }) => manifest.digest === reference)
  // What the client did not say it takes is not there: so answers the reference implementation.
  if (!image || !accepts(request)) return refuse(response, 404, 'MANIFEST_UNKNOWN')
  return send(request, response, manifestType, image.manifest.bytes, image.manifest.digest)
}

const accepts = ({ headers }: IncomingMessage): boolean =>
  (headers.accept ?? '').split(',').some((type) => type.split(';')[0]?.trim() === manifestType)

function send(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  bytes: Buffer,
  digest?: string,
): ServerResponse {
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'docker-distribution-api-version': 'registry/2.0',
    ...(digest === undefined ? {} : { 'docker-content-digest': digest }),
  })
  return response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
function refuse(response: ServerResponse, status: number, code: string): ServerResponse {
  response.writeHead(status, { 'content-type': 'application/json' })
  return response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll('_', ' ') }] }))
}
