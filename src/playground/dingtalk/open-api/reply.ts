import type { ServerResponse } from 'node:http'
import type { OldRefusal, Refusal, Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number
  readonly body: string | Buffer
  readonly headers: Readonly<Record<string, string>>
}

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

/** Writes it. */
export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}

/** Promises the whole body, writes half of it and cuts the connection. */
export function sendHalf(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}
