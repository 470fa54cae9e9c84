import { fingerprint } from './fingerprint.ts'
import { type Alert, type Labels, type Notified, needsUpdate, sorted, webhook } from './group.ts'

export interface AlertmanagerOptions {
  /** Unix milliseconds. */
  readonly now: () => number
  readonly receiver: string
  /** What it posts with. */
  readonly bearer: string
  /** What people would open; nothing answers there. */
  readonly externalURL: string
  readonly groupBy: readonly string[]
  readonly groupWaitMs: number
  readonly groupIntervalMs: number
  readonly repeatIntervalMs: number
}

const firstRetryMs = 300
const longestRetryMs = 5_000

interface Group {
  readonly labels: Labels
  /** By fingerprint. */
  readonly alerts: Map<string, Alert>
  last: Notified | null
  readonly timer: NodeJS.Timeout
}

/** A small Alertmanager: groups what Prometheus posts and posts that on, as webhook version 4. Waits while nobody listens. */
export class Alertmanager {
  readonly #of: AlertmanagerOptions
  readonly #groups = new Map<string, Group>()
  readonly #closing = new AbortController()
  #url: string | null = null

  constructor(of: AlertmanagerOptions) {
    this.#of = of
  }

  /** Where it posts from now on. */
  sendTo(url: string): void {
    this.#url = url
  }

  receive(alerts: readonly Alert[]): void {
    for (const alert of alerts) {
      const labels = Object.fromEntries(this.#of.groupBy.map((name) => [name, alert.labels[name] ?? '']))
      const key = JSON.stringify(labels)
      const group = this.#groups.get(key)
      if (group) group.alerts.set(fingerprint(alert.labels), alert)
      // An end of what nobody was told of is nothing.
      else if (alert.endsAt === null) {
        const timer = setTimeout(() => void this.#flush(key), this.#of.groupWaitMs).unref()
        const first = new Map([[fingerprint(alert.labels), alert]])
        this.#groups.set(key, { labels, alerts: first, last: null, timer })
      }
    }
  }

  close(): void {
    this.#closing.abort()
    for (const { timer } of this.#groups.values()) clearTimeout(timer)
    this.#groups.clear()
  }

  /** After `group_wait`, and then every `group_interval` for as long as the group has alerts. */
  async #flush(key: string): Promise<void> {
    const group = this.#groups.get(key)
    if (!group) return
    const { groupIntervalMs, repeatIntervalMs, now, receiver, externalURL } = this.#of
    const alerts = [...group.alerts.values()]
    const told = this.#url !== null && needsUpdate(group.last, alerts, now(), repeatIntervalMs)
    const taken = told && (await this.#post(webhook(receiver, group.labels, alerts, externalURL)))
    if (this.#closing.signal.aborted) return
    if (taken) group.last = { at: now(), ...sorted(alerts) }
    if (taken || !told)
      for (const alert of alerts) {
        const own = fingerprint(alert.labels)
        // What burns again meanwhile stays.
        if (alert.endsAt !== null && group.alerts.get(own) === alert) group.alerts.delete(own)
      }
    if (group.alerts.size === 0) return void this.#groups.delete(key)
    const timer = setTimeout(() => void this.#flush(key), groupIntervalMs).unref()
    this.#groups.set(key, { ...group, timer })
  }

  /** Tries again after 5xx and where nobody answers; true when it was taken. */
  async #post(body: Record<string, unknown>): Promise<boolean> {
    const { signal } = this.#closing
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#of.bearer}` }
    for (let waitMs = firstRetryMs; !signal.aborted; waitMs = Math.min(longestRetryMs, waitMs * 2)) {
      const init = { method: 'POST', headers, body: JSON.stringify(body), signal }
      const status = await fetch(this.#url ?? '', init).then(
        async (response) => {
          await response.body?.cancel()
          return response.status
        },
        () => 599,
      )
      if (status < 500) return status < 300
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
    }
    return false
  }
}
