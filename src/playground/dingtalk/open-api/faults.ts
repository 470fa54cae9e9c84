import type { Wire } from '../store/wire.ts'

/** What goes wrong with one call. Fields combine: a delay can precede any of the others. */
export interface Fault {
  readonly delayMs?: number
  /** Cut the connection before the call has an effect, or after it had one. */
  readonly reset?: 'before' | 'after'
  /** The call has its effect, and then there is silence. */
  readonly silence?: true
  /** The call has its effect, and half of the answer arrives. */
  readonly halfBody?: true
  /** Answer this instead; the call has no effect unless `afterEffect`. */
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly contentType?: string
  readonly afterEffect?: boolean
  /** Refuse with this code, as the interface refuses: `code` under `/v1.0` (status 400 unless `status`), else `errcode`. */
  readonly code?: string
  readonly errcode?: number
  /** Refuse as too fast. */
  readonly tooFast?: true
}

/** What a fault decides by. */
export interface FaultedCall {
  /** Method and path. */
  readonly api: string
  readonly body: Wire
  /** How many calls of this interface came before it. */
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

  find(api: string, body: Wire): Fault | undefined {
    const earlier = this.counts.get(api) ?? 0
    this.counts.set(api, earlier + 1)
    for (const rule of this.rules) {
      const fault = rule({ api, body, earlier })
      if (fault) return fault
    }
    return undefined
  }
}
