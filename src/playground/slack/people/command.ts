import { applyAnswer } from '../delivery/response-url.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { Message, World } from '../store/world.ts'
import { Arguments } from '../web-api/arguments.ts'
import { type Desk, userOf } from './desk.ts'
import { fromReceipt, type Outcome, refused } from './outcome.ts'

/** A person sends `/command text` in a channel. Slash commands do not work in threads. */
export async function sendCommand(desk: Desk, userId: string, channelId: string, line: string): Promise<Outcome> {
  const { world } = desk
  const channel = world.channels.get(channelId)
  if (!channel) return refused('channel_not_found')
  if (!channel.members.has(userId)) return refused('not_in_channel')
  if (channel.isArchived) return refused('is_archived')
  const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? []
  const command = world.command(name)
  if (!command) return refused('unknown_command', `${name} is not a valid command`)
  const user = userOf(world, userId).setup
  const payload: Wire = {
    token: 'verification',
    team_id: user.teamId ?? world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: channel.isIm ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
    user_id: userId,
    user_name: user.name,
    command: name,
    text: command.shouldEscape ? escaped(world, rest, 'labelled') : rest,
    api_app_id: world.app.appId,
    is_enterprise_install: 'false',
    response_url: desk.responseUrls.issue({ channel: channel.id, user: userId }),
    trigger_id: world.triggers.issue(userId),
  }
  const receipt = await desk.deliver({ kind: 'slash_commands', payload, acceptsResponse: true })
  const outcome = fromReceipt(receipt)
  if (!receipt.acked) return { ...outcome, detail: `${name} failed with the error "${receipt.error}"` }
  if (receipt.response === undefined) return outcome
  return { ...outcome, ...answerCommand(desk, { channel: channel.id, user: userId }, receipt.response) }
}

function answerCommand(desk: Desk, place: { channel: string; user: string }, response: unknown): Partial<Outcome> {
  const args = isWire(response) ? response : { text: String(response) }
  try {
    const message = applyAnswer(desk.world, { ...place, origin: undefined }, new Arguments(args))
    const mine: Message[] = message?.ephemeralFor === place.user ? [message] : []
    return { ephemeral: mine }
  } catch (error) {
    if (error instanceof Refusal) return { error: 'invalid_command_response', detail: error.code }
    throw error
  }
}

/** `@mei` → `<@U…>`, in commands `<@U…|mei>`; `#general` → `<#C…|general>`; addresses in angle brackets; entities. */
export function escaped(world: World, text: string, users: 'labelled' | 'bare'): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const userByName = new Map([...world.users.values()].map(({ setup }) => [setup.name, setup.id]))
  return entities
    .replace(/\bhttps?:\/\/[^\s<>|]+/g, (url) => `<${url}>`)
    .replace(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const id = userByName.get(name)
      const label = users === 'labelled' ? `|${name}` : ''
      return id ? `${before}<@${id}${label}>` : whole
    })
    .replace(/(^|\s)#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      for (const channel of world.channels.values())
        if (channel.name === name && !channel.isPrivate) return `${before}<#${channel.id}|${name}>`
      return whole
    })
}
