import { z } from 'zod'
import { digestOf, type Json } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import type { MessageRef } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import { say } from '../../../text/say.ts'
import type { Text } from '../../../text/span.ts'
import type { Document, Note } from '../../../view/view.ts'
import type { Api } from './api.ts'
import { Canvas } from './canvas.ts'
import { slackError } from './faults.ts'
import type { Messages, Spot } from './messages.ts'
import type { Painter } from './painter.ts'
import { documentMarkdown, fileMarkdown, type Section, sectionsOf } from './render/markdown.ts'
import { canvasMade, channelAnswer, done, type FoundMessage } from './wire.ts'

const section = z.object({
  id: z.string(),
  heading: z.string(),
  by: z.enum(['astern', 'people']),
  lines: z.array(z.string()),
})

/** What stands where, as of the last time we wrote. */
const remembered = z.discriminatedUnion('doc', [
  z.object({ doc: z.literal('canvas'), canvas: z.string(), sections: z.array(section) }),
  z.object({ doc: z.literal('file'), digest: z.string() }),
])
type Remembered = z.infer<typeof remembered>

const tabTaken = new Set(['channel_canvas_already_exists', 'free_team_canvas_tab_already_exists'])

export interface DocumentParts {
  readonly api: Api
  readonly painter: Painter
  readonly messages: Messages
  readonly clock: Clock
  readonly log: Log
}

/** Long texts: a canvas where the workspace has them, else a Markdown file; beside it a message that carries the key. */
export class Documents {
  readonly #parts: DocumentParts
  readonly #canvas: Canvas

  constructor(parts: DocumentParts) {
    this.#parts = parts
    this.#canvas = new Canvas(parts.api, parts.clock)
  }

  async send(spot: Spot, view: Document, key: string, signal: AbortSignal): Promise<MessageRef> {
    const { messages, painter } = this.#parts
    const sections = sectionsOf(view, painter.names())
    const canvas = await this.#canvasFor(spot, view, sections, signal)
    if (canvas === null) {
      const ref = await messages.post(spot, fileNote(view), key, signal, { doc: 'file' })
      const data = await this.#upload(ref, view, sections, signal)
      return { ...ref, data }
    }
    const note = canvasNote(view, await this.#address(canvas, signal))
    const ref = await messages.post(spot, note, key, signal, { doc: 'canvas', canvas })
    return { ...ref, data: { doc: 'canvas', canvas, sections: plainJson(sections) } }
  }

  /** Where the canvas was deleted, people wanted it gone: fault `slack.canvas-not-found`. */
  async update(ref: MessageRef, view: Document, signal: AbortSignal): Promise<MessageRef> {
    const sections = sectionsOf(view, this.#parts.painter.names())
    const data = remembered.parse(ref.data)
    if (data.doc === 'file') {
      if (data.digest === digestOf(plainJson(sections))) return ref
      return { ...ref, data: await this.#upload(ref, view, sections, signal) }
    }
    await this.#canvas.refresh(data.canvas, data.sections, sections, signal)
    return { ...ref, data: { doc: 'canvas', canvas: data.canvas, sections: plainJson(sections) } }
  }

  /** What a found message says about its document; what was written there is then looked up line by line. */
  remembered(found: FoundMessage): Json | null {
    const payload = found.metadata?.event_payload
    const canvas = payload?.canvas
    let data: Remembered | null = null
    if (payload?.doc === 'canvas' && typeof canvas === 'string') data = { doc: 'canvas', canvas, sections: [] }
    if (payload?.doc === 'file') data = { doc: 'file', digest: '' }
    return data
  }

  /** The channel's own canvas where the channel is the incident's, a separate one beside a thread; null where none is possible. */
  async #canvasFor(
    spot: Spot,
    view: Document,
    sections: readonly Section[],
    signal: AbortSignal,
  ): Promise<string | null> {
    const content = {
      title: view.title,
      document_content: { type: 'markdown', markdown: documentMarkdown(sections) },
    }
    for (const make of spot.thread ? [this.#alone] : [this.#inTab, this.#alone]) {
      try {
        return await make.call(this, spot.channel, content, signal)
      } catch (error) {
        if (!(error instanceof Fault) || error.retry !== 'no') throw error
        if (tabTaken.has(slackError(error))) {
          const ours = await this.#ourTab(spot.channel, sections, signal)
          if (ours !== null) return ours
        }
        this.#parts.log.info('no canvas here', { code: error.code })
      }
    }
    return null
  }

  async #inTab(channel_id: string, content: object, signal: AbortSignal): Promise<string> {
    const args = { ...content, channel_id }
    return (await this.#parts.api.call('conversations.canvases.create', args, canvasMade, signal)).canvas_id
  }

  /** Never with `channel_id`: on a free team that would take the channel's only tab. */
  async #alone(channel: string, content: object, signal: AbortSignal): Promise<string> {
    const { api } = this.#parts
    const { canvas_id } = await api.call('canvases.create', { ...content }, canvasMade, signal)
    const access = { canvas_id, access_level: 'write', channel_ids: [channel] }
    await api.call('canvases.access.set', access, done, signal)
    return canvas_id
  }

  /** A crash may have left our canvas in the tab, without the message. */
  async #ourTab(channel: string, sections: readonly Section[], signal: AbortSignal): Promise<string | null> {
    const answer = await this.#parts.api.call('conversations.info', { channel }, channelAnswer, signal)
    const canvas = answer.channel.properties?.canvas?.file_id
    if (!canvas || !(await this.#canvas.holds(canvas, sections, signal))) return null
    await this.#canvas.refresh(canvas, [], sections, signal)
    return canvas
  }

  async #address(canvas: string, signal: AbortSignal): Promise<string> {
    const { url, team_id } = await this.#parts.api.self(signal)
    return `${url.replace(/\/$/, '')}/docs/${team_id}/${canvas}`
  }

  /** Into the thread of the message; people may have edited an older file, so that it stays. */
  async #upload(ref: MessageRef, view: Document, sections: readonly Section[], signal: AbortSignal): Promise<Json> {
    const file = {
      content: fileMarkdown(view.title, sections),
      filename: `${fileName(view.title)}.md`,
      title: view.title,
      channel_id: ref.channel,
      thread_ts: threadOf(ref),
    }
    await this.#parts.api.call('files.uploadV2', file, done, signal)
    return { doc: 'file', digest: digestOf(plainJson(sections)) }
  }
}

const plainJson = (sections: readonly Section[]): Json => sections.map((one) => ({ ...one, lines: [...one.lines] }))

/** A message that stands in a thread cannot begin one. */
const threadOf = (ref: MessageRef): string => /[?&]thread_ts=([\d.]+)/.exec(ref.link ?? '')?.[1] ?? ref.message

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80) || 'post-mortem'

const noteOf = (view: Document, line: Text): Note => ({
  kind: 'note',
  language: view.language,
  lines: [line],
  buttons: [],
})

const fileNote = (view: Document): Note =>
  noteOf(view, say(view.language, 'slack.document-file', { title: view.title }))

const canvasNote = (view: Document, url: string): Note =>
  noteOf(view, say(view.language, 'slack.document', { title: { url, text: view.title } }))
