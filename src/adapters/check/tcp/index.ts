import { once } from 'node:events'
import { connect } from 'node:net'
import { defineCheckAdapter, type Platform } from '../../../ports/adapter.ts'
import type { Check } from '../../../ports/check.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import { networkTrouble } from '../../../ports/network.ts'
import { type TextKey, wording } from '../../../text/say.ts'
import { hostOf, portOf, TcpCheckConfig } from './config.ts'

/** Connects, and hangs up. */
export const tcp = defineCheckAdapter<TcpCheckConfig>({
  port: 'check',
  id: 'tcp',
  title: 'TCP',
  config: TcpCheckConfig,
  open: (config, given) => tcpCheck(config, given),
})

function tcpCheck({ address, timeout }: TcpCheckConfig, { clock }: Platform): Check {
  const name = `TCP ${address}`
  const dial = async (signal: AbortSignal): Promise<TextKey> => {
    const socket = connect({ host: hostOf(address), port: portOf(address), signal })
    try {
      await once(socket, 'connect', { signal })
      return 'check.connected'
    } finally {
      // Aborting destroys the socket with an error of its own, which nobody waits for any more.
      socket.on('error', () => undefined)
      socket.destroy()
    }
  }
  return {
    name,
    async run(signal) {
      const start = clock.monotonicMs()
      const code = await withDeadline(clock, timeout, signal, dial).catch((error: unknown): TextKey => {
        signal.throwIfAborted()
        return `check.${networkTrouble(error)}`
      })
      const tookMs = Math.round(clock.monotonicMs() - start)
      return {
        passed: code === 'check.connected',
        tookMs,
        seen: { code, wording: wording(code, { name, took: tookMs }) },
      }
    },
  }
}
