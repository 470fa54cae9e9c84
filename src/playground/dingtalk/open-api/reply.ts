import type { Reply } from '../../misfortune.ts'
import type { OldRefusal, Refusal, Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

/** A JSON answer. */
export function jsonReply(value: Wire, status = 200): Reply {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json;charset=utf-8' } }
}

/** `{ requestid, code, message }` with the refusal's status, as everything under `/v1.0` refuses. */
export function refusalReply(world: World, refusal: Refusal): Reply {
  const { code, message, status, extra } = refusal
  return jsonReply({ requestid: world.ids.uuid().toUpperCase(), code, message, ...extra }, status)
}

/** `{ errcode, errmsg, request_id }` with status 200, as the old interfaces refuse. */
export function oldRefusalReply(world: World, refusal: OldRefusal): Reply {
  const { errcode, message: errmsg, extra } = refusal
  return jsonReply({ errcode, errmsg, request_id: world.ids.token(12), ...extra })
}
