import type { z } from 'zod'
import type { Account } from '../../../core/actor.ts'
import type { Delivery, Place } from '../../../core/delivery/delivery.ts'
import type { Reply } from './handles.ts'
import { pressed } from './render/buttons.ts'
import type {
  actionsPayload,
  commandPayload,
  homePayload,
  mentionPayload,
  reactionPayload,
  StateValues,
  submitPayload,
  userChangePayload,
} from './wire.ts'
import { formMemory } from './wire.ts'

/** A delivery with the ways to answer it. */
export interface Arrival {
  readonly delivery: Delivery
  readonly reply: Reply
}

/** What is known here of the workspace. */
export interface Home {
  readonly tenant: string
  /** Own name of a slash command. */
  commandOf(slash: string): string
  readonly botUser: string
  /** A link to a message. */
  linkOf(channel: string, ts: string, thread?: string): string
}

const nowhere: Reply = { triggerId: null, responseUrl: null, ephemeral: false }

/** The tenant somebody belongs to: the organisation's id where that is what the configuration names. */
function accountOf(
  home: Home,
  user: string,
  team: string | null | undefined,
  enterprise: string | null | undefined,
): Account {
  const tenant = home.tenant.startsWith('E') && enterprise === home.tenant ? home.tenant : (team ?? enterprise ?? '')
  return { chat: 'slack', tenant, user }
}

export function ofCommand(home: Home, body: z.infer<typeof commandPayload>): Arrival {
  const name = home.commandOf(body.command)
  return {
    delivery: {
      id: `slack:command:${body.trigger_id}`,
      account: accountOf(home, body.user_id, body.team_id, body.enterprise_id),
      place: { channel: body.channel_id },
      deed: { kind: 'command', name, text: spoken(body.text), via: 'slash' },
    },
    reply: { triggerId: body.trigger_id, responseUrl: body.response_url ?? null, ephemeral: false },
  }
}

/** Null for what people did not say to us: a bot's message, one without an author. */
export function ofMention(home: Home, body: z.infer<typeof mentionPayload>): Arrival | null {
  const { event } = body
  if (!event.user || event.bot_id) return null
  const said = spoken(event.text.replaceAll(new RegExp(`<@${home.botUser}(?:\\|[^>]*)?>`, 'g'), ' '))
  const [, name = '', text = ''] = /^\/?(\S*)\s*([\s\S]*)$/.exec(said) ?? []
  const place: Place = {
    channel: event.channel,
    ...(event.thread_ts ? { thread: event.thread_ts } : {}),
    ...(body.is_ext_shared_channel ? { shared: true } : {}),
  }
  const where = { at: instantOf(event.ts), link: home.linkOf(event.channel, event.ts, event.thread_ts ?? undefined) }
  return {
    delivery: {
      id: `slack:event:${body.event_id}`,
      account: accountOf(home, event.user, event.user_team ?? event.team ?? body.team_id, body.enterprise_id),
      place,
      deed: { kind: 'command', name: name === '' ? 'help' : name.toLowerCase(), text, via: 'mention', said: where },
    },
    reply: nowhere,
  }
}

/** What is marked so is kept. */
export const keepingMark = 'pushpin'

/** Null for other reactions, on other things, and for our own. */
export function ofReaction(home: Home, body: z.infer<typeof reactionPayload>): Arrival | null {
  const { user, reaction, item } = body.event
  if (reaction !== keepingMark || item.type !== 'message' || !item.channel || !item.ts || user === home.botUser)
    return null
  return {
    delivery: {
      id: `slack:event:${body.event_id}`,
      account: accountOf(home, user, body.team_id, body.enterprise_id),
      place: { channel: item.channel, ...(body.is_ext_shared_channel ? { shared: true } : {}) },
      deed: { kind: 'mark', message: item.ts },
    },
    reply: nowhere,
  }
}

/** ISO instant of a message's `ts`. */
export const instantOf = (ts: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1000)).toString()

/** A payload carries one action; null for a plain link. */
export function ofAction(home: Home, body: z.infer<typeof actionsPayload>): Arrival | null {
  const [action] = body.actions
  const { container, view, user } = body
  if (!action) return null
  const button = pressed({
    action_id: action.action_id,
    value: action.value ?? undefined,
    option: action.selected_option?.value ?? undefined,
  })
  if (!button) return null
  const channel = container.channel_id ?? body.channel?.id
  // A message with replies names itself as its thread: only a reply stands in one.
  const within = container.thread_ts ?? body.message?.thread_ts
  const thread = within === container.message_ts ? undefined : within
  const origin = container.message_ts ?? container.view_id ?? view?.id ?? ''
  return {
    delivery: {
      id: `slack:press:${origin}:${action.action_id}:${user.id}:${action.action_ts}`,
      account: accountOf(home, user.id, user.team_id ?? body.team?.id, body.enterprise?.id),
      place: channel ? { channel, ...(thread ? { thread } : {}) } : null,
      deed: { kind: 'press', ...button, inputs: inputsOf((body.state ?? view?.state)?.values ?? {}, 'action') },
    },
    reply: {
      triggerId: body.trigger_id,
      responseUrl: body.response_url ?? null,
      ephemeral: container.is_ephemeral === true,
    },
  }
}

/** Null when the dialog is none of ours. */
export function ofSubmit(home: Home, body: z.infer<typeof submitPayload>): Arrival | null {
  const { view, user } = body
  const memory = formMemory.safeParse(parsed(view.private_metadata))
  if (!memory.success) return null
  const { form, value, place } = memory.data
  return {
    delivery: {
      id: `slack:submit:${view.id}:${view.hash ?? ''}`,
      account: accountOf(home, user.id, user.team_id ?? body.team?.id, body.enterprise?.id),
      place: place && {
        channel: place.channel,
        ...(place.thread === undefined ? {} : { thread: place.thread }),
        ...(place.shared === undefined ? {} : { shared: place.shared }),
      },
      deed: { kind: 'submit', form, value, inputs: inputsOf(view.state?.values ?? {}, 'block') },
    },
    reply: { ...nowhere, triggerId: body.trigger_id ?? null },
  }
}

export function ofHome(home: Home, body: z.infer<typeof homePayload>): Arrival | null {
  if (body.event.tab === 'messages') return null
  return {
    delivery: {
      id: `slack:event:${body.event_id}`,
      account: accountOf(home, body.event.user, body.team_id, body.enterprise_id),
      place: null,
      deed: { kind: 'home' },
    },
    reply: nowhere,
  }
}

/** Null while the account is a full member's. */
export function ofUserChange(home: Home, body: z.infer<typeof userChangePayload>): Arrival | null {
  const { user } = body.event
  if (user.is_bot || !(user.deleted || user.is_restricted || user.is_ultra_restricted)) return null
  return {
    delivery: {
      id: `slack:event:${body.event_id}`,
      account: accountOf(home, user.id, user.team_id ?? body.team_id, body.enterprise_id),
      place: null,
      deed: { kind: 'account-lost' },
    },
    reply: nowhere,
  }
}

/** What was typed, without Slack's markup: links as people wrote them, mentions as `<@U…>` without the name, entities undone. */
export function spoken(text: string): string {
  return text
    .replace(/<(https?:\/\/[^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replace(/<(mailto|tel):[^|>]+\|([^>]*)>/g, (_, __, label: string) => label)
    .replace(/<([@#][A-Z0-9]+)\|[^>]*>/g, '<$1>')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}

/** Our inputs are named by their block in dialogs, by their action beside a button. */
function inputsOf(values: StateValues, by: 'block' | 'action'): Record<string, string> {
  const inputs: Record<string, string> = {}
  for (const [block, actions] of Object.entries(values))
    for (const [action, entered] of Object.entries(actions)) {
      const several = entered.selected_options?.map((one) => one.value ?? '').join(',')
      inputs[by === 'block' ? block : action] = entered.value ?? entered.selected_option?.value ?? several ?? ''
    }
  return inputs
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
