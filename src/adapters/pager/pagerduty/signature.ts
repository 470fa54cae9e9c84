import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../../../ports/secret.ts'

/**
 * Whether one of the signatures is made with one of the secrets, over the raw bytes. There are several of both while a secret is
 * being changed. https://developer.pagerduty.com/docs/verifying-signatures
 */
export function isSigned(header: string | undefined, body: Uint8Array, secrets: readonly Secret[]): boolean {
  const given = (header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => /^v1=[0-9a-f]{64}$/.test(one))
    .slice(0, 8)
  const wanted = secrets.map((secret) =>
    Buffer.from(`v1=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`),
  )
  return given.some((one) => wanted.some((right) => timingSafeEqual(Buffer.from(one), right)))
}
