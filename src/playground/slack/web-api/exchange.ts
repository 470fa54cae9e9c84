import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Faults, type Reply, replacement, spoilt } from '../../misfortune.ts'
import { isWire, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { CallLog } from './call-log.ts'
import type { Fault, FaultedCall } from './faults.ts'
import { jsonReply, limitReply } from './reply.ts'

/** A request that was read and can be carried out. */
export interface Asked {
  /** The Web API method, or `response_url`, `upload`, `download`. */
  readonly method: string
  readonly args: Wire
  readonly perform: () => Reply | Promise<Reply>
}

/** What every exchange needs. */
export interface ExchangeParts {
  readonly world: World
  readonly faults: Faults<FaultedCall, Fault>
  readonly log: CallLog
}

/** Carries a request out, or spoils it as the injected faults say; every one is logged. */
export async function exchange(
  { world, faults, log }: ExchangeParts,
  { method, args, perform }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const at = world.now()
  const fault = faults.find(method, (earlier) => ({ method, args, earlier })) ?? {}
  await spoilt(fault, faultReply(fault), perform, { request, response }, ({ done, ...ending }) =>
    log.add({ method, args, at, result: done && resultOf(done), ...ending }),
  )
}

function resultOf(reply: Reply): Wire | undefined {
  if (!reply.headers['content-type']?.startsWith('application/json')) return undefined
  const value: unknown = JSON.parse(String(reply.body))
  return isWire(value) ? value : undefined
}

function faultReply(fault: Fault): Reply | undefined {
  const headers = { ...fault.headers, ...(fault.contentType ? { 'content-type': fault.contentType } : {}) }
  if (fault.rateLimitedForS !== undefined) return limitReply(fault.rateLimitedForS)
  if (fault.error !== undefined) return jsonReply({ ok: false, error: fault.error }, headers)
  return replacement(fault, 'application/json; charset=utf-8', (status) => (status >= 400 ? '' : '{"ok":true}'))
}
