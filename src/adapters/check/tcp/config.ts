import { z } from 'zod'
import { duration } from '../../../ports/duration.ts'

const defaultTimeoutMs = 5000

/** `host:port`; an IPv6 address stands in brackets. */
const address = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:.]+\]|[^\s:/@]+):\d{1,5}$/, { error: 'expected host:port, for example db.example:5432' })
  .refine((text) => portOf(text) >= 1 && portOf(text) <= 65_535, { error: 'a port is between 1 and 65535' })

const full = z.strictObject({
  address,
  timeout: duration().default(defaultTimeoutMs).describe('How long connecting may take'),
})

export const TcpCheckConfig = z.union([
  address.transform((text) => ({ address: text, timeout: defaultTimeoutMs })),
  full,
])
export type TcpCheckConfig = z.infer<typeof full>

export const portOf = (text: string): number => Number(text.slice(text.lastIndexOf(':') + 1))
export const hostOf = (text: string): string => text.slice(0, text.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1')
