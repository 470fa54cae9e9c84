import type { LedgerOptions, OpenLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import { openLedger } from '../../src/adapters/ledger/sqlite/open.ts'
import type {
  AdapterRegistry,
  ChatAdapter,
  CheckAdapter,
  MonitorAdapter,
  TargetAdapter,
} from '../../src/ports/adapter.ts'
import type { Fetch } from '../../src/ports/http.ts'
import type { Points } from './points.ts'

/** The bot's own adapters, each call of which is a place to die at. */
export const wrappedAdapters = (real: AdapterRegistry, points: Points, opensAfterMs: number): AdapterRegistry => ({
  ...real,
  targets: real.targets.map((adapter) => wrappedTarget(adapter, points, opensAfterMs)),
  chats: real.chats.map((adapter) => wrappedChat(adapter, points)),
  checks: real.checks.map((adapter) => wrappedCheck(adapter, points)),
  monitors: real.monitors.map((adapter) => wrappedMonitor(adapter, points)),
})

const wrappedTarget = (real: TargetAdapter, points: Points, opensAfterMs: number): TargetAdapter => ({
  ...real,
  async open(config, given, signal) {
    if (opensAfterMs > 0) await given.clock.sleep(opensAfterMs, signal)
    const connection = await real.open(config, given, signal)
    const { variant } = connection
    return {
      doctor: (until) => connection.doctor(until),
      close: () => connection.close(),
      ...(variant && {
        variant: (unit, variation, drill, until) =>
          points.around('variant', () => variant.call(connection, unit, variation, drill, until)),
      }),
      target(unit) {
        const target = connection.target(unit)
        const id = given.units.find((one) => JSON.stringify(one.unit) === JSON.stringify(unit))?.id ?? ''
        const name = (call: string) => `${call} ${id.split('/')[2] ?? ''}`
        return {
          plan: (release, until) => points.around(name('plan'), () => target.plan(release, until)),
          apply: (change, key, until) => points.around(name('apply'), () => target.apply(change, key, until)),
          recall: (change, key, until) => points.around(name('recall'), () => target.recall(change, key, until)),
          settled: (change, receipt, until) =>
            points.around(name('settled'), () => target.settled(change, receipt, until)),
          read: (until) => points.around(name('read'), () => target.read(until)),
          history: (limit, until) => points.around(name('history'), () => target.history(limit, until)),
        }
      },
    }
  },
})

const wrappedChat = (real: ChatAdapter, points: Points): ChatAdapter => ({
  ...real,
  async open(config, given, signal) {
    const fetch = wrappedFetch(given.fetch, points, real.id)
    const connection = await real.open(config, { ...given, fetch }, signal)
    const { chat } = connection
    const { quote } = chat
    const around = <T>(name: string, work: () => Promise<T>) =>
      points.around(real.id === 'slack' ? name : `${name} in ${real.id}`, work)
    return {
      ...connection,
      doctor: (until) => connection.doctor(until),
      close: () => connection.close(),
      chat: {
        can: chat.can,
        listen: (receive, until, away) =>
          chat.listen((delivery) => around(`receive ${delivery.deed.kind}`, () => receive(delivery)), until, away),
        answer: (delivery, view) => around(`answer ${view.kind}`, () => chat.answer(delivery, view)),
        send: (room, view, key, until) => around(`send ${shortKey(key)}`, () => chat.send(room, view, key, until)),
        update: (ref, view, until) => around(`update ${view.kind}`, () => chat.update(ref, view, until)),
        find: (room, key, until) => around(`find ${shortKey(key)}`, () => chat.find(room, key, until)),
        person: (account, place, until) => around('person', () => chat.person(account, place, until)),
        ...(quote && {
          quote: (channel, message, until) => around('quote', () => quote.call(chat, channel, message, until)),
        }),
      },
    }
  },
})

/** Without the ledger's mark and without positions, which differ from run to run. */
const shortKey = (key: string): string => key.split('/').slice(2).join('/').replace(/:\d+$/, '')

/** Inside one chat call there are several calls on the wire, and a crash may fall between them. */
const wrappedFetch =
  (real: Fetch, points: Points, chat: string): Fetch =>
  (input, init) => {
    const { pathname } = new URL(input)
    const [method = ''] = pathname.split('/').slice(2)
    const call =
      chat === 'dingtalk'
        ? `${init?.method ?? 'GET'} ${pathname.replace(/^\/(v1\.0\/)?/, '')}`
        : method.includes('.')
          ? method
          : 'response_url'
    return points.around(`call ${call}`, () => real(input, init))
  }

const wrappedCheck = (real: CheckAdapter, points: Points): CheckAdapter => ({
  ...real,
  open(config, given) {
    const check = real.open(config, given)
    const { name, needsMs } = check
    return {
      name,
      ...(needsMs !== undefined && { needsMs }),
      run: (signal, about) => points.around('check', () => check.run(signal, about)),
    }
  },
})

const wrappedMonitor = (real: MonitorAdapter, points: Points): MonitorAdapter => ({
  ...real,
  open(config, given) {
    const monitor = real.open(config, given)
    return {
      now: (query, signal) => points.around('monitor now', () => monitor.now(query, signal)),
      range: (query, span, signal) => points.around('monitor range', () => monitor.range(query, span, signal)),
      newest: (query, signal, only) => points.around('monitor newest', () => monitor.newest(query, signal, only)),
      study: (query) => monitor.study(query),
      link: (query, span) => monitor.link(query, span),
      doctor: (signal) => monitor.doctor(signal),
    }
  },
})

/** The ledger with a place to die at before and after each append. */
export async function wrappedLedger(options: LedgerOptions, points: Points): Promise<OpenLedger> {
  const opened = await openLedger(options)
  const { ledger } = opened
  return {
    ...opened,
    ledger: {
      append: (writes, context) => {
        const types = writes.flatMap(({ events }) => events.map(({ type }) => type))
        return points.around(`append ${[...new Set(types)].join('+')}`, () => ledger.append(writes, context))
      },
      stream: (stream, after) => ledger.stream(stream, after),
      read: (after, limit, types) => ledger.read(after, limit, types),
      follow: (listener, without) => ledger.follow(listener, without),
      head: () => ledger.head(),
      close: () => ledger.close(),
    },
  }
}
