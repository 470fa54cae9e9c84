import { createHmac } from 'node:crypto'

/** Where webhooks go, and the secrets they are signed with: two while one is being changed. */
export interface Subscription {
  readonly url: string
  readonly secrets: readonly string[]
}

export interface Delivered {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** 0: nobody answered. */
  readonly status: number
}

const tries = 5

/** `v1=` over the raw body, one for each secret: https://developer.pagerduty.com/docs/verifying-signatures */
export const signatures = (secrets: readonly string[], body: string): string =>
  secrets.map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`).join(',')

/** Sends webhooks in order, each up to five times after 5xx, 429 and silence; other answers drop it. */
export class Webhooks {
  readonly #subscriptions = new Set<Subscription>()
  readonly #log: Delivered[] = []
  readonly #retryMs: number
  readonly #stop = new AbortController()
  #last: Promise<void> = Promise.resolve()

  constructor(retryMs: number) {
    this.#retryMs = retryMs
  }

  /** Returns the way to end it. */
  subscribe(subscription: Subscription): () => void {
    this.#subscriptions.add(subscription)
    return () => void this.#subscriptions.delete(subscription)
  }

  /** Everything that was sent, each try. */
  get log(): readonly Delivered[] {
    return this.#log
  }

  send(event: object): void {
    const body = JSON.stringify({ event })
    for (const subscription of this.#subscriptions)
      this.#last = this.#last.then(() => this.#deliver(subscription, body))
  }

  /** Resolves when all that was sent so far has been delivered or dropped. */
  async settled(): Promise<void> {
    await this.#last
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#last
  }

  async #deliver({ url, secrets }: Subscription, body: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'PagerDuty-Webhook/V3.0',
      'x-pagerduty-signature': signatures(secrets, body),
    }
    for (let tried = 0; tried < tries && !this.#stop.signal.aborted; tried++) {
      const status = await this.#post(url, body, headers)
      this.#log.push({ url, body, headers, status })
      if (status > 0 && status < 500 && status !== 429) return
      await new Promise((resolve) => setTimeout(resolve, this.#retryMs * 2 ** tried))
    }
  }

  async #post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const signal = AbortSignal.any([AbortSignal.timeout(5000), this.#stop.signal])
    try {
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
      await response.arrayBuffer()
      return response.status
    } catch {
      // Nobody answered: tried again, as PagerDuty does.
      return 0
    }
  }
}
