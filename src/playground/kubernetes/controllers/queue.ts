import { StatusError } from '../status-error.ts'

const firstRetryMs = 20
const lastRetryMs = 30_000

/** Keys to look at again: each at most once at a time, retried with growing pauses while looking fails. */
export class Queue {
  private readonly look: (key: string) => void
  private readonly waiting = new Set<string>()
  private readonly failures = new Map<string, number>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private scheduled: NodeJS.Immediate | undefined
  private closed = false

  constructor(look: (key: string) => void) {
    this.look = look
  }

  add(key: string): void {
    if (this.closed) return
    this.waiting.add(key)
    this.scheduled ??= setImmediate(() => this.run())
  }

  /** Looks again after a while; an earlier appointment for the key stays if it is sooner. */
  addAfter(key: string, delayMs: number): void {
    if (this.closed) return
    const id = `${key} ${Math.ceil((Date.now() + delayMs) / 100)}`
    if (this.timers.has(id)) return
    const timer = setTimeout(() => {
      this.timers.delete(id)
      this.add(key)
    }, delayMs)
    timer.unref()
    this.timers.set(id, timer)
  }

  private run(): void {
    this.scheduled = undefined
    const batch = [...this.waiting]
    this.waiting.clear()
    for (const key of batch) {
      try {
        this.look(key)
        this.failures.delete(key)
      } catch (failure) {
        const times = (this.failures.get(key) ?? 0) + 1
        this.failures.set(key, times)
        this.addAfter(key, Math.min(lastRetryMs, firstRetryMs * 2 ** times))
        if (!(failure instanceof StatusError)) process.emitWarning(failure instanceof Error ? failure : String(failure))
      }
    }
  }

  close(): void {
    this.closed = true
    if (this.scheduled !== undefined) clearImmediate(this.scheduled)
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }
}
