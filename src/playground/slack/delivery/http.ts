import { createHmac } from 'node:crypto'
import type { Wire } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Attempt, Delivery, Receipt, Transport } from './transport.ts'

/** `v0=` HMAC-SHA256 over `v0:timestamp:body`: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

/** The signed headers of a delivery to a request URL. */
function signedHeaders(world: World, body: string): Record<string, string> {
  const timestamp = String(world.seconds())
  return {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(world.app.signingSecret, timestamp, body),
  }
}

/** The body and its type, as Slack encodes each kind of delivery. */
function encode(delivery: Delivery): { body: string; type: string } {
  if (delivery.kind === 'events_api') return { body: JSON.stringify(delivery.payload), type: 'application/json' }
  const type = 'application/x-www-form-urlencoded'
  if (delivery.kind === 'interactive') {
    return { body: new URLSearchParams({ payload: JSON.stringify(delivery.payload) }).toString(), type }
  }
  const fields = Object.entries(delivery.payload).map(([name, value]): [string, string] => [name, String(value)])
  return { body: new URLSearchParams(fields).toString(), type }
}

/** Delivers by signed POSTs to the app's request URL. */
export class RequestUrl implements Transport {
  readonly url: string
  private readonly world: World

  constructor(world: World, url: string) {
    this.world = world
    this.url = url
  }

  async send(delivery: Delivery, attempt?: Attempt): Promise<Receipt> {
    const { body, type } = encode(delivery)
    const headers: Record<string, string> = {
      'content-type': type,
      connection: 'close',
      ...signedHeaders(this.world, body),
    }
    if (attempt) {
      headers['x-slack-retry-num'] = String(attempt.number)
      headers['x-slack-retry-reason'] = attempt.reason === 'timeout' ? 'http_timeout' : attempt.reason
    }
    const startedAt = performance.now()
    const ackMs = (): number => Math.round(performance.now() - startedAt)
    try {
      const signal = AbortSignal.timeout(this.world.ackTimeoutMs)
      const response = await fetch(this.url, { method: 'POST', body, headers, redirect: 'manual', signal })
      const text = await response.text()
      const noRetry = response.headers.get('x-slack-no-retry') === '1'
      if (!response.ok) return { acked: false, ackMs: ackMs(), error: 'http_service_error', noRetry }
      return { acked: true, ackMs: ackMs(), ...(text === '' ? {} : { response: readAnswer(text) }) }
    } catch (error) {
      const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
      return { acked: false, ackMs: ackMs(), error: timedOut ? 'operation_timeout' : 'dispatch_failed' }
    }
  }

  /** Slack's check of a new request URL. True when the challenge comes back. */
  async verify(): Promise<boolean> {
    const challenge = this.world.ids.token(52)
    const payload: Wire = { token: 'verification', challenge, type: 'url_verification' }
    const receipt = await this.send({ kind: 'events_api', payload, acceptsResponse: true })
    const { response } = receipt
    if (typeof response === 'string') return response.trim() === challenge
    return (
      typeof response === 'object' && response !== null && 'challenge' in response && response.challenge === challenge
    )
  }
}

function readAnswer(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
