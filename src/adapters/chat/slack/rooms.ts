import { digestOf } from '../../../core/canonical.ts'
import { Fault } from '../../../core/fault.ts'
import type { Room } from '../../../ports/chat.ts'
import type { Log } from '../../../ports/log.ts'
import type { Api } from './api.ts'
import { slackError } from './faults.ts'
import { cut } from './render/cut.ts'
import { bookmarks, type Channel, channelAnswer, channelsAnswer, done } from './wire.ts'

export type IncidentRoom = Extract<Room, { kind: 'incident' }>

const pageSize = 999
const mostPages = 10
const mostNames = 9
const invitedAtOnce = 100
const topicChars = 250

/**
 * The channel of an incident. Its purpose carries a mark of the key, so that after a crash the same channel is found and no second
 * one is made; one that the crash left without a purpose is known by its creator and name.
 */
export class Rooms {
  readonly #api: Api
  readonly #tenant: string
  readonly #log: Log

  constructor(api: Api, tenant: string, log: Log) {
    this.#api = api
    this.#tenant = tenant
    this.#log = log
  }

  /** Makes or finds the channel and brings people, topic and bookmark there. Every part may be repeated. */
  async ready(room: IncidentRoom, signal: AbortSignal): Promise<string> {
    const found = await this.find(room, signal)
    const channel = found ?? (await this.#create(room, signal))
    await this.#mark(channel, room.key, signal)
    await this.#invite(channel, room, signal)
    await this.#furnish(channel, room, found !== null, signal)
    return channel.id
  }

  async find({ name, key }: IncidentRoom, signal: AbortSignal): Promise<Channel | null> {
    const { user_id } = await this.#api.self(signal)
    const names = channelNames(name, key)
    let orphan: Channel | null = null
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const args = {
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      }
      const answer = await this.#api.call('users.conversations', args, channelsAnswer, signal)
      for (const channel of answer.channels) {
        if (channel.creator !== user_id) continue
        if (channel.purpose?.value.includes(markOf(key))) return channel
        if (!channel.purpose?.value && names.includes(channel.name)) orphan = channel
      }
      cursor = answer.response_metadata?.next_cursor || undefined
      if (!cursor) break
    }
    return orphan
  }

  async #create({ name: wanted, key }: IncidentRoom, signal: AbortSignal): Promise<Channel> {
    const names = channelNames(wanted, key)
    for (const [index, name] of names.entries()) {
      try {
        const { channel } = await this.#api.call('conversations.create', { name }, channelAnswer, signal)
        return channel
      } catch (error) {
        const taken = error instanceof Fault && slackError(error) === 'name_taken'
        if (!taken || index === names.length - 1) throw error
      }
    }
    throw new TypeError('an incident has no name')
  }

  /** First of all: without it the channel could not be found again. */
  async #mark(channel: Channel, key: string, signal: AbortSignal): Promise<void> {
    if (channel.purpose?.value.includes(markOf(key))) return
    await this.#api.call('conversations.setPurpose', { channel: channel.id, purpose: markOf(key) }, done, signal)
  }

  /** Who cannot be invited (already there, a guest, gone) keeps nobody else out. */
  async #invite(channel: Channel, room: IncidentRoom, signal: AbortSignal): Promise<void> {
    const users = room.invite
      .filter((account) => account.chat === 'slack' && account.tenant === this.#tenant)
      .map((account) => account.user)
    for (let from = 0; from < users.length; from += invitedAtOnce) {
      const args = { channel: channel.id, users: users.slice(from, from + invitedAtOnce).join(','), force: true }
      try {
        await this.#api.call('conversations.invite', args, done, signal)
      } catch (error) {
        // What was no answer of Slack's invited nobody: the approvers would not see the card.
        if (!(error instanceof Fault) || error.retry !== 'no' || error.code === 'slack.unreachable') throw error
        this.#log.warn('not everybody could be invited', { channel: channel.id, code: error.code })
      }
    }
  }

  async #furnish(channel: Channel, room: IncidentRoom, known: boolean, signal: AbortSignal): Promise<void> {
    const topic = cut(room.topic, topicChars)
    if (channel.topic?.value !== topic)
      await this.optional('topic', () =>
        this.#api.call('conversations.setTopic', { channel: channel.id, topic }, done, signal),
      )
    await this.optional('bookmark', async () => {
      const { title, url: link } = room.link
      if (known) {
        const there = await this.#api.call('bookmarks.list', { channel_id: channel.id }, bookmarks, signal)
        if (there.bookmarks.some((bookmark) => bookmark.link === link)) return
      }
      await this.#api.call('bookmarks.add', { channel_id: channel.id, title, type: 'link', link }, done, signal)
    })
  }

  async pin(channel: string, timestamp: string, signal: AbortSignal): Promise<void> {
    await this.optional('pin', () => this.#api.call('pins.add', { channel, timestamp }, done, signal))
  }

  /** What makes a room nicer must not keep the card out of it. */
  async optional(what: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      if (slackError(error) !== 'already_pinned') this.#log.warn('left out in Slack', { what, code: error.code })
    }
  }
}

const markOf = (key: string): string => `Astern ${digestOf(key).slice(0, 12)}`

/** Lower case, digits, `-` and `_`, at most 80: https://docs.slack.dev/reference/methods/conversations.create#naming */
export function channelNames(wanted: string, key: string): string[] {
  const base =
    wanted
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-')
      .replace(/-{2,}/g, '-')
      .slice(0, 70)
      .replace(/^[-_]+|[-_]+$/g, '') || 'incident'
  const numbered = Array.from({ length: mostNames - 1 }, (_, index) => `${base}-${index + 2}`)
  return [base, ...numbered, `${base}-${digestOf(key).slice(0, 6)}`]
}
