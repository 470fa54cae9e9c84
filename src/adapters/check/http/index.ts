import type { Evidence } from '../../../core/release/release.ts'
import { defineCheckAdapter, type Platform } from '../../../ports/adapter.ts'
import type { Check } from '../../../ports/check.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import { networkTrouble } from '../../../ports/network.ts'
import { type TextKey, type Values, wording } from '../../../text/say.ts'
import { readBody } from './body.ts'
import { HttpCheckConfig } from './config.ts'

/** Asks a health endpoint. */
export const http = defineCheckAdapter<HttpCheckConfig>({
  port: 'check',
  id: 'http',
  title: 'HTTP',
  config: HttpCheckConfig,
  open: (config, given) => httpCheck(config, given),
})

type Look = (took: number) => { readonly passed: boolean; readonly seen: Evidence }

function httpCheck(config: HttpCheckConfig, { clock, fetch }: Platform): Check {
  const name = `GET ${config.url}`
  const look =
    (code: TextKey, values: Values = {}): Look =>
    (took) => ({
      passed: code === 'check.answered',
      seen: { code, wording: wording(code, { name, took, ...values }) },
    })
  const ask = async (signal: AbortSignal): Promise<Look> => {
    const response = await fetch(config.url, {
      signal,
      // A redirect, to a sign-in page for example, is an answer of its own.
      redirect: 'manual',
      // Each look goes the way a new visitor would; a connection kept from before may end at what is no longer there.
      headers: { connection: 'close', 'user-agent': 'astern' },
    })
    const body = await readBody(response, config.contains)
    const status = String(response.status)
    const well = config.expect?.includes(response.status) ?? response.ok
    if (!well) return look('check.wrong-status', { status, wanted: config.expect?.join(' / ') ?? '2xx' })
    return body.found ? look('check.answered', { status }) : look('check.text-missing', { status })
  }
  return {
    name,
    async run(signal) {
      const start = clock.monotonicMs()
      const looked = await withDeadline(clock, config.timeout, signal, ask).catch((error: unknown) => {
        signal.throwIfAborted()
        return look(`check.${networkTrouble(error)}`)
      })
      const tookMs = Math.round(clock.monotonicMs() - start)
      return { tookMs, ...looked(tookMs) }
    },
  }
}
