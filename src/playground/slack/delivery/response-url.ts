import type { IncomingMessage } from 'node:http'
import type { Reply } from '../../misfortune.ts'
import { appendEphemeral, appendMessage, deleteMessage, editMessage } from '../store/messages.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Message, World } from '../store/world.ts'
import { Arguments } from '../web-api/arguments.ts'
import { type Content, readContent } from '../web-api/content.ts'
import type { Asked } from '../web-api/exchange.ts'
import { jsonReply } from '../web-api/reply.ts'
import { parseArguments } from '../web-api/request.ts'

const mostUses = 5
const livesMs = 30 * 60_000

interface Grant {
  readonly channel: string
  readonly user: string
  /** The message the person acted on, if any. */
  readonly origin: string | undefined
  readonly expiresAt: number
  uses: number
}

/** The addresses that let an app answer an action: five times within half an hour. */
export class ResponseUrls {
  private readonly world: World
  private readonly grants = new Map<string, Grant>()

  constructor(world: World) {
    this.world = world
  }

  issue(grant: { channel: string; user: string; origin?: string }): string {
    const { app, team, ids, now } = this.world
    const path = `/actions/${team.id}/${ids.hex(13)}/${ids.token(24)}`
    this.grants.set(path, { ...grant, origin: grant.origin, expiresAt: now() + livesMs, uses: 0 })
    return `${this.world.origin}${path}?app=${app.appId}`
  }

  /** A POST to one of them, ready to be carried out. */
  ask(request: IncomingMessage, url: URL, body: Buffer): Asked {
    try {
      const { args } = parseArguments(request, new URL(url.pathname, url), body)
      return { method: 'response_url', args, perform: () => this.answer(url.pathname, args) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { method: 'response_url', args: {}, perform: () => failed(400, error.code) }
    }
  }

  private answer(path: string, args: Wire): Reply {
    const grant = this.grants.get(path)
    if (!grant || this.world.now() > grant.expiresAt) return failed(404, 'expired_url')
    if (grant.uses >= mostUses) return failed(404, 'used_url')
    try {
      applyAnswer(this.world, grant, new Arguments(args))
    } catch (error) {
      if (error instanceof Refusal) return failed(error.code === 'no_text' ? 500 : 400, error.code, error.extra)
      throw error
    }
    grant.uses++
    return jsonReply({ ok: true })
  }
}

function failed(status: number, error: string, extra: Wire = {}): Reply {
  return jsonReply({ ok: false, error, ...extra }, {}, status)
}

/** Where an answer goes, and to whom. */
interface AnswerPlace {
  readonly channel: string
  readonly user: string
  readonly origin: string | undefined
}

/** The message somebody acted on, be it in the channel or only theirs. */
function findOrigin(world: World, place: AnswerPlace): Message | undefined {
  if (place.origin === undefined) return undefined
  const shown = world.channels.get(place.channel)?.messages.get(place.origin)
  return shown ?? world.ephemerals.find((one) => one.ts === place.origin && one.channel === place.channel)
}

/** Does what an answer asks: post, replace or delete. Returns the message it made or changed. */
export function applyAnswer(world: World, place: AnswerPlace, args: Arguments): Message | undefined {
  const origin = findOrigin(world, place)
  if (args.flag('delete_original')) {
    if (origin) deleteMessage(world, origin)
    return undefined
  }
  const content = readContent(args, world, 'new')
  if (args.flag('replace_original') && origin) {
    const { text, blocks = null, attachments = null } = content
    editMessage(world, origin, { text, blocks, attachments })
    return origin
  }
  const channel = world.channels.get(place.channel)
  if (!channel) throw new Refusal('channel_not_found')
  const made = { user: world.botUser, byApp: true, ...written(content), ...threadFor(args, origin) }
  if (args.text('response_type') === 'in_channel') return appendMessage(world, channel, made)
  return appendEphemeral(world, channel, place.user, made)
}

function threadFor(args: Arguments, origin: Message | undefined): Partial<Message> {
  const threadTs = args.text('thread_ts') ?? origin?.threadTs
  return threadTs === undefined ? {} : { threadTs }
}

function written(content: Content): Pick<Message, 'text'> & Partial<Message> {
  const { text, blocks, attachments, metadata } = content
  return {
    text,
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  }
}
