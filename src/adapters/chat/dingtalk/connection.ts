import type { ChatGiven } from '../../../ports/adapter.ts'
import type { Chat, ChatCan, ChatConnection } from '../../../ports/chat.ts'
import { Answers } from './answers.ts'
import { Api } from './api.ts'
import { Hearing } from './away.ts'
import { Callbacks } from './callbacks.ts'
import { Cards } from './cards.ts'
import { speech } from './chat.ts'
import type { DingtalkConfig } from './config.ts'
import { diagnose } from './doctor.ts'
import { Files } from './files.ts'
import { Frames } from './frames.ts'
import { identify } from './identity.ts'
import { Lines } from './lines.ts'
import { Painter } from './painter.ts'
import { ringOf } from './ring.ts'
import { Rooms } from './rooms.ts'

/** Calls are counted by the month, so that a card changes when something turned, and seldom for mere progress. */
const pace: Omit<ChatCan, 'rooms'> = {
  threads: false,
  home: false,
  frugal: true,
  updateEveryMs: 4_000,
  lazyMs: 60_000,
  tickMs: null,
}

/** So long what is being taken is waited for at the end. */
const takingMs = 3000

/** Opens no connection yet: that is `listen`. Everything else works before and without it. */
export async function openDingtalk(config: DingtalkConfig, given: ChatGiven): Promise<ChatConnection> {
  const { clock, chance, fetch, log } = given
  const { tenant } = config
  const values = given.values ?? null
  const directory = () => given.directory()
  const api = new Api(config, given)
  const callbacks = new Callbacks(clock)
  const cards = new Cards({ api, template: config.cardTemplate, callbacks, values })
  const files = new Files(api)
  const painter = new Painter({ directory, tenant, timeZone: config.timeZone, files, log })
  const answers = new Answers({ cards, painter, callbacks })
  const closing = new AbortController()
  let stop = async () => {}

  const listen: Chat['listen'] = async (receive, outer, away) => {
    const signal = AbortSignal.any([outer, closing.signal])
    const { oapiUrl } = config
    const frames = new Frames({ tenant, oapiUrl, callbacks, fetch, log, directory, receive })
    const hearing = new Hearing({ clock, values, log, away: async (gap) => away?.(gap) })
    const take = frames.take.bind(frames)
    const lines = new Lines({ config, api, clock, log, take, alive: () => hearing.alive() }, chance)
    // What is being received is still answered before the line goes.
    const ending = new AbortController()
    const giveUp = () => ending.abort(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    await lines.start(ending.signal)
    signal.removeEventListener('abort', giveUp)
    stop = once(async () => {
      const enough = new AbortController()
      await Promise.race([frames.settled(), clock.sleep(takingMs, enough.signal).catch(() => undefined)])
      enough.abort()
      ending.abort(new Error('closed'))
      await lines.stopped()
    })
    if (signal.aborted) await stop()
    else signal.addEventListener('abort', () => void stop(), { once: true })
  }

  return {
    chat: {
      can: { ...pace, rooms: config.sceneGroup !== undefined },
      listen,
      ...speech({ painter, cards, files, rooms: new Rooms(api, config), answers }),
      person: (account, _place, signal) => identify({ api, tenant, log }, account, signal),
    },
    ring: ringOf(api, tenant, directory),
    measures: api.usage.measures(),
    doctor: (signal) => diagnose({ api, config, cards, chance }, signal),
    async close() {
      closing.abort(new Error('closed'))
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
