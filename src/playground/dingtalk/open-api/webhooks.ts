import { createHmac } from 'node:crypto'
import { appendMessage } from '../store/conversations.ts'
import { isWire, OldRefusal, objects, type Wire } from '../store/wire.ts'
import type { Author, Content, Conversation, World } from '../store/world.ts'
import { list, object, text } from './fields.ts'
import type { OldCall } from './old-call.ts'

const signLivesMs = 3_600_000
const mostAMinute = 20
const muteMs = 600_000
const more = 'more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]'

/** The signature of a custom robot: base64 of HMAC-SHA256 over `timestamp\nsecret`, keyed with the secret. */
export function signWebhook(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
}

/** `POST /robot/sendBySession?session=…`: answers in the conversation of a message, until its webhook expires. */
export function postToSession({ world, query, body }: OldCall): Wire {
  const session = world.sessions.get(query.get('session') ?? '')
  const conversation = session && world.conversations.get(session.conversation)
  if (!session || !conversation) throw new OldRefusal(300001, 'session is not exist')
  if (session.expiresAt < world.now()) throw new OldRefusal(300001, 'session is expired')
  post(world, conversation, { kind: 'robot' }, body)
  return {}
}

/** `POST /robot/send?access_token=…&timestamp=…&sign=…`: a custom robot of a group, 20 posts a minute. */
export function postByWebhook({ world, query, body }: OldCall): Wire {
  const webhook = world.webhooks.get(query.get('access_token') ?? '')
  const group = webhook && world.conversations.get(webhook.conversationId)
  if (!webhook || !group || group.isDisbanded) throw new OldRefusal(300005, 'token is not exist')
  if (webhook.secret !== undefined) checkSignature(world, webhook.secret, query)
  checkPace(world, webhook.accessToken)
  const content = readContent(body)
  const { keywords } = webhook
  if (keywords && !keywords.some((keyword) => JSON.stringify(content).includes(keyword)))
    throw new OldRefusal(310000, `keywords not in content, ${more}`)
  post(world, group, { kind: 'webhook', name: webhook.name }, body)
  return {}
}

function checkSignature(world: World, secret: string, query: URLSearchParams): void {
  const timestamp = query.get('timestamp') ?? ''
  const isFresh = /^\d{13}$/.test(timestamp) && Math.abs(world.now() - Number(timestamp)) <= signLivesMs
  if (!isFresh) throw new OldRefusal(310000, `invalid timestamp, ${more}`)
  if (query.get('sign') !== signWebhook(secret, timestamp)) throw new OldRefusal(310000, `sign not match, ${more}`)
}

/** More than 20 posts within a minute mute the robot for ten. */
function checkPace(world: World, token: string): void {
  const now = world.now()
  const pace = world.webhookPace.get(token) ?? { posts: [], mutedUntil: 0 }
  const posts = pace.posts.filter((at) => now - at < 60_000)
  const isTooFast = now < pace.mutedUntil || posts.length >= mostAMinute
  world.webhookPace.set(token, {
    posts: isTooFast ? posts : [...posts, now],
    mutedUntil: posts.length >= mostAMinute && now >= pace.mutedUntil ? now + muteMs : pace.mutedUntil,
  })
  if (isTooFast) throw new OldRefusal(410100, '发送速度太快而限流')
}

function post(world: World, conversation: Conversation, by: Author, body: Wire): void {
  const at = object(body, 'at')
  const mentions = at.isAtAll === true ? ['all'] : list(at, 'atUserIds')
  appendMessage(world, conversation, { by, content: readContent(body), mentions })
}

/** The messages that webhooks take: text, markdown, link, actionCard. */
function readContent(body: Wire): Content {
  const kind = text(body, 'msgtype')
  const given = body[kind]
  if (!isWire(given)) throw new OldRefusal(300001, kind === '' ? 'param error' : 'message msgtype not support')
  const title = text(given, 'title')
  const said = text(given, 'text')
  if (kind === 'text' && text(given, 'content') !== '') return { kind, text: text(given, 'content') }
  if (kind === 'markdown' && title !== '' && said !== '') return { kind, title, text: said }
  if (kind === 'link' && title !== '' && said !== '')
    return { kind: 'links', title, text: said, links: [{ title, url: text(given, 'messageUrl') }] }
  if (kind === 'actionCard' && title !== '' && said !== '')
    return { kind: 'links', title, text: said, links: linksOf(given) }
  throw new OldRefusal(300001, 'param error')
}

function linksOf(given: Wire): { title: string; url: string }[] {
  const single = text(given, 'singleTitle')
  if (single !== '') return [{ title: single, url: text(given, 'singleURL') }]
  return objects(given.btns).map((button) => ({ title: text(button, 'title'), url: text(button, 'actionURL') }))
}
