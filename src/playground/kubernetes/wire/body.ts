import type { IncomingMessage } from 'node:http'
import { parse } from 'yaml'
import type { Json } from '../json.ts'
import { badRequest, StatusError, unsupportedMediaType } from '../status-error.ts'

const maxBytes = 3 * 1024 * 1024

/** @throws {StatusError} 413 past 3 MiB, as the real server limits requests. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > maxBytes)
      throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBytes}`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

export const mediaType = (header: string | undefined): string =>
  (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

function parseJson(bytes: Buffer, wrong: (why: string) => Error): Json {
  try {
    return JSON.parse(bytes.toString()) as Json
  } catch (cause) {
    if (cause instanceof SyntaxError) throw wrong(cause.message)
    throw cause
  }
}

/** @throws {StatusError} 400 */
export const parsePatch = (bytes: Buffer): Json => parseJson(bytes, () => badRequest('invalid JSON patch'))

/** An object body in JSON or YAML. @throws {StatusError} 400, 415 */
export function parseObject(bytes: Buffer, contentType: string, kind: string): Json {
  if (contentType === '' || contentType === 'application/json')
    return parseJson(bytes, (why) =>
      badRequest(
        `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why}`,
      ),
    )
  if (contentType === 'application/yaml') return parse(bytes.toString()) as Json
  throw unsupportedMediaType(
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
  )
}
