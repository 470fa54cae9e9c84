import { digestOf, type Json } from '../../../core/canonical.ts'
import type { MessageRef } from '../../../ports/chat.ts'
import type { Document } from '../../../view/view.ts'
import type { Api } from './api.ts'
import { isGroup, type Space } from './cards.ts'
import { clean, type Ink, markdown } from './render/markdown.ts'
import { done, mediaUploaded } from './wire.ts'
import { zipped } from './zip.ts'

/** Files and pictures. DingTalk takes no Markdown files: a document goes as a zip with one in it. */
export class Files {
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
  }

  /** Answers with the media id. */
  async upload(type: 'image' | 'file', name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
    const form = new FormData()
    form.set('media', new Blob([new Uint8Array(bytes)]), name)
    const attempt = { name: 'media.upload', once: false, path: '/media/upload', query: { type } }
    return (await this.#api.oapi(attempt, form, mediaUploaded, signal)).media_id
  }

  /** Sends a document; `before`: its digest as it was sent last, where nothing is new nothing is sent. */
  async send(space: Space, view: Document, ink: Ink, before: Json | null, signal: AbortSignal): Promise<MessageRef> {
    const text = documentText(view, ink)
    const digest = digestOf(text)
    const ref = { channel: space, message: `file:${digest.slice(0, 16)}`, data: { digest } }
    if (before === digest) return ref
    const name = fileName(view.title)
    const mediaId = await this.upload('file', `${name}.zip`, zipped(`${name}.md`, text), signal)
    const msgParam = JSON.stringify({ mediaId, fileName: `${name}.zip`, fileType: 'zip' })
    const message = { robotCode: this.#api.robotCode, msgKey: 'sampleFile', msgParam }
    const attempt = { name: 'file.send', once: true, room: space, method: 'POST' } as const
    await this.#api.call(
      isGroup(space)
        ? { ...attempt, path: '/v1.0/robot/groupMessages/send' }
        : { ...attempt, path: '/v1.0/robot/oToMessages/batchSend' },
      isGroup(space) ? { ...message, openConversationId: space } : { ...message, userIds: [space] },
      done,
      signal,
    )
    return ref
  }
}

const documentText = (view: Document, ink: Ink): string =>
  [
    `# ${clean(view.title)}`,
    ...view.sections.flatMap(({ heading, lines }) => [
      `## ${clean(heading)}`,
      ...lines.map((line) => markdown(line, ink)).filter((line) => line !== ''),
    ]),
  ].join('\n\n')

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'post-mortem'
