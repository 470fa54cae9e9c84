import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number
  readonly body: string | Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** What goes wrong with one call, whoever is called. Fields combine: a delay can precede any of the others. */
export interface Misfortune {
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
}

/** The rules in force; the first that answers decides. */
export class Faults<Call extends { readonly earlier: number }, Fault> {
  private readonly rules = new Set<(call: Call) => Fault | undefined>()
  private readonly counts = new Map<string, number>()

  /** Adds a rule; returns how to take it away. */
  add(rule: (call: Call) => Fault | undefined): () => void {
    this.rules.add(rule)
    return () => void this.rules.delete(rule)
  }

  /** `of` makes a call of how many of this name came before it. */
  find(name: string, of: (earlier: number) => Call): Fault | undefined {
    const earlier = this.counts.get(name) ?? 0
    this.counts.set(name, earlier + 1)
    for (const rule of this.rules) {
      const fault = rule(of(earlier))
      if (fault) return fault
    }
    return undefined
  }
}

/** How a call ended: the status that was sent (0: none), what it did, and what went wrong. */
export interface Ending {
  readonly status: number
  readonly done?: Reply
  readonly fault?: string
}

/** Carries a call out and answers it, or spoils it; `replaced` is answered instead. Tells how it ended, before who asked hears of it. */
export async function spoilt(
  fault: Misfortune,
  replaced: Reply | undefined,
  perform: () => Reply | Promise<Reply>,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  told: (ending: Ending) => void,
): Promise<void> {
  if (fault.delayMs) await sleep(fault.delayMs)
  if (request.socket.destroyed) return
  if (fault.reset === 'before') {
    told({ status: 0, fault: 'reset' })
    request.socket.resetAndDestroy()
    return
  }
  if (replaced && !fault.afterEffect) {
    told({ status: replaced.status, fault: 'replaced' })
    send(response, replaced)
    return
  }
  const done = await perform()
  if (fault.silence) told({ status: 0, done, fault: 'silence' })
  else if (fault.reset === 'after') {
    told({ status: 0, done, fault: 'reset_after_effect' })
    request.socket.resetAndDestroy()
  } else if (fault.halfBody) {
    told({ status: 0, done, fault: 'half' })
    sendHalf(response, done)
  } else {
    const sent = replaced ?? done
    told({ status: sent.status, done, ...(replaced && { fault: 'replaced' }) })
    send(response, sent)
  }
}

/** What is answered instead where a fault says it outright. */
export function replacement(fault: Misfortune, json: string, empty: (status: number) => string): Reply | undefined {
  if (fault.status === undefined && fault.body === undefined && fault.contentType === undefined) return undefined
  const status = fault.status ?? 200
  return {
    status,
    body: fault.body ?? empty(status),
    headers: { 'content-type': fault.contentType ?? json, ...fault.headers },
  }
}

/** Writes it. */
export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** Promises the whole body, writes half of it and cuts the connection. */
function sendHalf(response: ServerResponse, { status, headers, body }: Reply): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, 'content-length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}
