import { systemClock } from '../../../src/adapters/system/clock.ts'
import type { Account } from '../../../src/core/actor.ts'
import type { Fault, Message, View, Workspace } from '../../../src/playground/slack/index.ts'
import type { Stage, Trouble } from '../../contract/chat/stage.ts'
import { serveRoutes } from './routes.ts'
import { type Bot, bot, everySecret, mei, openBot, setup, shared, startSlack, team, tom } from './workspace.ts'

const slowMs = 400

const faults: Readonly<Record<Trouble, Fault>> = {
  'rate-limited': { rateLimitedForS: 2 },
  // A proxy in a talkative mood.
  'server-error': { status: 503, body: `upstream refused: authorization: Bearer ${everySecret[0]}` },
  'cut-before': { reset: 'before' },
  'cut-after': { reset: 'after' },
  unreadable: {
    status: 200,
    body: `<html>proxy: Bearer ${everySecret[0]}</html>`,
    contentType: 'text/html',
    afterEffect: true,
  },
  'too-slow': { delayMs: 3 * slowMs },
  'token-refused': { error: 'invalid_auth' },
  'no-permission': { error: 'missing_scope' },
  'room-unknown': { error: 'channel_not_found' },
}

const methods = { send: 'chat.postMessage', update: 'chat.update' } as const

const texts = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(texts).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, one]) => (['text', 'title', 'fallback'].includes(key) && typeof one === 'string' ? one : texts(one)))
    .join(' ')
}
const said = (message: Message): string => `${message.text} ${texts(message.blocks)}`
const shownIn = (view: View | undefined): string | null => (view ? texts(view.body) : null)

interface Element {
  readonly actionId: string
  readonly option: string | null
}

/** The button or menu entry with this label. */
function labelled(value: unknown, label: string, actionId: string | null = null): Element | null {
  if (Array.isArray(value))
    return value.map((one) => labelled(one, label, actionId)).find((one) => one !== null) ?? null
  if (typeof value !== 'object' || value === null) return null
  const one = value as Record<string, unknown>
  const id = typeof one.action_id === 'string' ? one.action_id : actionId
  if (id !== null && texts({ text: one.text }).trim() === label)
    return { actionId: id, option: one.action_id === undefined ? String(one.value) : null }
  return labelled(Object.values(one), label, id)
}

/** The local Slack workspace as the contract's stage. */
export async function slackStage(mode: 'socket' | 'http'): Promise<Stage> {
  const workspace: Workspace = await startSlack(setup())
  const bots: Bot[] = []
  const routes = mode === 'http' ? await serveRoutes() : null

  const press = async (who: Account, message: Message | undefined, label: string): Promise<boolean> => {
    const element = labelled(message?.blocks, label)
    if (!message || !element) throw new TypeError(`nothing is labelled ${label}`)
    return (await workspace.as(who.user).press(message.channel, message.ts, element.actionId, element.option)).acked
  }

  return {
    member: mei,
    colleague: tom,
    room: team,
    secrets: everySecret,
    standings: [
      ['a colleague', mei, team, 'member'],
      ['a colleague, nowhere', tom, null, 'member'],
      ['a guest', { ...mei, user: 'U0GUEST001' }, team, 'guest'],
      ['a single-channel guest', { ...mei, user: 'U0ULTRA001' }, null, 'guest'],
      ['somebody who left', { ...mei, user: 'U0GONE0001' }, null, 'deactivated'],
      ['another organisation', { ...mei, tenant: 'T0OTHER001', user: 'U0STRANGE1' }, null, 'stranger'],
      ['another organisation with our id', { ...mei, user: 'U0STRANGE1' }, null, 'stranger'],
      ['a bot', { ...mei, user: 'U0OTHERBOT' }, null, 'bot'],
      ['ourselves', { ...mei, user: bot }, null, 'bot'],
      ['a colleague in a shared channel', mei, shared, 'other-organisation'],
      ['nobody', { ...mei, user: 'U0NOBODY01' }, null, 'could-not-ask'],
    ],
    async start() {
      const made = await openBot(workspace, { mode, fetchTimeoutMs: slowMs })
      bots.push(made)
      return {
        chat: made.connection.chat,
        async listen(take) {
          made.receive = take
          await made.listen()
          if (routes) {
            routes.use(made.routes)
            await workspace.setRequestUrl(routes.url)
          }
        },
        stop: () => made.stop(),
      }
    },
    command: async (who, line) => (await workspace.as(who.user).command(team, `/${line}`)).acked,
    async mention(who, text, thread) {
      await workspace.as(who.user).say(team, `<@${bot}> ${text}`, thread?.message)
    },
    press: (who, ref, label) => press(who, workspace.message(ref.channel, ref.message), label),
    pressPrivate: (who, label) => press(who, workspace.ephemeral(who.user).at(-1), label),
    async submit(who, inputs) {
      const view = workspace.views(who.user).at(-1)
      return (await workspace.as(who.user).submit(view?.id ?? '', inputs)).acked
    },
    async repeat() {
      const last = workspace.eventLog().at(-1)
      // Slack signs a redelivery anew; within the same second the signature would be the same, and refused as a replay.
      if (mode === 'http') await systemClock.sleep(1000 - (Date.now() % 1000) + 5)
      if (last) await workspace.redeliver(last.eventId)
    },
    seen: (room) => workspace.messages(room).map(said),
    seenBy(who) {
      const direct = workspace.channels().find((one) => one.isIm && one.members.has(who.user))
      const messages = direct ? workspace.messages(direct.id) : []
      return [...workspace.ephemeral(who.user), ...messages].map(said)
    },
    formOf: (who) => shownIn(workspace.views(who.user).at(-1)),
    homeOf: (who) => shownIn(workspace.home(who.user)),
    roomsNamed: (name) =>
      workspace
        .channels()
        .filter((one) => one.name === name || one.name.startsWith(`${name}-`))
        .map((one) => one.id),
    spoil: (what, trouble) =>
      workspace.inject(({ method }) => (method === methods[what] ? faults[trouble] : undefined)),
    down: () => workspace.down(),
    up: () => workspace.up(),
    logged: () => bots.flatMap((one) => one.log.lines).join('\n'),
    async close() {
      for (const one of bots) await one.stop()
      await routes?.close()
      await workspace.close()
    },
  }
}
