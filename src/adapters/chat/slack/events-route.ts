import type { App, Receiver } from '@slack/bolt'
import type { RouteHandler, RouteResponse } from '../../../ports/adapter.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import type { Signatures } from './signature.ts'

export const eventsPath = '/slack/events'

/** Slack waits three seconds; an answer after that is not heard. */
const answerMs = 2800
const mostBytes = 1_000_000
/** Given as a reason, for else one is made each time, with its stack. */
const inTime = Symbol('in time')

const reply = (status: number, body = ''): RouteResponse => ({
  status,
  headers: { 'content-type': body.startsWith('{') ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8' },
  body,
})

/** HTTP mode as a receiver of Bolt: the one HTTP server hands over the raw bytes, everything is checked here. */
export class EventsRoute implements Receiver {
  readonly #signatures: Signatures
  readonly #clock: Clock
  readonly #log: Log
  #app: App | null = null
  #open = false

  constructor(signatures: Signatures, clock: Clock, log: Log) {
    this.#signatures = signatures
    this.#clock = clock
    this.#log = log
  }

  init(app: App): void {
    this.#app = app
  }

  async start(): Promise<void> {
    this.#open = true
  }

  async stop(): Promise<void> {
    this.#open = false
  }

  readonly handle: RouteHandler = async ({ headers, body }) => {
    if (body.byteLength > mostBytes) return reply(413)
    const text = new TextDecoder().decode(body)
    // Slack's certificate check is unsigned; it is answered, and nothing else is done with it.
    if (isForm(headers) && new URLSearchParams(text).get('ssl_check') === '1') return reply(200)
    const checked = this.#signatures.check(headers, body)
    if (!checked.ok) {
      this.#log.warn('a request to /slack/events was refused', { reason: checked.reason })
      return reply(401)
    }
    const answer = await this.#take(headers, text)
    if (answer.status !== 200) this.#signatures.release(checked.signature)
    return answer
  }

  async #take(headers: Readonly<Record<string, string | undefined>>, text: string): Promise<RouteResponse> {
    const payload = payloadOf(headers, text)
    if (payload === null) return reply(400)
    if (payload.type === 'url_verification') return reply(200, JSON.stringify({ challenge: payload.challenge }))
    const app = this.#app
    if (!app || !this.#open) return reply(503)
    if (payload.type === 'app_rate_limited') {
      this.#log.warn('Slack holds events back: more came than an app may get in a minute', {})
      return reply(200)
    }
    const timer = new AbortController()
    const late = this.#clock.sleep(answerMs, timer.signal).then(
      () => reply(503, 'not durable in time'),
      () => reply(503),
    )
    try {
      return await Promise.race([this.#process(app, headers, payload), late])
    } finally {
      timer.abort(inTime)
    }
  }

  async #process(
    app: App,
    headers: Readonly<Record<string, string | undefined>>,
    body: Record<string, unknown>,
  ): Promise<RouteResponse> {
    let answer: RouteResponse | null = null
    const retry = Number(headers['x-slack-retry-num'])
    const reason = headers['x-slack-retry-reason']
    try {
      await app.processEvent({
        body,
        ack: async (response?: unknown) => {
          answer = reply(
            200,
            typeof response === 'object' ? JSON.stringify(response) : (response as string | undefined),
          )
        },
        ...(Number.isInteger(retry) ? { retryNum: retry } : {}),
        ...(reason ? { retryReason: reason } : {}),
      })
    } catch (error) {
      this.#log.error('a payload of Slack was not taken and is not acknowledged', {}, error)
      // What nobody can read stays so, however often it comes.
      return reply(isUnreadable(error) ? 400 : 503)
    }
    return answer ?? reply(404)
  }
}

/** Bolt takes what Slack signed at its word, and stumbles over what has another shape; it wraps what was thrown. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof TypeError || (error as { readonly original?: unknown }).original instanceof TypeError

const isForm = (headers: Readonly<Record<string, string | undefined>>): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true

/** Events come as JSON, commands as a form, interactions as a form with JSON in `payload`. */
function payloadOf(
  headers: Readonly<Record<string, string | undefined>>,
  text: string,
): Record<string, unknown> | null {
  if (!isForm(headers)) return objectOf(text)
  const form = new URLSearchParams(text)
  const payload = form.get('payload')
  return payload === null ? Object.fromEntries(form) : objectOf(payload)
}

function objectOf(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
