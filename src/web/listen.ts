import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault } from '../core/fault.ts'
import { wording } from '../text/say.ts'

export interface Address {
  readonly url: string
  readonly port: number
}

/** Listens; port 0 is any free one. Fault `web.port-taken` or `web.cannot-listen` when the system says no. */
export async function listen(server: Server, host: string, port: number): Promise<Address> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    const code = taken ? 'web.port-taken' : 'web.cannot-listen'
    throw new Fault({ code, retry: 'no', hint: wording(code, { address: authority(host, port) }), cause })
  }
  const actual = (server.address() as AddressInfo).port
  return { url: `http://${authority(host, actual)}`, port: actual }
}

const authority = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`
