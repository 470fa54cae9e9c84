import { isWire, parseJson, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

/** The topics an app can subscribe to. */
export const botTopic = '/v1.0/im/bot/messages/get'
export const cardTopic = '/v1.0/card/instances/callback'

/** One push, as it goes over the connection. */
export interface Frame {
  readonly specVersion: '1.0'
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK'
  readonly headers: Readonly<Record<string, string>>
  /** JSON as text. */
  readonly data: string
}

/** A push of a kind, with the headers that all pushes have. */
export function frame(world: World, of: { type: Frame['type']; topic: string; data: Wire; headers?: Wire }): Frame {
  const headers = {
    ...(of.headers as Record<string, string> | undefined),
    topic: of.topic,
    messageId: world.ids.pushId(),
    contentType: 'application/json',
    time: String(world.now()),
  }
  return { specVersion: '1.0', type: of.type, headers, data: JSON.stringify(of.data) }
}

/** What the app sent back. */
export interface Answer {
  readonly messageId: string
  readonly code: number
  /** The JSON inside `data`; undefined when it is none. */
  readonly data: unknown
}

/** Reads an answer: `{ code, headers: { messageId, contentType }, message, data: "<JSON>" }`; undefined for what is none. */
export function readAnswer(text: string): Answer | undefined {
  const given = parseJson(text)
  if (!isWire(given) || typeof given.code !== 'number' || !isWire(given.headers)) return undefined
  const { messageId } = given.headers
  if (typeof messageId !== 'string') return undefined
  return { messageId, code: given.code, data: typeof given.data === 'string' ? parseJson(given.data) : undefined }
}
