import type { IncomingMessage, ServerResponse } from 'node:http'
import { commands } from '../../commands/index.ts'
import { checkpointKey } from '../adapters/ledger/checkpoint.ts'
import { type LedgerOptions, type OpenLedger, openLedger } from '../adapters/ledger/sqlite/open.ts'
import { faultMaker } from '../app/fault-maker.ts'
import { recordSchedules } from '../app/on-call.ts'
import { wantGroups } from '../app/on-call-posting.ts'
import { heard } from '../app/paging.ts'
import { recordConfig } from '../app/record-config.ts'
import { nowOf, type World } from '../app/world.ts'
import { changedSections, type LiveConfig } from '../config/live.ts'
import { astern } from '../core/actor.ts'
import { consoleLink } from '../core/console-link.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { Alerts } from '../engine/alerts.ts'
import { Automatics } from '../engine/automatics.ts'
import { recordAway } from '../engine/away.ts'
import { Beginnings } from '../engine/began.ts'
import { Calendars } from '../engine/calendars.ts'
import { keepCheckpoints } from '../engine/checkpoints.ts'
import { Deliveries } from '../engine/deliveries.ts'
import { Drills } from '../engine/drills.ts'
import { HandOffs } from '../engine/hand-offs.ts'
import { Observer } from '../engine/observe.ts'
import { Outbox } from '../engine/outbox.ts'
import { Pagings } from '../engine/pagings.ts'
import { Rollbacks } from '../engine/rollbacks.ts'
import { Watches } from '../engine/watches.ts'
import type { Platform } from '../ports/adapter.ts'
import type { Chat, ChatConnection } from '../ports/chat.ts'
import type { Pager } from '../ports/pager.ts'
import { Follower } from '../projection/follower.ts'
import { alertRoute } from '../web/alerts.ts'
import { calendarRoutes } from '../web/calendar/routes.ts'
import { gateRoute } from '../web/gate.ts'
import { Metrics } from '../web/metrics.ts'
import { startWeb } from '../web/server.ts'
import { alertSources } from './alert-sources.ts'
import { type OpenEstate, openEstate } from './estate.ts'
import { readKeys } from './keys.ts'
import { listenTo } from './listening.ts'
import { measure } from './measure.ts'
import { measurePages } from './measure-pages.ts'
import { openPagers } from './pagers.ts'

/** So long a delivery that a crash left waits for the connections: without them it would be refused. */
const openWithinMs = 10_000

export interface BotOptions {
  readonly live: LiveConfig
  readonly platform: Platform
  readonly ledgerFile: string
  readonly host: string
  readonly port: number
  /** What the playground serves on the same port. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Opens the ledger; SQLite where nothing else is given. */
  readonly open?: (options: LedgerOptions) => Promise<OpenLedger>
}

export interface Bot {
  readonly url: string
  readonly world: World
  /** Stops cleanly: takes nothing new, lets what runs come to a durable point, closes everything. */
  close(): Promise<void>
}

/** Puts the bot together and starts it. Throws Fault when the ledger or the port cannot be had. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { live, platform, ledgerFile } = options
  const { clock, chance, log } = platform
  const keys = readKeys(live.current.ledger.keys, ledgerFile, chance)
  const {
    ledger,
    store,
    checkpoint,
    close: closeLedger,
  } = await (options.open ?? openLedger)({
    file: ledgerFile,
    clock,
    chance,
    log,
    templateKey: keys.templates,
  })
  const stopping = new AbortController()
  const { signal } = stopping
  const follower = await Follower.open({ ledger, values: store.values, log })
  const { desk } = follower
  await follower.caughtUp((await ledger.head()).position)
  const unfollow = ledger.follow(({ position }) => void follower.caughtUp(position).catch(unreadable), deliveryEvents)
  function unreadable(cause: unknown) {
    log.error('ledger could not be read', {}, cause)
  }

  const chats = new Map<string, Chat>()
  const pagers = new Map<string, Pager>()
  const { registry: configured } = live.current
  const registry = configured ? configured.adapter.open(configured.config, platform) : null
  let estate: OpenEstate
  const { web: address } = live.current
  const base = address.url.replace(/\/$/, '')
  const world: World = {
    ledger,
    store,
    desk,
    clock,
    chance,
    log,
    chats,
    pagers,
    registry,
    config: () => live.current,
    estate: () => estate,
    link: (path) => `${base}${consoleLink(path, keys.console)}`,
    caughtUp: (position) => follower.caughtUp(position),
  }
  const observer = new Observer(world, signal)
  const given = { platform, templates: store.templates, registry, changed: (id: string) => observer.changed(id) }
  estate = openEstate(live.current, given)
  await recordConfig(world)
  await recordSchedules(world)

  const calendars = new Calendars(world, platform, signal)
  await calendars.settle()

  const listening = new Set<string>()
  const metrics = new Metrics()
  const deliveries = new Deliveries(world, commands, signal)
  measure(metrics, world, deliveries)
  measurePages(metrics, world)
  const web = await startWeb({
    host: options.host,
    port: options.port,
    clock,
    log,
    metrics,
    health: {
      ready: () => {
        const parts = Object.fromEntries([...chats.keys()].map((chat) => [`chat ${chat}`, listening.has(chat)]))
        return { ready: Object.values(parts).every(Boolean), parts: { ledger: true, ...parts } }
      },
    },
    console: { ledger, key: keys.console },
    routes: [
      gateRoute(world, metrics),
      alertRoute(
        world,
        alertSources(() => live.current, platform),
        metrics,
      ),
      ...calendarRoutes(world, keys.console),
    ],
    ...(options.fallback && { fallback: options.fallback }),
  })

  const connections = new Map<string, ChatConnection>()
  for (const { adapter, config } of live.current.chats) {
    const connection = await adapter.open(
      config,
      {
        ...platform,
        directory: () => live.current.directory(),
        values: store.values,
        commands: commands.map(({ name }) => name),
        route: web.route,
      },
      signal,
    )
    connections.set(adapter.id, connection)
    chats.set(adapter.id, connection.chat)
    for (const { name, help, read } of connection.measures ?? []) metrics.measured(name, help, read)
  }

  const ring = (chat: string) => connections.get(chat)?.ring ?? null
  const pagerGiven = { platform, route: web.route, values: store.values, ring }
  for (const [name, pager] of openPagers(live.current, () => live.current, pagerGiven)) {
    pagers.set(name, pager)
    pager.listen((word) => heard(world, name, word))
  }
  const pagings = new Pagings(world, signal)
  await pagings.begin()

  const outbox = new Outbox(world)
  await wantGroups(world)
  const unplaced = metrics.counter('astern_alerts_unplaced_total', 'Alerts that are of no service.', ['source'])
  const alerts = new Alerts(world, (source, count) => unplaced.add(count, { source }), signal)
  await alerts.begin()

  const stopReload = live.follow((config, before) => {
    const changed = changedSections(before, config)
    log.info('configuration reloaded', { sections: changed.join(' ') })
    void recordConfig(world)
      .then(() => recordSchedules(world))
      .then(() => wantGroups(world))
      .then(() => {
        outbox.poke()
        drills.poke()
      })
      .catch((cause: unknown) => log.error('configuration was not recorded', {}, cause))
    if (changed.some((section) => ['web', 'ledger', 'chat', 'pagers', 'registries'].includes(section)))
      log.warn('web, ledger, chat, pagers and registries take effect at the next start')
    if (changed.some((section) => ['calendars', 'people'].includes(section))) calendars.begin()
    if (!changed.some((section) => ['connections', 'monitors', 'services'].includes(section))) return
    const old = estate
    estate = openEstate(config, given)
    void old.close()
  })

  const handOffs = new HandOffs(world, signal)
  const drills = new Drills(world, faultMaker(world), platform.alarm, signal)
  const running = [
    outbox.run(signal),
    new Rollbacks(world, chance.uuid(), alerts).run(signal),
    pagings.run(),
    handOffs.run(),
    drills.run(),
    alerts.run(),
    new Watches(world, alerts, signal).run(),
    new Beginnings(world, signal).run(),
    new Automatics(world, alerts, signal).run(),
  ]
  calendars.begin()
  const { checkpoints } = live.current.ledger
  if (checkpoints) {
    const key = checkpointKey(checkpoints.key.reveal())
    const sign = () => checkpoint(key, { at: nowOf(world), actor: astern, config: live.current.digest })
    running.push(keepCheckpoints(world, sign, signal))
  }
  await deliveries.resume(estate.opened(openWithinMs, signal))
  const receive = deliveries.receive.bind(deliveries)
  for (const [name, chat] of chats)
    void listenTo({ name, chat, clock, log, receive, away: recordAway(world, name) }, signal).then(
      (listens) => listens && listening.add(name),
    )

  return {
    url: web.url,
    world,
    async close() {
      stopReload()
      for (const connection of connections.values()) await connection.close()
      stopping.abort()
      await Promise.allSettled([...running, deliveries.settle(), observer.settle(), calendars.ended()])
      await web.close()
      await estate.close()
      unfollow()
      await follower.close().catch(unreadable)
      await closeLedger()
    },
  }
}
