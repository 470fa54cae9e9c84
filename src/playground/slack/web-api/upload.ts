import type { IncomingMessage } from 'node:http'
import type { Reply } from '../../misfortune.ts'
import type { World } from '../store/world.ts'
import type { Asked } from './exchange.ts'
import { textReply } from './reply.ts'

/** The bytes for an upload URL, raw or as a multipart field of any name. */
export function askUpload(world: World, request: IncomingMessage, url: URL, body: Buffer): Asked {
  const id = world.uploads.fileOf(url.pathname.slice('/upload/v1/'.length)) ?? ''
  const perform = async (): Promise<Reply> => {
    const file = world.files.get(id)
    if (request.method !== 'POST' || !file || file.complete) return textReply(404, 'not found')
    const bytes = await uploadedBytes(request.headers['content-type'] ?? '', body)
    if (!bytes || bytes.length === 0) return textReply(400, 'no file')
    file.bytes = bytes
    return textReply(200, `OK - ${bytes.length}`)
  }
  return { method: 'upload', args: { file: id, bytes: body.length }, perform }
}

async function uploadedBytes(type: string, body: Buffer): Promise<Buffer | undefined> {
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  for (const value of form.values()) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer())
  return undefined
}

/** `url_private` of a file, for whoever has the bot's token; others are sent to sign in. */
export function askDownload(world: World, request: IncomingMessage, url: URL): Asked {
  const [, , place = ''] = url.pathname.split('/')
  const id = place.slice(world.team.id.length + 1)
  const perform = (): Reply => {
    const file = world.files.get(id)
    if (!file?.complete) return textReply(404, 'not found')
    const { botToken, scopes } = world.app
    if (request.headers.authorization !== `Bearer ${botToken}` || !scopes.includes('files:read')) {
      const location = `${world.origin}/?redir=${encodeURIComponent(url.pathname)}`
      return { ...textReply(302, ''), headers: { location } }
    }
    return { status: 200, body: file.bytes, headers: { 'content-type': file.mimetype } }
  }
  return { method: 'download', args: { file: id }, perform }
}
