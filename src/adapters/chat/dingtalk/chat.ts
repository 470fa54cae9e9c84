import { Fault } from '../../../core/fault.ts'
import type { Chat, MessageRef, Room } from '../../../ports/chat.ts'
import type { Language } from '../../../text/language.ts'
import { wording } from '../../../text/say.ts'
import type { View } from '../../../view/view.ts'
import type { Answers } from './answers.ts'
import { type Cards, cardId, type Space } from './cards.ts'
import type { Files } from './files.ts'
import type { Painter } from './painter.ts'
import type { Rooms } from './rooms.ts'

export interface SpeechParts {
  readonly painter: Painter
  readonly cards: Cards
  readonly files: Files
  readonly rooms: Rooms
  readonly answers: Answers
}

/** What the bot says, by room and kind of view. Everything but files is a card, for only cards can be found and changed. */
export function speech(parts: SpeechParts): Pick<Chat, 'answer' | 'send' | 'update' | 'find'> {
  const { painter, cards, files, rooms, answers } = parts

  const spaceOf = async (room: Room, signal: AbortSignal): Promise<Space> => {
    switch (room.kind) {
      case 'channel':
        return room.channel
      case 'incident':
        return rooms.ready(room, signal)
      case 'group':
        throw noGroups()
      default:
        return room.account.user
    }
  }

  const ink = (language: Language) => painter.ink(language)

  return {
    answer: (delivery, view) => answers.answer(delivery, view),

    async send(room, view, key, signal) {
      signal.throwIfAborted()
      const space = await spaceOf(room, signal)
      if (view.kind === 'document') return files.send(space, view, ink(view.language), null, signal)
      const message = await cards.create(cardId(key), space, await painter.card(shown(view), space, signal), signal)
      return { channel: space, message }
    },

    async update(ref, view, signal) {
      if (view.kind === 'document') return files.send(ref.channel, view, ink(view.language), digestIn(ref), signal)
      await cards.update(ref.message, await painter.card(shown(view), ref.channel, signal), signal)
      return ref
    },

    async find(room, key, signal) {
      const message = cards.idOf(cardId(key))
      if (!(await cards.exists(message, signal))) return null
      return { channel: await spaceOf(room, signal), message }
    },
  }
}

/** DingTalk has roles instead, which only an administrator sets. */
const noGroups = () => new Fault({ code: 'dingtalk.no-groups', retry: 'no', hint: wording('dingtalk.no-groups') })

function shown(view: Exclude<View, { kind: 'document' }>) {
  if (view.kind === 'members') throw noGroups()
  if (view.kind === 'form') throw new TypeError('a form answers one person, it is sent to no room')
  return view
}

const digestIn = ({ data }: MessageRef): string | null =>
  typeof data === 'object' && data !== null && 'digest' in data && typeof data.digest === 'string' ? data.digest : null
