import type { Delivery } from '../../../core/delivery/delivery.ts'
import type { AnswerOutcome, Chat, MessageRef, Room } from '../../../ports/chat.ts'
import type { View } from '../../../view/view.ts'
import type { Answers } from './answers.ts'
import type { Api } from './api.ts'
import type { Documents } from './documents.ts'
import type { Messages, Spot } from './messages.ts'
import type { Painter } from './painter.ts'
import { drawHome } from './render/home.ts'
import type { Rooms } from './rooms.ts'
import { done, openedChannel, publishedView } from './wire.ts'

export interface SpeechParts {
  readonly api: Api
  readonly painter: Painter
  readonly messages: Messages
  readonly documents: Documents
  readonly rooms: Rooms
  readonly answers: Answers
}

type Speech = Pick<Chat, 'answer' | 'send' | 'update' | 'find'>

/** What the bot says, by room and kind of view. */
export function speech(parts: SpeechParts): Speech {
  const { api, painter, messages, documents, rooms, answers } = parts

  const spotOf = async (
    room: Exclude<Room, { kind: 'home' | 'incident' | 'group' }>,
    signal: AbortSignal,
  ): Promise<Spot> => {
    if (room.kind === 'channel') return { channel: room.channel, ...(room.thread ? { thread: room.thread } : {}) }
    const { channel } = await api.call('conversations.open', { users: room.account.user }, openedChannel, signal)
    return { channel: channel.id }
  }

  const publish = async (user: string, view: View, signal?: AbortSignal): Promise<MessageRef> => {
    if (view.kind !== 'home') throw new TypeError(`a ${view.kind} is no page of App Home`)
    const page = drawHome(view, painter.ink(view.language))
    const published = await api.call('views.publish', { user_id: user, view: page }, publishedView, signal)
    return { channel: user, message: published.view.id, data: { kind: 'home' } }
  }

  /** Sets the whole group: whatever it held before. https://docs.slack.dev/reference/methods/usergroups.users.update */
  const assemble = async (group: string, view: View, signal: AbortSignal): Promise<MessageRef> => {
    if (view.kind !== 'members') throw new TypeError(`a ${view.kind} is no list of members`)
    const users = view.people.map((person) => painter.names().user(person)).filter((user) => user !== null)
    await api.call('usergroups.users.update', { usergroup: group, users: users.join(',') }, done, signal)
    return { channel: group, message: group }
  }

  const pinned = (room: Room): boolean => room.kind === 'incident' || (room.kind === 'channel' && room.pin === true)

  return {
    async answer(delivery: Delivery, view: View): Promise<AnswerOutcome> {
      switch (view.kind) {
        case 'form':
          return answers.form(delivery, view)
        case 'home':
          await publish(delivery.account.user, view)
          return 'answered'
        case 'document':
        case 'members':
          throw new TypeError(`a ${view.kind} is sent to a room, it answers nobody`)
        default:
          return answers.message(delivery, view)
      }
    },

    async send(room, view, key, signal) {
      if (room.kind === 'home') return publish(room.account.user, view, signal)
      if (room.kind === 'group') return assemble(room.group, view, signal)
      const spot = room.kind === 'incident' ? { channel: await rooms.ready(room, signal) } : await spotOf(room, signal)
      switch (view.kind) {
        case 'document':
          return documents.send(spot, view, key, signal)
        case 'card':
        case 'note': {
          const ref = await messages.post(spot, view, key, signal)
          if (pinned(room)) await rooms.pin(ref.channel, ref.message, signal)
          return ref
        }
        default:
          throw new TypeError(`a ${view.kind} cannot be sent to a room`)
      }
    },

    async update(ref, view, signal) {
      switch (view.kind) {
        case 'home':
          return publish(ref.channel, view, signal)
        case 'members':
          return assemble(ref.channel, view, signal)
        case 'document':
          return documents.update(ref, view, signal)
        case 'card':
        case 'note':
          await messages.update(ref, view, signal)
          return ref
        default:
          throw new TypeError(`a ${view.kind} is never updated`)
      }
    },

    async find(room, key, signal) {
      // A page of App Home is published, and a group set, again without harm.
      if (room.kind === 'home' || room.kind === 'group') return null
      let spot: Spot
      if (room.kind === 'incident') {
        const channel = await rooms.find(room, signal)
        if (!channel) return null
        spot = { channel: channel.id }
      } else spot = await spotOf(room, signal)
      const found = await messages.find(spot, key, signal)
      if (!found) return null
      // The crash may have come between sending and pinning.
      if (pinned(room) && !found.pinned_to?.includes(spot.channel)) await rooms.pin(spot.channel, found.ts, signal)
      const ref = await messages.ref(spot, found.ts, signal)
      const data = documents.remembered(found)
      return data === null ? ref : { ...ref, data }
    },
  }
}
