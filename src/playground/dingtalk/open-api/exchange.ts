import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isWire, OldRefusal, parseJson, Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { CallLog } from './call-log.ts'
import type { Fault, Faults } from './faults.ts'
import { tooFast } from './quota.ts'
import { oldRefusalReply, type Reply, refusalReply, send, sendHalf } from './reply.ts'

/** A request that was read and can be carried out. */
export interface Asked {
  /** Method and path. */
  readonly api: string
  readonly path: string
  readonly body: Wire
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
  const { world, log } = parts
  const { api, body } = asked
  const record = { api, body, at: world.now(), result: undefined }
  const fault = parts.faults.find(api, body) ?? {}
  if (fault.delayMs) await sleep(fault.delayMs)
  if (request.socket.destroyed) return
  if (fault.reset === 'before') {
    log.add({ ...record, status: 0, fault: 'reset' })
    request.socket.resetAndDestroy()
    return
  }
  const replaced = faultReply(world, asked.path, fault)
  if (replaced && !fault.afterEffect) {
    log.add({ ...record, status: replaced.status, fault: 'replaced' })
    send(response, replaced)
    return
  }
  const reply = await asked.perform()
  const result = resultOf(reply)
  if (fault.silence || fault.reset === 'after' || fault.halfBody) {
    log.add({
      ...record,
      status: 0,
      result,
      fault: fault.silence ? 'silence' : fault.halfBody ? 'half' : 'reset_after_effect',
    })
    if (fault.halfBody) sendHalf(response, reply)
    else if (!fault.silence) request.socket.resetAndDestroy()
    return
  }
  const sent = replaced ?? reply
  log.add({ ...record, status: sent.status, result, ...(replaced && { fault: 'replaced' }) })
  send(response, sent)
}

function resultOf(reply: Reply): Wire | undefined {
  const value = parseJson(String(reply.body))
  return isWire(value) ? value : undefined
}

function faultReply(world: World, path: string, fault: Fault): Reply | undefined {
  const refusal = fault.tooFast ? tooFast(path) : named(fault)
  if (refusal instanceof OldRefusal) return oldRefusalReply(world, refusal)
  if (refusal) return refusalReply(world, refusal)
  if (fault.status === undefined && fault.body === undefined && fault.contentType === undefined) return undefined
  const headers = { 'content-type': fault.contentType ?? 'application/json;charset=utf-8', ...fault.headers }
  return { status: fault.status ?? 200, body: fault.body ?? '', headers }
}

function named(fault: Fault): Refusal | OldRefusal | undefined {
  if (fault.code !== undefined) return new Refusal(fault.code, fault.code, fault.status)
  if (fault.errcode !== undefined) return new OldRefusal(fault.errcode, `error ${fault.errcode}`)
  return undefined
}
