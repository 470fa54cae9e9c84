/** What was measured over a window: requests in a second, share of 5xx, and how long nineteen of twenty took at most. */
export interface Measure {
  readonly perSecond: number
  /** 0 to 1; null when nobody asked. */
  readonly errorShare: number | null
  readonly p95Ms: number | null
}

interface Sample {
  readonly at: number
  readonly tookMs: number
  readonly failed: boolean
}

/** How far back anything is kept. */
export const keptMs = 60_000

/** Answers of one service in one region, as its customers get them. */
export class Meter {
  private samples: Sample[] = []
  private readonly nowMs: () => number

  /** `nowMs` only ever grows. */
  constructor(nowMs: () => number) {
    this.nowMs = nowMs
  }

  record(status: number, tookMs: number): void {
    this.samples.push({ at: this.nowMs(), tookMs, failed: status >= 500 })
  }

  /** Over the last `windowMs`, at most a minute. */
  measure(windowMs: number): Measure {
    const now = this.nowMs()
    const stale = this.samples.findIndex(({ at }) => at > now - keptMs)
    this.samples = stale < 0 ? [] : this.samples.slice(stale)
    const recent = this.samples.filter(({ at }) => at > now - windowMs)
    const took = recent.map(({ tookMs }) => tookMs).sort((a, b) => a - b)
    return {
      perSecond: recent.length / (windowMs / 1000),
      errorShare: recent.length === 0 ? null : recent.filter(({ failed }) => failed).length / recent.length,
      p95Ms: took[Math.min(took.length - 1, Math.floor(took.length * 0.95))] ?? null,
    }
  }
}
