import { OldRefusal, type Wire } from '../store/wire.ts'
import type { OldCall } from './old-call.ts'

interface Kind {
  readonly mostBytes: number
  readonly extensions: readonly string[]
}

const megabyte = 1024 * 1024
/** https://open.dingtalk.com/document/development/upload-media-files */
const kinds: Readonly<Record<string, Kind>> = {
  image: { mostBytes: 20 * megabyte, extensions: ['jpg', 'jpeg', 'gif', 'png', 'bmp'] },
  voice: { mostBytes: 2 * megabyte, extensions: ['amr', 'mp3', 'wav'] },
  video: { mostBytes: 20 * megabyte, extensions: ['mp4'] },
  file: {
    mostBytes: 20 * megabyte,
    extensions: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'],
  },
}

/** `POST /media/upload?access_token=…&type=image`, the file as the multipart field `media`. */
export async function uploadMedia({ world, query, bytes, contentType }: OldCall): Promise<Wire> {
  const form = await readForm(bytes, contentType)
  const type = query.get('type') ?? String(form?.get('type') ?? '')
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (!kind) throw new OldRefusal(40004, '不合法的媒体文件类型')
  const file = form?.get('media')
  if (!(file instanceof File)) throw new OldRefusal(40035, '缺少参数 media')
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  if (!kind.extensions.includes(extension)) throw new OldRefusal(40005, '不合法的文件类型')
  if (file.size === 0 || file.size > kind.mostBytes) throw new OldRefusal(40006, '不合法的文件大小')
  const id = `@lAL${world.ids.token(20)}`
  world.media.set(id, { id, type, name: file.name, bytes: Buffer.from(await file.arrayBuffer()) })
  return { media_id: id, created_at: world.now(), type }
}

async function readForm(bytes: Buffer, contentType: string): Promise<FormData | undefined> {
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
