import type { Verb } from './route.ts'

/** What the audit trail keeps of a request, and what a fault rule decides by. */
export interface RequestRecord {
  /** Unix milliseconds of arrival. */
  at: number
  method: string
  path: string
  /** Empty for discovery, health and unknown paths. */
  verb: Verb | ''
  user: string
  fieldManager: string
  group: string
  resource: string
  subresource: string
  namespace: string
  name: string
  dryRun: boolean
  userAgent: string
  /** HTTP status; 0 while it is under way, or when the connection was cut before. */
  code: number
}

/** One misfortune. They combine: wait, then cut, or answer otherwise. */
export interface Fault {
  delayMs?: number
  /** Cut the connection before the request is handled, or after its effect with no answer. */
  reset?: 'before' | 'after'
  /** Answer this and handle nothing; a string body is sent as it is. */
  answer?: { code: number; body?: unknown; contentType?: string; headers?: Record<string, string> }
  /** Handle, but with this content type. */
  contentType?: string
  /** Handle, but send only half of the body and cut. */
  halfBody?: true
  /** Handle, and then say nothing. */
  silence?: true
}

export type FaultRule = (request: Readonly<RequestRecord>) => Fault | undefined

export class Faults {
  private readonly rules = new Set<FaultRule>()

  /** Adds a rule; the first rule that returns a fault decides. Returns its removal. */
  inject(rule: FaultRule): () => void {
    this.rules.add(rule)
    return () => this.rules.delete(rule)
  }

  for(request: RequestRecord): Fault {
    for (const rule of this.rules) {
      const fault = rule(request)
      if (fault !== undefined) return fault
    }
    return {}
  }
}
