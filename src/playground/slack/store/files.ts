import type { Wire } from './wire.ts'
import type { File, World } from './world.ts'

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

export function extension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

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
