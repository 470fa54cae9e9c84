import { alerting, type Firing, tell } from '../kit/alerting.ts'
import { fastClock } from '../kit/fast-clock.ts'
import { type LyingProxy, lyingProxy } from '../kit/lying-proxy.ts'
import { shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import type { StageConfig } from '../kit/stage-config.ts'
import type { Workload } from './clusters.ts'
import { wait } from './people.ts'
import type { Heard } from './tale.ts'

/** What watches the two regions of a scene and outlives the bot: a Prometheus, and an Alertmanager that posts to whoever runs. */
export interface AlertScene {
  readonly config: Pick<StageConfig, 'monitors' | 'service' | 'checkWindow' | 'sections'>
  readonly secrets: Readonly<Record<string, string>>
  /** Before the Prometheus: every question the bot asks it. */
  readonly monitor: LyingProxy
  /** Posts that both regions burn, or that they no longer do, until somebody takes it. */
  post(bot: Heard, status: 'firing' | 'resolved'): Promise<void>
  /** Makes noise until it is ended. */
  noise(bot: Heard): () => Promise<void>
  /** Of the noise, what was answered at all. */
  readonly told: readonly Told[]
  close(): Promise<void>
}

/** What a post of one alert was answered. */
export interface Told {
  readonly fingerprint: string
  readonly status: number
}

export interface AlertSetup {
  /** Alerts of a service that nobody has come all the while, each told once whatever is answered. */
  readonly noise?: true
  /** What fires; what can be compared with its limit where not given. */
  readonly expression?: string
  /** So long what fired may take to be well again; long enough for several deaths where not given. */
  readonly checkWindow?: string
}

export const alertName = 'HighErrorRate'
const names = ['eu-1', 'us-1'] as const
/** As an alerting rule has it. Of one sample: whatever a busy machine leaves out, the next one tells all. */
const usual = 'max by (region) (http_error_ratio) > 0.05'
const tries = 2_000

/** `speed` and `sinceMs`: of the bot's clock, by which samples are taken, too. A region burns while its workload is to run a bad release. */
export async function alertScene(
  { expression = usual, checkWindow = '200s' }: AlertSetup,
  regions: readonly Workload[],
  speed: number,
  sinceMs: number,
): Promise<AlertScene> {
  const clock = fastClock(speed, sinceMs)
  const now = () => clock.now().epochMilliseconds
  const metrics = await shopMetrics(names, { now, scrapeMs: 50 })
  const monitor = await lyingProxy(metrics.url)
  const bad = new Set<string>()
  const looking = new AbortController()
  const look = async () => {
    while (!looking.signal.aborted) {
      for (const [at, name] of names.entries()) {
        if ((await regions[at]?.image())?.includes(':bad-')) bad.add(name)
        else bad.delete(name)
      }
      await wait(() => looking.signal.aborted, 50)
    }
  }
  const looked = look()
  metrics.burn((region) => (bad.has(region) ? 0.4 : 0))
  let startsAtMs: number | null = null
  const told: Told[] = []
  return {
    monitor,
    config: {
      monitors: `{ main: { adapter: prometheus, url: "${monitor.url}" } }`,
      service: 'alerts: { wellFor: 2s }',
      checkWindow,
      sections: alerting.sections,
    },
    secrets: alerting.env,
    async post(bot, status) {
      startsAtMs ??= now()
      const alerts = names.map(
        (region): Firing => ({
          fingerprint: region,
          name: alertName,
          status,
          region,
          expression,
          startsAtMs: startsAtMs ?? 0,
        }),
      )
      // As a real one does: again where nobody answers, and after 503.
      for (let attempt = 0; attempt < tries; attempt++) {
        await bot.listening()
        if (bot.url !== null && (await tell(bot.url, ...alerts).catch(() => null)) === 200) return
        await wait(() => false, 50)
      }
      throw new Error('the alerts were not taken')
    },
    told,
    noise(bot) {
      const ending = new AbortController()
      const made = (async () => {
        for (let number = 0; !ending.signal.aborted; number++) {
          const fingerprint = `noise-${number}`
          const alert = { fingerprint, service: 'nobody', startsAtMs: now() }
          const status = bot.url === null ? null : await tell(bot.url, alert).catch(() => null)
          if (status !== null) told.push({ fingerprint, status })
          await wait(() => ending.signal.aborted, 20)
        }
      })()
      return async () => {
        ending.abort()
        await made
      }
    },
    async close() {
      looking.abort()
      await looked
      await monitor.stop()
      await metrics.stop()
    },
  }
}
