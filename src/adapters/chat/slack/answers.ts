import { z } from 'zod'
import type { Delivery } from '../../../core/delivery/delivery.ts'
import { Fault } from '../../../core/fault.ts'
import type { AnswerOutcome } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Fetch } from '../../../ports/http.ts'
import type { Card, Form, Note } from '../../../view/view.ts'
import type { Api } from './api.ts'
import { faultOf, limited, slackError, unreadable } from './faults.ts'
import type { Handles } from './handles.ts'
import { threadOf } from './messages.ts'
import type { Painter } from './painter.ts'
import type { Pictures } from './pictures.ts'
import { drawForm } from './render/form.ts'
import type { Message } from './render/message.ts'
import { done, openedChannel } from './wire.ts'

const lateErrors = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
])
/** Slack takes nothing more at this address; the person can still be reached otherwise. */
const overErrors = new Set(['used_url', 'expired_url', 'not_found', 'channel_not_found', 'is_archived', 'invalid_url'])
const notThere = new Set([
  'user_not_in_channel',
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'thread_not_found',
])

const refusal = z.object({ ok: z.literal(false).optional(), error: z.string() })

interface Posted {
  readonly ok: boolean
  readonly status: number
  /** Of a `Retry-After`, in seconds. */
  readonly afterS?: number
  readonly isPage: boolean
  /** Of a refusal. */
  readonly body: unknown
}

export interface AnswerParts {
  readonly api: Api
  readonly painter: Painter
  readonly handles: Handles
  readonly pictures: Pictures
  readonly clock: Clock
  readonly fetch: Fetch
}

/** Answers to the one person of a delivery, by the first way that is still open. */
export class Answers {
  readonly #parts: AnswerParts

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** `late` when the platform's three seconds for a dialog are over. */
  async form(delivery: Delivery, form: Form): Promise<AnswerOutcome> {
    const { api, painter, handles } = this.#parts
    const trigger_id = handles.takeTrigger(delivery.id)
    if (!trigger_id) return 'late'
    const view = drawForm(form, delivery.place, painter.ink(form.language))
    try {
      await api.call('views.open', { trigger_id, view }, done)
      return 'answered'
    } catch (error) {
      if (error instanceof Fault && lateErrors.has(slackError(error))) return 'late'
      throw error
    }
  }

  /** Only she sees it: at the response address, else in the channel it came from, else in her own conversation with the bot. */
  async message(delivery: Delivery, view: Card | Note): Promise<AnswerOutcome> {
    // A card takes the place of the private card whose button was pressed; a note leaves it standing.
    const replaces = view.kind === 'card' && this.#parts.handles.ephemeral(delivery.id)
    const deliver = async (message: Message) => {
      const respond = () => this.#respond(delivery, message, replaces)
      const whisper = () => this.#whisper(delivery, message)
      // A response address knows no threads for private answers, so in a thread it is the second choice.
      for (const way of delivery.place?.thread && !replaces ? [whisper, respond] : [respond, whisper])
        if (await way()) return
      await this.#direct(delivery, message)
    }
    const { painter, pictures, clock } = this.#parts
    const never = new AbortController().signal
    await painter.message(view, deliver, {
      pictures: await pictures.of(view, never),
      pause: (ms) => clock.sleep(ms),
    })
    return 'answered'
  }

  async #respond(delivery: Delivery, message: Message, replace_original: boolean): Promise<boolean> {
    const url = this.#parts.handles.takeResponseUrl(delivery.id)
    if (url === null) return false
    const body = { ...message, response_type: 'ephemeral', replace_original }
    const answer = await this.#post(url, JSON.stringify(body))
    if (answer.status === 429) throw limited(answer.afterS)
    // A page is a proxy's, whatever its status says.
    if (answer.status >= 500 || answer.isPage) throw unreadable({ method: 'response_url', once: true })
    if (answer.ok) return true
    const read = refusal.safeParse(answer.body)
    const error = read.success ? read.data.error : 'not_found'
    if (overErrors.has(error) || answer.status === 404 || answer.status === 410) return false
    throw faultOf(`slack.${error.replaceAll('_', '-')}`, 'no', 'slack.blocks', { error })
  }

  async #post(url: string, body: string): Promise<Posted> {
    try {
      const response = await this.#parts.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        redirect: 'error',
      })
      const text = await response.text()
      const after = response.headers.get('retry-after') ?? ''
      const { ok, status } = response
      const isPage = /^\s*</.test(text)
      return {
        ok,
        status,
        isPage,
        body: ok ? null : jsonOf(text),
        ...(/^\d+$/.test(after) && { afterS: Number(after) }),
      }
    } catch (error) {
      // The address is a secret of its own: it must not come along in the cause.
      throw faultOf('slack.unreachable', 'check', 'slack.unreachable', { detail: nameOf(error) })
    }
  }

  async #whisper(delivery: Delivery, message: Message): Promise<boolean> {
    const { place, account } = delivery
    if (!place) return false
    try {
      const args = { ...message, channel: place.channel, user: account.user, ...threadOf(place) }
      await this.#parts.api.call('chat.postEphemeral', args, done)
      return true
    } catch (error) {
      if (error instanceof Fault && notThere.has(slackError(error))) return false
      throw error
    }
  }

  async #direct(delivery: Delivery, message: Message): Promise<void> {
    const { api } = this.#parts
    const { channel } = await api.call('conversations.open', { users: delivery.account.user }, openedChannel)
    await api.call(
      'chat.postMessage',
      { ...message, channel: channel.id, unfurl_links: false, unfurl_media: false },
      done,
    )
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'network')

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
