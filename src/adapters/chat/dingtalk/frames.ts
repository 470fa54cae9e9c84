import type { Delivery } from '../../../core/delivery/delivery.ts'
import type { Directory } from '../../../ports/chat.ts'
import type { Fetch } from '../../../ports/http.ts'
import type { Log } from '../../../ports/log.ts'
import { sayPlain } from '../../../text/say.ts'
import type { Callbacks, Shown } from './callbacks.ts'
import { type NotOurs, ofCallback, ofMessage, parsed } from './deliveries.ts'
import { cardTopic, type Respond, robotTopic } from './line.ts'
import { busyParams, noteParams, nothingOwn } from './render/params.ts'
import { cardCallback, type Frame, leftOrg, robotMessage } from './wire.ts'

export interface FrameParts {
  readonly tenant: string
  readonly oapiUrl: string
  readonly callbacks: Callbacks
  readonly fetch: Fetch
  readonly log: Log
  readonly directory: () => Directory
  readonly receive: (delivery: Delivery) => Promise<void>
}

/** Makes deliveries of frames. Answered is what was taken; what cannot be read is logged and answered too, for it comes no better. */
export class Frames {
  readonly #parts: FrameParts
  readonly #working = new Set<Promise<void>>()

  constructor(parts: FrameParts) {
    this.#parts = parts
  }

  async take(frame: Frame, respond: Respond): Promise<void> {
    const work = this.#take(frame, respond)
    this.#working.add(work)
    try {
      await work
    } finally {
      this.#working.delete(work)
    }
  }

  /** Resolves when nothing is being taken. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#working)
  }

  async #take(frame: Frame, respond: Respond): Promise<void> {
    if (frame.type === 'EVENT') return this.#event(frame, respond)
    switch (frame.headers.topic) {
      case robotTopic:
        return this.#message(frame, respond)
      case cardTopic:
        return this.#callback(frame, respond)
      default:
        respond({ response: {} })
    }
  }

  async #message(frame: Frame, respond: Respond): Promise<void> {
    const { tenant, log, receive } = this.#parts
    const message = robotMessage.safeParse(parsed(frame.data))
    if (!message.success) log.warn('a robot message of DingTalk could not be read', { paths: pathsOf(message.error) })
    else {
      const delivery = ofMessage(tenant, message.data)
      log.debug('a message to the robot', { conversation: message.data.conversationId })
      if (delivery && isNotOurs(delivery)) void this.#turnAway(message.data.sessionWebhook ?? '')
      else if (delivery) await receive(delivery)
    }
    respond({ response: {} })
  }

  async #callback(frame: Frame, respond: Respond): Promise<void> {
    const { tenant, log, receive, callbacks } = this.#parts
    const reply = (shown: Shown): boolean => respond({ response: responseOf(shown) })
    const callback = cardCallback.safeParse(parsed(frame.data))
    if (!callback.success) {
      log.warn('a card callback of DingTalk could not be read', { paths: pathsOf(callback.error) })
      return void respond({ response: {} })
    }
    const pressed = ofCallback(tenant, frame.headers.messageId, callback.data)
    if (!pressed) return void respond({ response: {} })
    if (isNotOurs(pressed)) {
      log.warn('a press of somebody who is not ours was refused', { card: callback.data.outTrackId })
      return void reply({ own: noteParams([this.#notOurs()]) })
    }
    const { delivery, outTrackId, rev } = pressed
    if (!delivery) return void reply({ own: nothingOwn })
    // From before it is durable: the answer may come while `receive` still writes.
    let taken = false
    let early: Shown | null = null
    const forget = callbacks.begin(delivery.id, outTrackId, busyParams(rev), (shown) => {
      if (!taken) early = shown
      return taken ? reply(shown) : true
    })
    try {
      await receive(delivery)
    } catch (error) {
      forget()
      throw error
    }
    taken = true
    if (early) reply(early)
  }

  async #event({ headers, data }: Frame, respond: Respond): Promise<void> {
    const { tenant, receive } = this.#parts
    const left = headers.eventType === 'user_leave_org' ? leftOrg.safeParse(parsed(data)) : null
    if (left?.success && (headers.eventCorpId ?? tenant) === tenant)
      for (const user of left.data.userId) {
        const id = `dingtalk:event:${headers.eventId ?? headers.messageId}:${user}`
        const account = { chat: 'dingtalk', tenant, user }
        await receive({ id, account, place: null, deed: { kind: 'account-lost' } })
      }
    respond({ status: 'SUCCESS', message: '' })
  }

  #notOurs(): string {
    const { tenant, directory } = this.#parts
    return sayPlain(directory().language({ chat: 'dingtalk', tenant, user: '' }), 'dingtalk.not-ours')
  }

  /** Outsiders have no id to be written to, but the group they spoke in has an address for answers. It counts as no call. */
  async #turnAway(webhook: string): Promise<void> {
    const { oapiUrl, fetch, log } = this.#parts
    log.warn('a message of somebody who is not ours was refused')
    if (!URL.canParse(webhook) || new URL(webhook).host !== new URL(oapiUrl).host) return
    const body = JSON.stringify({ msgtype: 'text', text: { content: this.#notOurs() } })
    try {
      const headers = { 'content-type': 'application/json' }
      await (await fetch(webhook, { method: 'POST', headers, body, redirect: 'error' })).text()
    } catch (error) {
      log.info('the refusal was not heard', { cause: error instanceof Error ? error.name : 'unknown' })
    }
  }
}

const isNotOurs = (value: object): value is NotOurs => 'notOurs' in value

const responseOf = ({ own, card }: Shown) => ({
  cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  ...(card && { cardData: { cardParamMap: card } }),
  userPrivateData: { cardParamMap: own },
})

const pathsOf = (error: { issues: readonly { path: readonly PropertyKey[] }[] }): string =>
  error.issues.map(({ path }) => path.join('.')).join(' ')
