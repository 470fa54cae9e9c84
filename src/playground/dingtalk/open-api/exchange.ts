import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Faults, type Reply, replacement, spoilt } from '../../misfortune.ts'
import { isWire, OldRefusal, parseJson, Refusal, type Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { CallLog } from './call-log.ts'
import type { Fault, FaultedCall } from './faults.ts'
import { tooFast } from './quota.ts'
import { oldRefusalReply, refusalReply } from './reply.ts'

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
  readonly faults: Faults<FaultedCall, Fault>
  readonly log: CallLog
}

/** Carries a request out, or spoils it as the injected faults say; every one is logged. */
export async function exchange(
  { world, faults, log }: ExchangeParts,
  { api, path, body, perform }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const at = world.now()
  const fault = faults.find(api, (earlier) => ({ api, body, earlier })) ?? {}
  await spoilt(fault, faultReply(world, path, fault), perform, { request, response }, ({ done, ...ending }) =>
    log.add({ api, body, at, result: done && resultOf(done), ...ending }),
  )
}

function resultOf(reply: Reply): Wire | undefined {
  const value = parseJson(String(reply.body))
  return isWire(value) ? value : undefined
}

function faultReply(world: World, path: string, fault: Fault): Reply | undefined {
  const refusal = fault.tooFast ? tooFast(path) : named(fault)
  if (refusal instanceof OldRefusal) return oldRefusalReply(world, refusal)
  if (refusal) return refusalReply(world, refusal)
  return replacement(fault, 'application/json;charset=utf-8', () => '')
}

function named(fault: Fault): Refusal | OldRefusal | undefined {
  if (fault.code !== undefined) return new Refusal(fault.code, fault.code, fault.status)
  if (fault.errcode !== undefined) return new OldRefusal(fault.errcode, `error ${fault.errcode}`)
  return undefined
}
