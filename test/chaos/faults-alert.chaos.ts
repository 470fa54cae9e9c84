import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProxiedRequest } from '../kit/lying-proxy.ts'
import { alerted, alertedBy } from './alerted.ts'
import { localCluster } from './clusters.ts'
import { type Lied, lied } from './lie.ts'
import { allLies, type Lie, lies } from './lies.ts'
import type { Scene } from './scene.ts'
import type { Tale } from './tale.ts'

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** Spoils the first `count` questions to the monitor that fit. */
async function onMonitor(lie: Lie, fits: (asked: ProxiedRequest, on: Scene) => boolean, tale: Tale, count = 1) {
  let spoilt = 0
  const outcome = await lied(
    cluster,
    (on) => {
      const end = on.alerts?.monitor.inject((asked) =>
        fits(asked, on) && spoilt++ < count ? lies[lie].monitor : undefined,
      )
      return end ? [end] : []
    },
    { tale },
  )
  return { ...outcome, spoilt }
}

const isProposed = ({ keyed }: Scene): boolean => keyed('/card:R-1').length > 0
const stepOf = ({ body }: ProxiedRequest): number => Number(new URLSearchParams(body).get('step') ?? Number.NaN)
const isNow = ({ path }: ProxiedRequest): boolean => path.endsWith('/query')

/** What is asked, and how it is known: evidence before anything is proposed, the verification after. */
const questions: Readonly<Record<string, (asked: ProxiedRequest, on: Scene) => boolean>> = {
  'the time of a candidate': (_, on) => !isProposed(on),
  'the newest sample': (asked, on) => isProposed(on) && isNow(asked),
  'the window that must be well': (asked, on) => isProposed(on) && stepOf(asked) < 1,
  'the trace since the release': (asked, on) => isProposed(on) && stepOf(asked) >= 1 && stepOf(asked) < 5,
  'the hour before the release': (asked, on) => isProposed(on) && stepOf(asked) >= 5,
}

describe.each(Object.keys(questions))('a monitor asked for %s', (question) => {
  it.each(allLies)('%s once: it is asked again, and the end is the right one', async (lie) => {
    const { wrong, spoilt } = await onMonitor(lie, (asked, on) => questions[question]?.(asked, on) ?? false, alerted)
    expect(spoilt).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })
})

/** What people must read where the monitor never says anything else. */
const told: Readonly<Record<Lie, readonly [code: string, said: string] | null>> = {
  'reset before': ['monitor.unreachable', 'cannot be reached'],
  'reset after the effect': ['monitor.unreachable', 'cannot be reached'],
  'timeout before': ['monitor.late', 'gave no answer in time'],
  'timeout, then the effect': ['monitor.late', 'gave no answer in time'],
  'timeout after the effect': ['monitor.late', 'gave no answer in time'],
  '409': ['monitor.not-understood', 'HTTP 409'],
  '422': ['monitor.bad-query', 'made up'],
  '429': ['monitor.busy', 'cannot answer now'],
  '500': ['monitor.busy', 'made up'],
  '503': ['monitor.busy', 'cannot answer now'],
  slow: null,
  'wrong JSON': ['monitor.not-understood', 'HTTP 200'],
  'JSON of something else': ['monitor.not-understood', 'HTTP 200'],
  'wrong content type': ['monitor.not-understood', 'HTTP 200'],
  'half a body': ['monitor.unreachable', 'cannot be reached'],
}

const ways: Readonly<Record<string, Tale>> = {
  'compared with its limit': alertedBy({ checkWindow: '8s' }),
  'that only fires or not': alertedBy({
    checkWindow: '8s',
    expression: 'http_error_ratio > 0 * http_error_ratio + 0.05',
  }),
}

describe.each(Object.keys(ways))('No data is never well: what fired, %s, is asked in vain', (way) => {
  it.each(allLies)('%s all through: not restored, and the card says why', async (lie) => {
    const tale = ways[way] ?? alerted
    const outcome = await onMonitor(lie, (_, on) => isProposed(on), tale, Number.POSITIVE_INFINITY)
    expect(outcome.spoilt).toBeGreaterThan(0)
    // It was set back all the same, once.
    expect(outcome.writes).toEqual([1, 1])
    expect(outcome.images.every((image) => image.endsWith(':v1.7.3'))).toBe(true)
    const expected = told[lie]
    if (expected === null) expect(endOf(outcome)).toBe('restored')
    else {
      const [code, said] = expected
      expect(endOf(outcome)).toBe('not-restored')
      expect(new Set(seenIn(outcome))).toEqual(new Set([code]))
      expect(outcome.said).toContain(said)
      expect(outcome.said).toContain('R-1 did not restore it')
      expect(outcome.said).not.toContain('R-1 restored it')
    }
  })
})

const endOf = ({ events }: Lied): string | undefined =>
  events.flatMap(({ event }) => (event.type === 'rollback.ended' ? [event.data.ending] : []))[0]

const seenIn = ({ events }: Lied): readonly string[] =>
  events.flatMap(({ event }) => (event.type === 'step.failed' ? event.data.seen.map(({ code }) => code) : []))

/** What opens an incident's channel, where nobody has typed a word. */
const opening = [
  'conversations.create',
  'conversations.setPurpose',
  'conversations.invite',
  'chat.postMessage',
  'chat.update',
] as const

describe.each(opening)('Chat is a view: %s, first asked for the card of an alert', (method) => {
  it.each(allLies)('%s: one channel, each card once, and the rollback is not touched by it', async (lie) => {
    let spoilt = 0
    const { wrong } = await lied(
      cluster,
      ({ slack }) => [slack.inject((call) => (call.method === method && spoilt++ < 1 ? lies[lie].slack : undefined))],
      { tale: alerted },
    )
    expect(spoilt).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })
})
