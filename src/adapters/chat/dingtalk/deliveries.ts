import type { Account } from '../../../core/actor.ts'
import type { Delivery, Place } from '../../../core/delivery/delivery.ts'
import { type CardCallback, callbackContent, type RobotMessage } from './wire.ts'

/** What the template's own buttons send. */
export const formActions = { submit: 'form.submit', cancel: 'form.cancel' } as const

/** What shows a person's own page, for which DingTalk has no place of its own. */
const homeWords: readonly string[] = ['我的', 'home']

/** Our cards begin so; one application may send others. */
export const ourCards = 'astern-'
/** Cards that only one person sees. */
export const privateCards = `${ourCards}p-`

/** Somebody of another organisation, or whom DingTalk names no staff id of. */
export interface NotOurs {
  readonly notOurs: true
}

/** A pressed button, and what the person was looking at. */
export interface Pressed {
  readonly delivery: Delivery | null
  readonly outTrackId: string
  readonly userId: string
  readonly rev: string
}

const accountOf = (tenant: string, user: string): Account => ({ chat: 'dingtalk', tenant, user })

/** What was said to the robot; null where there are no words in it. */
export function ofMessage(tenant: string, message: RobotMessage): Delivery | NotOurs | null {
  const { conversationId, conversationType, senderStaffId, senderCorpId, chatbotCorpId } = message
  if (!senderStaffId || (senderCorpId ?? tenant) !== tenant || (chatbotCorpId ?? tenant) !== tenant)
    return { notOurs: true }
  const said = message.text?.content.trim() ?? ''
  if (message.msgtype !== 'text' && said === '') return null
  // Full-width letters, the ideographic space and "／" are read as their plain ones; what follows stays as it was typed.
  const [, name = '', text = ''] = /^[/／]?\s*([^\s：，,]*)[\s：，,]*([\s\S]*)$/u.exec(said) ?? []
  const place: Place | null = conversationType === '2' ? { channel: conversationId } : null
  const word = name.normalize('NFKC').toLowerCase()
  const at = message.createAt ? Temporal.Instant.fromEpochMilliseconds(message.createAt).toString() : null
  return {
    id: `dingtalk:message:${message.msgId}`,
    account: accountOf(tenant, senderStaffId),
    place,
    deed: homeWords.includes(word)
      ? { kind: 'home' }
      : { kind: 'command', name: word === '' ? 'help' : word, text, via: 'mention', ...(at && { said: { at } }) },
  }
}

/**
 * A callback of a card: null when the card is none of ours. A press is known by its frame; a form by itself, so that it counts once
 * however often it is sent. A card that stands elsewhere than where it was sent was forwarded.
 */
export function ofCallback(tenant: string, messageId: string, callback: CardCallback): Pressed | NotOurs | null {
  const { outTrackId, corpId, userId, spaceId } = callback
  if (!outTrackId.startsWith(ourCards)) return null
  const content = callbackContent.safeParse(parsed(callback.content))
  if (!content.success) return null
  const { actionIds, params } = content.data.cardPrivateData
  const space = params.space ?? ''
  if (!userId || (corpId ?? tenant) !== tenant || !standsIn(space, spaceId, userId)) return { notOurs: true }
  const account = accountOf(tenant, userId)
  const place = space.startsWith('cid') ? { channel: space } : null
  const rev = params.rev ?? ''
  const seen = { outTrackId, userId, rev }
  const [action = ''] = actionIds
  if (action === formActions.cancel || action === '') return { ...seen, delivery: null }
  if (action !== formActions.submit) {
    const deed = { kind: 'press', action, value: params.value ?? '', inputs: {} } as const
    return { ...seen, delivery: { id: `dingtalk:press:${outTrackId}:${messageId}`, account, place, deed } }
  }
  const { form_name: form = '', form_value: value = '', form_id = messageId } = params
  const deed = { kind: 'submit', form, value, inputs: inputsOf(params.form ?? {}) } as const
  return { ...seen, delivery: { id: `dingtalk:submit:${outTrackId}:${form_id}:${userId}`, account, place, deed } }
}

/** The card that a press or a form of this id stood on. */
export const cardOf = (deliveryId: string): string | null =>
  /^dingtalk:(?:press|submit):(astern-[^:]+):/.exec(deliveryId)?.[1] ?? null

/** A card for one person is hers alone. `spaceId` is missing in some callbacks; it names the group, with or without a prefix. */
const standsIn = (space: string, spaceId: string | null | undefined, userId: string): boolean =>
  space.startsWith('cid') ? !spaceId || spaceId === space || spaceId.endsWith(`.${space}`) : space === userId

type Entered = NonNullable<ReturnType<typeof callbackContent.parse>['cardPrivateData']['params']['form']>

function inputsOf(form: Entered): Record<string, string> {
  const inputs: Record<string, string> = {}
  for (const [name, entered] of Object.entries(form)) {
    const value = typeof entered === 'object' && entered !== null ? entered.value : entered
    inputs[name] = value === null || value === undefined ? '' : String(value)
  }
  return inputs
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
