import type { Wire } from '../store/wire.ts'

/** What goes wrong with one API call. Fields combine: a delay can precede any of the others. */
export interface Fault {
  readonly delayMs?: number
  /** Cut the connection before the call has an effect, or after it had one. */
  readonly reset?: 'before' | 'after'
  /** The call has its effect, and then there is silence. */
  readonly silence?: true
  /** Answer this instead; the call has no effect unless `afterEffect`. */
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly contentType?: string
  readonly afterEffect?: boolean
  /** Answer `{"ok":false,"error":…}` with status 200. */
  readonly error?: string
  /** Answer 429 with this Retry-After. */
  readonly rateLimitedForS?: number
}

/** What a fault decides by. */
export interface FaultedCall {
  readonly method: string
  readonly args: Wire
  /** How many calls of this method came before it. */
  readonly earlier: number
}

/** Decides whether, and how, a call is spoilt. */
export type FaultRule = (call: FaultedCall) => Fault | undefined

/** The rules in force; the first that answers decides. */
export class Faults {
  private readonly rules = new Set<FaultRule>()
  private readonly counts = new Map<string, number>()

  /** Adds a rule; returns how to take it away. */
  add(rule: FaultRule): () => void {
    this.rules.add(rule)
    return () => void this.rules.delete(rule)
  }

  find(method: string, args: Wire): Fault | undefined {
    const earlier = this.counts.get(method) ?? 0
    this.counts.set(method, earlier + 1)
    for (const rule of this.rules) {
      const fault = rule({ method, args, earlier })
      if (fault) return fault
    }
    return undefined
  }
}
