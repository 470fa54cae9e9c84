import type { MessageRef } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Card, Note } from '../../../view/view.ts'
import type { Api } from './api.ts'
import { Pace, Paces, postRate, updateRate } from './pace.ts'
import type { Painter } from './painter.ts'
import type { Pictures } from './pictures.ts'
import { done, type FoundMessage, foundMessages, posted } from './wire.ts'

/** The type of the metadata under which our messages are found again. Everybody in the workspace can read it: only ids go there. */
export const metadataType = 'astern_view'

const pageSize = 200
const mostPages = 5

/** Where a message stands. */
export interface Spot {
  readonly channel: string
  readonly thread?: string
}

/** Nothing we say is parsed for links and names, and no preview is fetched from what others wrote. */
const asWritten = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const

/** Messages in channels and threads: sent with their key, updated in place, found again. */
export class Messages {
  readonly #api: Api
  readonly #painter: Painter
  readonly #pictures: Pictures
  readonly #clock: Clock
  readonly #updates: Pace
  readonly #posts: Paces

  constructor(api: Api, painter: Painter, pictures: Pictures, clock: Clock) {
    this.#api = api
    this.#painter = painter
    this.#pictures = pictures
    this.#clock = clock
    this.#updates = new Pace(clock, updateRate)
    this.#posts = new Paces(clock, postRate)
  }

  /** `more` goes into the metadata beside the key: ids only, flat. */
  async post(
    spot: Spot,
    view: Card | Note,
    key: string,
    signal: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ): Promise<MessageRef> {
    const metadata = { event_type: metadataType, event_payload: { ...more, key } }
    const { ts, channel } = await this.#painter.message(
      view,
      async (message) => {
        await this.#posts.turn(spot.channel, signal)
        const args = { ...asWritten, ...message, channel: spot.channel, metadata, ...threadOf(spot) }
        return this.#api.call('chat.postMessage', args, posted, signal)
      },
      await this.#shown(view, signal),
    )
    return this.ref({ channel, ...(spot.thread ? { thread: spot.thread } : {}) }, ts, signal)
  }

  /** The metadata stays as it was unless `more` is given. */
  async update(ref: MessageRef, view: Card | Note, signal: AbortSignal): Promise<void> {
    await this.#painter.message(
      view,
      async (message) => {
        await this.#updates.turn(signal)
        const args = { parse: 'none', link_names: false, ...message, channel: ref.channel, ts: ref.message }
        return this.#api.call('chat.update', args, done, signal)
      },
      await this.#shown(view, signal),
    )
  }

  async #shown(view: Card | Note, signal: AbortSignal) {
    const pause = (ms: number) => this.#clock.sleep(ms, signal)
    return { pictures: await this.#pictures.of(view, signal), pause }
  }

  /** Our own message with this key, newest first, within the last thousand. */
  async find(spot: Spot, key: string, signal: AbortSignal): Promise<FoundMessage | null> {
    const self = await this.#api.self(signal)
    const method = spot.thread ? 'conversations.replies' : 'conversations.history'
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const args = {
        channel: spot.channel,
        ...(spot.thread ? { ts: spot.thread } : {}),
        limit: pageSize,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      }
      const answer = await this.#api.call(method, args, foundMessages, signal)
      const ours = answer.messages.find(
        (message) =>
          (message.user === self.user_id || (!!self.bot_id && message.bot_id === self.bot_id)) &&
          message.metadata?.event_type === metadataType &&
          message.metadata.event_payload?.key === key,
      )
      if (ours) return ours
      cursor = answer.response_metadata?.next_cursor || undefined
      if (!cursor) return null
    }
    return null
  }

  async ref(spot: Spot, ts: string, signal: AbortSignal): Promise<MessageRef> {
    const { url } = await this.#api.self(signal)
    return { channel: spot.channel, message: ts, link: permalink(url, spot, ts) }
  }
}

export const threadOf = (spot: Spot): { thread_ts?: string } => (spot.thread ? { thread_ts: spot.thread } : {})

/** `site` is the workspace's address, as auth.test gives it. */
export function permalink(site: string, spot: Spot, ts: string): string {
  const thread = spot.thread && spot.thread !== ts ? `?thread_ts=${spot.thread}&cid=${spot.channel}` : ''
  return `${site.replace(/\/$/, '')}/archives/${spot.channel}/p${ts.replace('.', '')}${thread}`
}
