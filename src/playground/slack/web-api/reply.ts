import type { Reply } from '../../misfortune.ts'
import type { Wire } from '../store/wire.ts'

/** A JSON answer. */
export function jsonReply(value: Wire, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  }
}

/** A plain text answer. */
export function textReply(status: number, body: string): Reply {
  return { status, body, headers: { 'content-type': 'text/plain' } }
}

/** Slack's 429. */
export function limitReply(seconds: number): Reply {
  return jsonReply({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }, 429)
}
