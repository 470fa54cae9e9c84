import { isWire, Refusal, type Wire, wires } from './wire.ts'
import type { Canvas, File, World } from './world.ts'

const mimetypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  md: 'text/markdown',
  txt: 'text/plain',
  json: 'application/json',
  yaml: 'text/yaml',
  csv: 'text/csv',
  pdf: 'application/pdf',
}

function extension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

/** What a file of this name is. */
export function mimetype(name: string): string {
  return mimetypes[extension(name)] ?? 'application/octet-stream'
}

/** A file as files.* and messages show it. */
export function fileWire(world: World, file: File): Wire {
  const path = `${world.origin}/files-pri/${world.team.id}-${file.id}/${encodeURIComponent(file.name)}`
  const alt = file.altText ? { alt_txt: file.altText } : {}
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension(file.name) || 'binary',
    user: file.user,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: file.channels.length > 0,
    channels: [...file.channels],
    url_private: path,
    url_private_download: path,
    permalink: `${world.origin}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    file_access: 'visible',
    ...alt,
  }
}

/** A canvas as files.info shows it: canvases are files of their own kind. */
export function canvasWire(world: World, canvas: Canvas): Wire {
  const { id, title, owner } = canvas
  const permalink = `https://${world.team.domain}.slack.com/docs/${world.team.id}/${id}`
  const kind = { mimetype: 'application/vnd.slack-docs', filetype: 'quip', pretty_type: 'Canvas', mode: 'quip' }
  return { id, title, name: title, user: owner, ...kind, is_external: false, permalink }
}

/** Refuses blocks that name Slack files which are not there or are no images, with `invalid_blocks`. */
export function checkSlackFiles(world: World, value: unknown, at: string): void {
  if (Array.isArray(value)) value.forEach((entry, index) => void checkSlackFiles(world, entry, `${at}/${index}`))
  if (!isWire(value)) return
  for (const named of wires([value.slack_file])) {
    const byUrl = (file: File): boolean => fileWire(world, file).url_private === named.url
    const file = [...world.files.values()].find((one) => one.id === named.id || byUrl(one))
    if (file?.complete && /^image\/(png|jpeg|gif)$/.test(file.mimetype)) continue
    const message = `invalid slack file [json-pointer:${at}/slack_file]`
    throw new Refusal('invalid_blocks', { errors: [message], response_metadata: { messages: [`[ERROR] ${message}`] } })
  }
  for (const [name, entry] of Object.entries(value)) checkSlackFiles(world, entry, `${at}/${name}`)
}
