import { Fault } from '../../../core/fault.ts'
import type { Quote } from '../../../ports/chat.ts'
import type { Api } from './api.ts'
import { instantOf, keepingMark, spoken } from './deliveries.ts'
import { slackError } from './faults.ts'
import { permalink } from './messages.ts'
import { type ReactedMessage, reactedMessage } from './wire.ts'

const gone = new Set(['message_not_found', 'channel_not_found', 'not_in_channel'])

/** Reads one message with the marks on it; null where it is gone. https://docs.slack.dev/reference/methods/reactions.get */
export async function quoted(
  { api, tenant }: { readonly api: Api; readonly tenant: string },
  channel: string,
  message: string,
  signal: AbortSignal,
): Promise<Quote | null> {
  try {
    const self = await api.self(signal)
    const args = { channel, timestamp: message, full: true }
    const { message: found } = await api.call('reactions.get', args, reactedMessage, signal)
    const thread = found.thread_ts && found.thread_ts !== found.ts ? found.thread_ts : null
    const name = found.bot_profile?.name || found.username
    return {
      text: textOf(found),
      at: instantOf(found.ts),
      link: found.permalink || permalink(self.url, { channel, ...(thread && { thread }) }, found.ts),
      ...(thread && { thread }),
      account: found.bot_id || !found.user ? null : accountOf(tenant, found, found.user),
      ...(name && { name }),
      ours: found.user === self.user_id || (!!found.bot_id && found.bot_id === self.bot_id),
      marked: found.reactions?.some((reaction) => reaction.name === keepingMark) === true,
    }
  } catch (error) {
    if (error instanceof Fault && gone.has(slackError(error))) return null
    throw error
  }
}

const accountOf = (tenant: string, { user_team, team }: ReactedMessage, user: string) => ({
  chat: 'slack',
  tenant: tenant.startsWith('E') ? tenant : (user_team ?? team ?? tenant),
  user,
})

/** Of a message without words, the names of what was attached. */
function textOf({ text, files }: ReactedMessage): string {
  const names = (files ?? []).flatMap(({ title, name }) => title || name || []).map((one) => `📎 ${one}`)
  return spoken([text, ...names].filter((part) => part !== '').join(' '))
}
