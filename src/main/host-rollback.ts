import { openLedger } from '../adapters/ledger/sqlite/open.ts'
import { type FromHost, rollBackFromHost } from '../app/host.ts'
import { loadRollback, loadStory } from '../app/load.ts'
import { recordSchedules } from '../app/on-call.ts'
import { recordConfig } from '../app/record-config.ts'
import type { World } from '../app/world.ts'
import type { Config } from '../config/config.ts'
import { consoleLink } from '../core/console-link.ts'
import { nearest } from '../core/nearest.ts'
import type { Rollback } from '../core/rollback/state.ts'
import { Alerts } from '../engine/alerts.ts'
import { Rollbacks } from '../engine/rollbacks.ts'
import { Follower } from '../projection/follower.ts'
import { plain } from '../text/say.ts'
import { momentLines } from '../view/moments.ts'
import { refusalNote } from '../view/refusal.ts'
import { titleOf } from '../view/rollback-card.ts'
import { voice } from '../view/words.ts'
import { openEstate } from './estate.ts'
import type { Given } from './given.ts'
import { readKeys } from './keys.ts'

/** 0: restored. 1: it could not be begun (usage, configuration, something broke). */
export const exitCodes = {
  restored: 0,
  /** The rules or the target say no; nothing was changed. */
  refused: 2,
  /** It ran and ended otherwise than restored: look at what was printed last. */
  notRestored: 3,
  /** It is recorded and goes on, or will at the next start of the bot: this command stopped watching. */
  unwatched: 4,
} as const

const connectWithinMs = 15_000
/** The bot that holds the ledger begins within so long, or is told of. */
const begunWithinMs = 30_000

/** `astern rollback SERVICE --to VERSION …`: always by a broken glass; driven here where no bot runs, else by the bot. */
export async function hostRollback(given: Given, config: Config): Promise<number> {
  const asked = askedOf(given, config)
  const { platform } = given
  const { clock, chance, log } = platform
  const file = given.ledger ?? config.ledger.file
  const keys = readKeys(config.ledger.keys, file, chance)
  const opened = await openLedger({ file, clock, chance, log, templateKey: keys.templates, guest: true })
  const { ledger, store, guest } = opened
  const follower = await Follower.open({ ledger, values: store.values, log })
  await follower.caughtUp((await ledger.head()).position)
  const unfollow = ledger.follow(({ position }) => void follower.caughtUp(position).catch(() => undefined))
  const registry = config.registry ? config.registry.adapter.open(config.registry.config, platform) : null
  const estate = openEstate(config, { platform, templates: store.templates, registry, changed: () => undefined })
  const world: World = {
    ledger,
    store,
    desk: follower.desk,
    clock,
    chance,
    log,
    chats: new Map(),
    pagers: new Map(),
    registry,
    config: () => config,
    estate: () => estate,
    link: (path) => `${config.web.url.replace(/\/$/, '')}${consoleLink(path, keys.console)}`,
    caughtUp: (position) => follower.caughtUp(position),
  }
  const stopping = new AbortController()
  void given.stopped.then(() => stopping.abort())
  try {
    await recordConfig(world)
    if (!guest) await recordSchedules(world)
    await estate.opened(connectWithinMs, stopping.signal)
    return await carryOut(given, world, asked, guest, stopping)
  } finally {
    stopping.abort()
    await estate.close()
    unfollow()
    await opened.close()
  }
}

async function carryOut(given: Given, world: World, asked: FromHost, guest: boolean, stopping: AbortController) {
  const begun = await rollBackFromHost(world, asked, stopping.signal)
  if (begun.status === 'refused') {
    const account = { chat: 'host', tenant: '', user: asked.user }
    const { lines } = refusalNote(begun.no, 'en', { account, ...(begun.id && { id: begun.id }) })
    for (const line of lines) given.print(plain(line))
    return exitCodes.refused
  }
  const id = begun.rollback
  given.print(guest ? `${id} is recorded; the bot that is running carries it out.` : `${id} is recorded; it runs here.`)
  const alerts = new Alerts(world, () => undefined, stopping.signal)
  // Nothing posts alerts while no bot runs: what was told before stays as it is.
  await alerts.begin()
  const engine = guest ? null : new Rollbacks(world, `host ${world.chance.uuid()}`, alerts, id).run(stopping.signal)
  const ended = await watched(given, world, id, stopping.signal)
  stopping.abort()
  await engine
  if (!ended) {
    given.print(
      `${id} goes on without this command: ${guest ? 'the bot carries it out' : 'start the bot to go on with it'}.`,
    )
    return exitCodes.unwatched
  }
  given.print(
    plain(titleOf(voice('en'), { rollback: ended, since: ended.proposedAt, now: world.clock.now().toString() })),
  )
  given.print('A review of the broken glass is open until somebody else closes it; chat is told when it is back.')
  return ended.outcome === 'restored' ? exitCodes.restored : exitCodes.notRestored
}

/** Prints what happens until it has ended; null when somebody stopped the command, or when the bot does not begin. */
async function watched(given: Given, world: World, id: string, signal: AbortSignal): Promise<Rollback | null> {
  let wake = () => {}
  const stop = world.ledger.follow(() => wake())
  const since = world.clock.monotonicMs()
  let printed = 0
  try {
    for (;;) {
      const nap = new AbortController()
      wake = () => nap.abort()
      const rollback = await loadRollback(world, id)
      printed = await printMoments(given, world, rollback, printed)
      if (rollback?.phase === 'ended') return rollback
      const idle = rollback?.startedAt === null && world.clock.monotonicMs() - since > begunWithinMs
      if (idle)
        given.print('The bot holds the ledger and has not begun it. Look at its log, or stop it and run this again.')
      if (idle || signal.aborted) return null
      await world.clock.sleep(1_000, AbortSignal.any([signal, nap.signal])).catch(() => undefined)
    }
  } finally {
    stop()
  }
}

async function printMoments(given: Given, world: World, rollback: Rollback | null, printed: number): Promise<number> {
  const story = rollback && (await loadStory(world, rollback.incident))
  if (!story) return printed
  const moments = story.moments.filter((moment) => moment.rollback === rollback.id && moment.position > printed)
  const told = { moments, rollbacks: story.rollbacks, evidence: () => '' }
  for (const line of momentLines(voice('en'), told))
    given.print(plain(line.filter((span) => typeof span === 'string' || span.kind !== 'link')).trim())
  return moments.at(-1)?.position ?? printed
}

function askedOf(given: Given, config: Config): FromHost {
  const [, service, ...more] = given.words
  const { to, as: person, reason, user, platform } = given
  const usage = 'astern rollback SERVICE --to VERSION --in PLACE --as PERSON --reason TEXT'
  if (service === undefined || more.length > 0) throw new TypeError(`which service? ${usage}`)
  if (to === null) throw new TypeError(`back to which version? ${usage}`)
  if (given.in === null) throw new TypeError(`where? A region, an environment, or ENVIRONMENT/REGION. ${usage}`)
  if (person === null) throw new TypeError(`who are you, in the configuration? ${usage}`)
  if (!config.people.has(person)) {
    const [meant] = nearest(person, [...config.people.keys()], 1)
    throw new TypeError(`there is no person “${person}” in the configuration${meant ? `; did you mean ${meant}?` : ''}`)
  }
  if (!reason?.trim()) throw new TypeError(`why? Everybody will read it. ${usage}`)
  return { service, to, place: given.in, person, reason, user, dedupe: `host:${platform.chance.uuid()}` }
}
