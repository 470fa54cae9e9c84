import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestRecord } from '../../src/playground/kubernetes/index.ts'
import { localCluster } from './clusters.ts'
import { type Lied, lied } from './lie.ts'
import { allLies, type Lie, lies } from './lies.ts'

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** Spoils the first `count` requests to eu-1 that fit. */
async function onCluster(lie: Lie, fits: (request: Readonly<RequestRecord>) => boolean, count = 1) {
  let spoilt = 0
  const outcome = await lied(cluster, ({ regions: [eu] }) => [
    cluster.server.inject((request) =>
      request.namespace === eu.namespace && fits(request) && spoilt++ < count ? lies[lie].cluster : undefined,
    ),
  ])
  return { ...outcome, spoilt }
}

const faultsSeen = ({ events }: Lied): readonly string[] =>
  events.flatMap(({ event }) =>
    event.type === 'step.progressed' || event.type === 'step.failed' ? event.data.seen.map(({ code }) => code) : [],
  )

describe('the write of a step', () => {
  /** What people must read while it lasts, or at its end. */
  const told: Readonly<Record<Lie, string | null>> = {
    'reset before': 'kubernetes.unreachable',
    'reset after the effect': 'kubernetes.unreachable',
    'timeout before': 'kubernetes.timeout',
    'timeout, then the effect': 'kubernetes.timeout',
    'timeout after the effect': 'kubernetes.timeout',
    // Noise between reading and writing: tried again at once.
    '409': null,
    '422': 'kubernetes.invalid',
    '429': 'kubernetes.busy',
    '500': 'kubernetes.server-error',
    '503': 'kubernetes.server-error',
    slow: null,
    'wrong JSON': 'kubernetes.not-understood',
    'JSON of something else': 'kubernetes.not-understood',
    'wrong content type': 'kubernetes.not-understood',
    'half a body': 'kubernetes.unreachable',
  }
  it.each(allLies)('%s: tells it, comes to the right end, writes once', async (lie) => {
    const outcome = await onCluster(lie, ({ method, dryRun }) => method === 'PATCH' && !dryRun)
    expect(outcome.spoilt).toBeGreaterThan(0)
    const code = told[lie]
    if (code) expect(faultsSeen(outcome)).toContain(code)
    if (lie === '422') {
      // The API server says that what we ask for is not valid: nothing was done, and nothing is tried again.
      expect(outcome.writes).toEqual([0, 0])
      expect(outcome.images.every((image) => image.endsWith(':bad-1.8.0'))).toBe(true)
      const [failed] = outcome.events.filter(({ event }) => event.type === 'step.failed')
      expect(failed?.event.data).toMatchObject({ code: 'kubernetes.invalid', at: 'from' })
      expect(outcome.events.filter(({ event }) => event.type === 'lock.released')).toHaveLength(2)
    } else expect(outcome.wrong.filter((what) => !madeUp(lie, what))).toEqual([])
  })
})

/** An answer that was made up counts as a write in the server's records, and changed nothing. */
const madeUp = (lie: Lie, what: string): boolean =>
  'answer' in lies[lie].cluster &&
  lies[lie].cluster.answer.code === 200 &&
  what.endsWith('was written 2 times, not once')

describe('looking and recalling', () => {
  it.each(allLies)('%s while it asks whether the write happened: asks again, writes once', async (lie) => {
    let written = 0
    let spoilt = 0
    const outcome = await lied(cluster, ({ regions: [eu] }) => [
      cluster.server.inject(({ namespace, method, dryRun, verb, resource }) => {
        if (namespace !== eu.namespace) return undefined
        if (method === 'PATCH' && !dryRun) return written++ === 0 ? { reset: 'after' } : undefined
        const asks = written > 0 && verb === 'get' && resource === 'deployments'
        return asks && spoilt++ < 1 ? lies[lie].cluster : undefined
      }),
    ])
    expect(spoilt).toBeGreaterThan(0)
    if (
      ['422', 'wrong JSON', 'JSON of something else', 'wrong content type'].includes(lie) &&
      outcome.wrong.length > 0
    ) {
      // Where it cannot know, it says so and does nothing more; never a second write.
      expect(outcome.writes[0]).toBe(1)
      const [failed] = outcome.events.filter(({ event }) => event.type === 'step.failed')
      expect(failed?.event.data).toMatchObject({ at: 'elsewhere' })
    } else expect(outcome.wrong).toEqual([])
  })

  it.each(allLies)(
    '%s of every list and watch for a while: the plan waits or refuses, the rollback is right',
    async (lie) => {
      const { wrong, spoilt } = await onCluster(lie, ({ verb }) => verb === 'list' || verb === 'watch', 4)
      expect(spoilt).toBeGreaterThan(0)
      expect(wrong).toEqual([])
    },
  )

  it.each(allLies)('%s of the dry run: nothing is proposed on it, and she is told', async (lie) => {
    const { wrong, spoilt } = await onCluster(lie, ({ method, dryRun }) => method === 'PATCH' && dryRun, 2)
    expect(spoilt).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })
})

const chatMethods = [
  'chat.postMessage',
  'chat.update',
  'conversations.create',
  'conversations.setPurpose',
  'conversations.invite',
  'conversations.canvases.create',
  'bookmarks.add',
  'pins.add',
  'users.info',
  'users.conversations',
  'views.open',
  'response_url',
  'chat.postEphemeral',
] as const

describe.each(chatMethods)('Chat is a view: %s', (method) => {
  it.each(allLies)('%s: the rollback is not touched by it, and nothing stands twice', async (lie) => {
    let spoilt = 0
    const { events, writes, wrong } = await lied(cluster, ({ slack }) => [
      slack.inject((call) => (call.method === method && spoilt++ < 1 ? lies[lie].slack : undefined)),
    ])
    expect(spoilt).toBeGreaterThan(0)
    expect(writes).toEqual([1, 1])
    expect(events.filter(({ event }) => event.type === 'rollback.ended').map(({ event }) => event.data)).toEqual([
      { ending: 'restored' },
    ])
    expect(wrong.filter((what) => !forgiven(method, what))).toEqual([])
  })
})

/** A nicety that Slack did not take is left out, and said in the log. */
const forgiven = (method: string, what: string): boolean =>
  (method === 'bookmarks.add' && /bookmarks/.test(what)) || (method === 'pins.add' && /pins/.test(what))
