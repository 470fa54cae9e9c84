import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemChance } from '../../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import { kubernetes } from '../../../../src/adapters/target/kubernetes/index.ts'
import type { Json } from '../../../../src/core/canonical.ts'
import { Fault, type Retry } from '../../../../src/core/fault.ts'
import { type PlaygroundKubernetes, startKubernetes } from '../../../../src/playground/kubernetes/index.ts'
import type { Change, Connection, Target } from '../../../../src/ports/effector.ts'
import { type Lie, lies } from '../../../chaos/lies.ts'
import { fastClock } from '../../../kit/fast-clock.ts'
import { clusterToken, deployment } from '../../../kit/stage-world.ts'
import { untilAsync } from '../../../kit/story.ts'
import { silent } from '../../ledger/kit.ts'

/** A write is waited for 32 s, a read 10 s: with this clock 1.6 s and half a second. */
const times = 20
const unit = { kind: 'Deployment', namespace: 'shop', name: 'checkout-svc' } as const
const signal = new AbortController().signal

let cluster: PlaygroundKubernetes
let connection: Connection
let target: Target
let change: Change
let end = () => undefined as unknown

beforeAll(async () => {
  cluster = await startKubernetes({ tokens: [clusterToken], kubeletDelayMs: 5 })
  for (const version of ['v1.7.3', 'bad-1.8.0']) await deployment(cluster, version)
  const config = kubernetes.config.parse({ kubeconfig: { env: 'TEST' } })
  config.kubeconfig?.resolve(() => cluster.kubeconfig(clusterToken.token))
  const templates = new Map<string, Json>()
  connection = await kubernetes.open(
    config,
    {
      clock: fastClock(times, systemClock.now().epochMilliseconds),
      chance: systemChance,
      fetch,
      log: silent,
      templates: {
        put: (digest, template) => void templates.set(digest, template),
        get: (digest) => templates.get(digest) ?? null,
      },
      registry: null,
      units: [{ id: 'app', unit }],
      changed: () => undefined,
    },
    signal,
  )
  target = connection.target(unit)
  change = await planned()
})
afterEach(() => end())
afterAll(async () => {
  await connection.close()
  await cluster.close()
})

/** The way back from the bad release to the good one, once the connection sees both. */
const planned = async (): Promise<Change> => {
  const good = await untilAsync('both releases are seen', async () => {
    const { release } = await target.read(signal)
    const history = await target.history(5, signal)
    return release.version === 'bad-1.8.0' ? history.find(({ version }) => version === 'v1.7.3') : undefined
  })
  return target.plan(good, signal)
}

/** What a fault says about repeating; `none` when there was none. */
const said = (work: Promise<unknown>): Promise<Retry | 'none'> =>
  work.then(
    () => 'none',
    (cause: unknown) => {
      if (cause instanceof Fault) return cause.retry
      throw cause
    },
  )

/** Timeouts as long as this clock makes them; all else as it is. */
const lieOf = (lie: Lie) => {
  const { cluster: fault } = lies[lie]
  return 'delayMs' in fault && fault.delayMs > 1_000 ? { ...fault, delayMs: 2_500 } : fault
}

describe('whether to repeat what went wrong', () => {
  const reads: Readonly<Record<Lie, Retry | 'none'>> = {
    'reset before': 'yes',
    'reset after the effect': 'yes',
    'timeout before': 'yes',
    'timeout, then the effect': 'yes',
    'timeout after the effect': 'yes',
    '409': 'yes',
    '422': 'no',
    '429': 'yes',
    '500': 'yes',
    '503': 'yes',
    slow: 'none',
    // No JSON at all may be what a proxy says for a moment; JSON of something else is another server.
    'wrong JSON': 'yes',
    'JSON of something else': 'no',
    'wrong content type': 'yes',
    'half a body': 'yes',
  }
  it.each(Object.entries(reads) as [Lie, Retry | 'none'][])('a read, %s: %s', async (lie, retry) => {
    end = cluster.inject(({ verb, resource }) =>
      verb === 'get' && resource === 'deployments' ? lieOf(lie) : undefined,
    )
    expect(await said(target.recall(change, 'key', signal))).toBe(retry)
  })

  const writes: Readonly<Record<Lie, Retry | 'none'>> = {
    // The request was on its way: whether it came to anything only a look can tell.
    'reset before': 'check',
    'timeout before': 'check',
    'timeout, then the effect': 'check',
    // The answer tells that nothing was done.
    '409': 'yes',
    '422': 'no',
    '429': 'yes',
    // An API server may have stored it before it failed.
    '500': 'check',
    '503': 'check',
    // A yes that nobody can read is a yes.
    'wrong JSON': 'check',
    'JSON of something else': 'check',
    'wrong content type': 'check',
    // What was carried out is the last: after it there is nothing left to write.
    'reset after the effect': 'check',
    'timeout after the effect': 'check',
    'half a body': 'check',
    slow: 'none',
  }
  it.each(Object.entries(writes) as [Lie, Retry | 'none'][])('a write, %s: %s', async (lie, retry) => {
    await deployment(cluster, 'v1.7.3')
    await deployment(cluster, 'bad-1.8.0')
    const wanted = await planned()
    end = cluster.inject(({ method, dryRun }) => (method === 'PATCH' && !dryRun ? lieOf(lie) : undefined))
    expect(await said(target.apply(wanted, `key of ${lie}`, signal))).toBe(retry)
  })
})
