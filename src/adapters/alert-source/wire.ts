import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AlertRequest } from '../../ports/alert-source.ts'
import type { Secret } from '../../ports/secret.ts'

/** The body as JSON; undefined where it is none. */
export function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Whether somebody gave this very secret, in a time that tells nothing about it. */
export function isSecret(secret: Secret, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret.reveal()))
}

/** RFC 6750, section 2.1. */
export const bearerMatches = (token: Secret, { headers }: AlertRequest): boolean =>
  isSecret(token, /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '')

/** Whether `given` is the hex HMAC-SHA256 of these parts, in a time that tells nothing about it. */
export function hmacMatches(key: Secret, parts: readonly (string | Uint8Array)[], given: string): boolean {
  if (!/^[0-9a-f]{64}$/i.test(given)) return false
  const hmac = createHmac('sha256', key.reveal())
  for (const part of parts) hmac.update(part)
  return timingSafeEqual(hmac.digest(), Buffer.from(given, 'hex'))
}
