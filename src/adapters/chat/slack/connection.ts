import type { ChatGiven } from '../../../ports/adapter.ts'
import type { Chat, ChatConnection } from '../../../ports/chat.ts'
import { Answers } from './answers.ts'
import { Api } from './api.ts'
import type { DurableApp } from './app.ts'
import { speech } from './chat.ts'
import { defaultSlash, type SlackConfig } from './config.ts'
import type { Home } from './deliveries.ts'
import { diagnose } from './doctor.ts'
import { Documents } from './documents.ts'
import { EventsRoute, eventsPath } from './events-route.ts'
import { Handles } from './handles.ts'
import { identify } from './identity.ts'
import { introduce } from './introduce.ts'
import { Lines } from './lines.ts'
import { boltApp } from './listeners.ts'
import { Messages, permalink } from './messages.ts'
import { Painter } from './painter.ts'
import { Pictures } from './pictures.ts'
import { quoted } from './quote.ts'
import { Rooms } from './rooms.ts'
import { Signatures } from './signature.ts'

const takingMs = 3000
const pace = { updateEveryMs: 3_000, lazyMs: 7_000, tickMs: 60_000 }

/** Opens no connection yet: that is `listen`. Everything else works before and without it. */
export async function openSlack(config: SlackConfig, given: ChatGiven): Promise<ChatConnection> {
  const { clock, chance, fetch, log } = given
  const botToken = config.botToken.reveal()
  const secrets = [botToken, config.mode === 'socket' ? config.appToken.reveal() : config.signingSecret.reveal()]
  const api = new Api({ token: botToken, apiUrl: config.apiUrl, fetch, log, secrets })
  const slashOf = (command: string): string => config.commands[command] ?? defaultSlash(command)
  const painter = new Painter(() => given.directory(), config.tenant, slashOf)
  const handles = new Handles(clock)
  const rooms = new Rooms(api, config.tenant, log)
  const pictures = new Pictures(api, log)
  const messages = new Messages(api, painter, pictures, clock)
  const documents = new Documents({ api, painter, messages, clock, log })
  const answers = new Answers({ api, painter, handles, pictures, clock, fetch })
  const ownNames = new Map(given.commands.map((name) => [slashOf(name), name]))
  const route =
    config.mode === 'http' ? new EventsRoute(new Signatures(config.signingSecret.reveal(), clock), clock, log) : null
  if (route) given.route('POST', eventsPath, route.handle)
  const closing = new AbortController()
  let stop = async () => {}

  const home = async (): Promise<Home> => {
    const { user_id: botUser, url } = await api.self()
    return {
      tenant: config.tenant,
      botUser,
      commandOf: (slash) => ownNames.get(slash) ?? slash.replace(/^\//, ''),
      linkOf: (channel, ts, thread) => permalink(url, { channel, ...(thread && { thread }) }, ts),
    }
  }

  /** What is being received is still acknowledged; after three seconds Slack listens no more. */
  const settled = async (app: DurableApp): Promise<void> => {
    const enough = new AbortController()
    const patience = clock.sleep(takingMs, enough.signal).catch(() => undefined)
    await Promise.race([app.settled(), patience])
    enough.abort()
  }

  const listen: Chat['listen'] = async (receive, outer) => {
    const signal = AbortSignal.any([outer, closing.signal])
    await introduce(api, config.tenant, given, signal)
    const { alertApps } = config
    const parts = { api, botToken, handles, log, receive, home, alertApps }
    if (config.mode === 'http' && route) {
      const app = boltApp(parts, route)
      await route.start()
      stop = once(async () => {
        await route.stop()
        await settled(app)
      })
    } else if (config.mode === 'socket') {
      const app: DurableApp = boltApp(parts, { init: () => undefined, start: async () => {}, stop: async () => {} })
      const lines = new Lines({ appToken: config.appToken.reveal(), api, app, clock, log }, chance)
      const ending = new AbortController()
      const giveUp = () => ending.abort(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      await lines.start(ending.signal)
      signal.removeEventListener('abort', giveUp)
      stop = once(async () => {
        await settled(app)
        ending.abort()
        await lines.stopped()
      })
    }
    if (signal.aborted) await stop()
    else signal.addEventListener('abort', () => void stop(), { once: true })
  }

  return {
    chat: {
      can: { threads: true, rooms: true, home: true, frugal: false, ...pace },
      listen,
      ...speech({ api, painter, messages, documents, rooms, answers }),
      person: (account, place, signal) => identify({ api, tenant: config.tenant, log }, account, place, signal),
      quote: (channel, message, signal) => quoted({ api, tenant: config.tenant }, channel, message, signal),
    },
    doctor: (signal) => diagnose({ api, config, given }, signal),
    async close() {
      closing.abort()
      await stop()
    },
  }
}

const once = (act: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | null = null
  return () => {
    done ??= act()
    return done
  }
}
