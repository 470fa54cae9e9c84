import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheus } from '../../../src/adapters/monitor/prometheus/index.ts'
import { systemChance } from '../../../src/adapters/system/chance.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { Fault, type Retry } from '../../../src/core/fault.ts'
import { startPrometheus } from '../../../src/playground/prometheus/index.ts'
import type { Monitor } from '../../../src/ports/monitor.ts'
import { allLies, type Lie, lies } from '../../chaos/lies.ts'
import { fastClock } from '../../kit/fast-clock.ts'
import { type LyingProxy, lyingProxy } from '../../kit/lying-proxy.ts'
import { silent } from '../ledger/kit.ts'

/** An answer is waited for 5 s: with this clock a quarter of a second. */
const times = 20
const signal = new AbortController().signal

let server: Awaited<ReturnType<typeof startPrometheus>>
let proxy: LyingProxy
let monitor: Monitor

beforeAll(async () => {
  server = await startPrometheus({ now: Date.now, everyMs: 1_000 })
  proxy = await lyingProxy(server.url)
  const clock = fastClock(times, systemClock.now().epochMilliseconds)
  const platform = { clock, chance: systemChance, fetch, log: silent }
  monitor = prometheus.open(prometheus.config.parse({ url: proxy.url }), platform)
})
afterAll(async () => {
  await proxy.stop()
  await server.close()
})

const nowMs = () => Date.now()
const asks: Readonly<Record<string, () => Promise<unknown>>> = {
  'a value': () => monitor.now('up', signal),
  'a span': () => monitor.range('up', { fromMs: nowMs() - 60_000, toMs: nowMs(), stepMs: 1_000 }, signal),
  'the newest sample': () => monitor.newest('up', signal),
}

/** It only reads: nothing is ever to be looked into before it is asked again. */
const classes: Readonly<Record<Lie, Retry | 'none'>> = {
  'reset before': 'yes',
  'reset after the effect': 'yes',
  'timeout before': 'yes',
  'timeout, then the effect': 'yes',
  'timeout after the effect': 'yes',
  '409': 'no',
  '422': 'no',
  '429': 'yes',
  '500': 'yes',
  '503': 'yes',
  slow: 'none',
  // Whatever answers there is no Prometheus.
  'wrong JSON': 'no',
  'JSON of something else': 'no',
  'wrong content type': 'no',
  'half a body': 'yes',
}

describe.each(Object.keys(asks))('whether to repeat a question for %s', (what) => {
  it.each(allLies)('%s', async (lie) => {
    const end = proxy.inject(() => lies[lie].monitor)
    try {
      const said = await asks[what]?.().then(
        () => 'none',
        (cause: unknown) => {
          if (cause instanceof Fault) return cause.retry
          throw cause
        },
      )
      expect(said).toBe(classes[lie])
    } finally {
      end()
    }
  })
})
