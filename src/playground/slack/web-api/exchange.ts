import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isWire, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { CallLog } from './call-log.ts'
import type { Fault, Faults } from './faults.ts'
import { jsonReply, limitReply, type Reply, send } from './reply.ts'

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
  readonly faults: Faults
  readonly log: CallLog
}

/** Carries a request out, or spoils it as the injected faults say; every one is logged. */
export async function exchange(
  parts: ExchangeParts,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, args } = asked
  const at = parts.world.now()
  const record = { method, args, at, result: undefined }
  const fault = parts.faults.find(method, args) ?? {}
  if (fault.delayMs) await sleep(fault.delayMs)
  if (request.socket.destroyed) return
  if (fault.reset === 'before') {
    parts.log.add({ ...record, status: 0, fault: 'reset' })
    request.socket.resetAndDestroy()
    return
  }
  const replaced = faultReply(fault)
  if (replaced && !fault.afterEffect) {
    parts.log.add({ ...record, status: replaced.status, fault: 'replaced' })
    send(response, replaced)
    return
  }
  const reply = await asked.perform()
  const result = resultOf(reply)
  if (fault.silence) {
    parts.log.add({ ...record, status: 0, result, fault: 'silence' })
    return
  }
  if (fault.reset === 'after') {
    parts.log.add({ ...record, status: 0, result, fault: 'reset_after_effect' })
    request.socket.resetAndDestroy()
    return
  }
  const sent = replaced ?? reply
  parts.log.add({ ...record, status: sent.status, result, ...(replaced ? { fault: 'replaced' } : {}) })
  send(response, sent)
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
  if (fault.status === undefined && fault.body === undefined && fault.contentType === undefined) return undefined
  const status = fault.status ?? 200
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return { status, body: fault.body ?? (status >= 400 ? '' : '{"ok":true}'), headers: { ...type, ...headers } }
}
