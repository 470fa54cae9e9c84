import type { Tier } from './method.ts'

const perMinute: Readonly<Record<1 | 2 | 3 | 4, number>> = { 1: 1, 2: 20, 3: 50, 4: 100 }
const windowMs = 60_000
/** chat.postMessage: one a second and channel, short bursts above that are let through. */
const postBurst = 4

/**
 * Counts calls as https://docs.slack.dev/apis/web-api/rate-limits describes: per method, workspace and app in windows of
 * a minute, and chat.postMessage per channel. Slack promises "N+"; this one stops at N.
 */
export class RateLimits {
  private readonly windows = new Map<string, { startedAt: number; count: number }>()
  private readonly buckets = new Map<string, { tokens: number; at: number }>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** Counts the call; returns the seconds to wait when it is one too many. */
  take(method: string, tier: Tier, channel: string | undefined): number | undefined {
    if (tier === 'none') return undefined
    if (tier === 'post') return this.takePost(channel ?? '')
    const now = this.now()
    const window = this.windows.get(method)
    if (!window || now - window.startedAt >= windowMs) {
      this.windows.set(method, { startedAt: now, count: 1 })
      return undefined
    }
    if (window.count >= perMinute[tier]) return Math.max(1, Math.ceil((window.startedAt + windowMs - now) / 1000))
    window.count++
    return undefined
  }

  private takePost(channel: string): number | undefined {
    const now = this.now()
    const bucket = this.buckets.get(channel) ?? { tokens: postBurst, at: now }
    const tokens = Math.min(postBurst, bucket.tokens + (now - bucket.at) / 1000)
    const allowed = tokens >= 1
    this.buckets.set(channel, { tokens: allowed ? tokens - 1 : tokens, at: now })
    return allowed ? undefined : Math.max(1, Math.ceil(1 - tokens))
  }
}
