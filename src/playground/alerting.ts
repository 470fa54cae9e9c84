import { Alertmanager } from './alertmanager/index.ts'
import type { AlertingRule } from './prometheus/rules.ts'

/** The name of the alert source in the configuration, and the secret it posts with. */
export const alertSource = 'alertmanager'
export const alertSecret = 'PLAYGROUND_ALERTMANAGER_TOKEN'

/** Over so long rates are taken: several scrapes. Below the least nobody may have asked. */
export const rangeMs = (everyMs: number): number => Math.round(Math.max(2000, 5 * everyMs))

const jobs = 'job="balancers"'

/** What the shop is alerted of: what customers see, at the balancers of every service and region. */
export function shopRules(everyMs: number, forMs: number): readonly AlertingRule[] {
  const over = `[${rangeMs(everyMs)}ms]`
  const where = ({ service = '', region = '' }: Readonly<Record<string, string>>): string => `${service} in ${region}`
  const requests = (more = ''): string => `sum by (service, region) (rate(http_requests_total{${jobs}${more}}${over}))`
  const took = `sum by (service, region, le) (rate(http_request_duration_seconds_bucket{${jobs}}${over}))`
  const common = {
    // One customer's bad luck stays within a range for as long as that is.
    forMs: Math.max(forMs, 2 * rangeMs(everyMs)),
    labels: { severity: 'critical' },
  }
  return [
    {
      ...common,
      alert: 'HighErrorRate',
      expr: `${requests(',code=~"5.."')} / ${requests()} > 0.05`,
      annotations: (labels, value) => ({
        summary: `${(100 * value).toFixed(1)}% of answers are 5xx: ${where(labels)}`,
      }),
    },
    {
      ...common,
      alert: 'SlowAnswers',
      expr: `histogram_quantile(0.9, ${took}) > 1`,
      annotations: (labels, value) => ({
        summary: `one in ten waits ${value.toFixed(1)} s or longer: ${where(labels)}`,
      }),
    },
  ]
}

/** One that posts to the bot within seconds, for nobody plays for five minutes. */
export const shopAlertmanager = (of: { now: () => number; bearer: string; speed: number }): Alertmanager =>
  new Alertmanager({
    now: of.now,
    bearer: of.bearer,
    receiver: 'astern',
    externalURL: 'http://alertmanager.shop.example',
    groupBy: ['alertname', 'service'],
    groupWaitMs: Math.max(200, 1000 / of.speed),
    groupIntervalMs: Math.max(1000, 5000 / of.speed),
    repeatIntervalMs: 3_600_000,
  })
