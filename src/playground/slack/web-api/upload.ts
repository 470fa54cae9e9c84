import type { IncomingMessage, ServerResponse } from 'node:http'
import type { World } from '../store/world.ts'
import { readBody } from './request.ts'

/** Takes the bytes for an upload URL, raw or as a multipart field of any name. */
export async function answerUpload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const file = world.files.get(world.uploads.fileOf(url.pathname.slice('/upload/v1/'.length)) ?? '')
  const body = await readBody(request)
  if (request.method !== 'POST' || !file || file.complete) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    return
  }
  const bytes = await uploadedBytes(request.headers['content-type'] ?? '', body)
  if (!bytes || bytes.length === 0) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end('no file')
    return
  }
  file.bytes = bytes
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`)
}

async function uploadedBytes(type: string, body: Buffer): Promise<Buffer | undefined> {
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  for (const value of form.values()) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer())
  return undefined
}

/** Serves `url_private` of a file to whoever has the bot's token. */
export function answerDownload(world: World, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const [, , place = ''] = url.pathname.split('/')
  const file = world.files.get(place.slice(world.team.id.length + 1))
  const mayRead =
    request.headers.authorization === `Bearer ${world.app.botToken}` && world.app.scopes.includes('files:read')
  if (!file?.complete) response.writeHead(404).end()
  else if (!mayRead)
    response.writeHead(302, { location: `${world.origin}/?redir=${encodeURIComponent(url.pathname)}` }).end()
  else response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes)
}
