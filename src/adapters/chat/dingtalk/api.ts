import type { z } from 'zod'
import type { ChatGiven } from '../../../ports/adapter.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import type { DingtalkConfig } from './config.ts'
import {
  type Attempt,
  aborted,
  apiFault,
  apiRefusal,
  isTokenCode,
  isTokenNumber,
  oapiAnswer,
  oapiFault,
  unanswered,
  unreadable,
} from './faults.ts'
import { type Token, Tokens } from './token.ts'
import { Usage } from './usage.ts'
import { accessToken } from './wire.ts'

const timeoutMs = 10_000

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** DingTalk's OpenAPI, both houses of it. Every failure comes out as a Fault; nothing is tried twice but what a new token mends. */
export class Api {
  readonly #config: DingtalkConfig
  readonly #given: Pick<ChatGiven, 'clock' | 'fetch'>
  readonly #tokens: Tokens
  readonly usage: Usage

  constructor(config: DingtalkConfig, given: Pick<ChatGiven, 'clock' | 'fetch' | 'values'>) {
    this.#config = config
    this.#given = given
    this.usage = new Usage(given.clock, given.values ?? null, config.monthlyCalls)
    this.#tokens = new Tokens(given.clock, () => this.#askToken())
  }

  get robotCode(): string {
    return this.#config.robotCode ?? this.#config.clientId
  }

  /** A call of api.dingtalk.com with the token; `path` begins with `/v1.0/`. */
  async call<Read>(
    attempt: Attempt & { readonly method: 'POST' | 'PUT' | 'GET'; readonly path: string },
    body: object,
    read: z.ZodType<Read>,
    signal?: AbortSignal,
  ): Promise<Read> {
    const { method, path } = attempt
    const send = (token: string) =>
      this.#send(attempt, `${trimmed(this.#config.apiUrl)}${path}`, signal, {
        method,
        headers: { ...json, 'x-acs-dingtalk-access-token': token },
        body: JSON.stringify(body),
      })
    return this.#withToken(
      send,
      (answer) => {
        const refused = apiRefusal.safeParse(answer.body)
        return answer.status === 401 || (refused.success && answer.status >= 400 && isTokenCode(refused.data.code))
      },
      (answer) => readApi(answer, attempt, read),
      signal,
      attempt,
    )
  }

  /** The same of oapi.dingtalk.com, where the token goes into the address. A form is sent as it is. */
  async oapi<Read>(
    attempt: Attempt & { readonly path: string; readonly query?: Readonly<Record<string, string>> },
    body: object | FormData,
    read: z.ZodType<Read>,
    signal?: AbortSignal,
  ): Promise<Read> {
    const send = (token: string) => {
      const query = new URLSearchParams({ access_token: token, ...attempt.query })
      return this.#send(attempt, `${trimmed(this.#config.oapiUrl)}${attempt.path}?${query}`, signal, {
        method: 'POST',
        ...(body instanceof FormData ? { body } : { headers: json, body: JSON.stringify(body) }),
      })
    }
    return this.#withToken(
      send,
      (answer) => {
        const said = oapiAnswer.safeParse(answer.body)
        return said.success && isTokenNumber(said.data.errcode, said.data.sub_code ?? null)
      },
      (answer) => readOapi(answer, attempt, read),
      signal,
      attempt,
    )
  }

  /** A call that carries the application's own secret instead of a token. */
  async bare<Read>(
    attempt: Attempt & { readonly path: string },
    body: object,
    read: z.ZodType<Read>,
    signal?: AbortSignal,
  ): Promise<Read> {
    const url = `${trimmed(this.#config.apiUrl)}${attempt.path}`
    const answer = await this.#send(attempt, url, signal, { method: 'POST', headers: json, body: JSON.stringify(body) })
    return readApi(answer, attempt, read)
  }

  async #withToken<Read>(
    send: (token: string) => Promise<Answer>,
    refused: (answer: Answer) => boolean,
    read: (answer: Answer) => Read,
    signal: AbortSignal | undefined,
    attempt: Attempt,
  ): Promise<Read> {
    if (signal?.aborted) throw aborted(attempt, false)
    const token = await this.#tokens.get()
    if (signal?.aborted) throw aborted(attempt, false)
    const answer = await send(token)
    if (!refused(answer)) return read(answer)
    return read(await send(await this.#tokens.get(token)))
  }

  async #askToken(): Promise<Token> {
    const { clientId, clientSecret } = this.#config
    const attempt = { name: 'token', once: false, path: '/v1.0/oauth2/accessToken' }
    const secret = { appKey: clientId, appSecret: clientSecret.reveal() }
    const { accessToken: value, expireIn } = await this.bare(attempt, secret, accessToken)
    return { value, lastsMs: expireIn * 1000 }
  }

  async #send(attempt: Attempt, url: string, signal: AbortSignal | undefined, init: RequestInit): Promise<Answer> {
    if (signal?.aborted) throw aborted(attempt, false)
    this.usage.add(attempt.name)
    const never = new AbortController().signal
    try {
      return await withDeadline(this.#given.clock, timeoutMs, signal ?? never, async (limit) => {
        const response = await this.#given.fetch(url, { ...init, redirect: 'error', signal: limit })
        return { status: response.status, body: jsonOf(await response.text()) }
      })
    } catch (error) {
      if (signal?.aborted) throw aborted(attempt, true)
      throw unanswered(error, attempt)
    }
  }
}

const json = { 'content-type': 'application/json', accept: 'application/json' }

const trimmed = (url: string): string => url.replace(/\/+$/, '')

function readApi<Read>({ status, body }: Answer, attempt: Attempt, read: z.ZodType<Read>): Read {
  if (status >= 400) {
    const refused = apiRefusal.safeParse(body)
    const scopes = refused.data?.accessdenieddetail?.requiredScopes ?? []
    throw apiFault(status, refused.data?.code ?? `HTTP ${status}`, scopes, attempt)
  }
  const answer = read.safeParse(body)
  if (!answer.success) throw unreadable(attempt, answer.error)
  return answer.data
}

function readOapi<Read>({ status, body }: Answer, attempt: Attempt, read: z.ZodType<Read>): Read {
  const said = oapiAnswer.safeParse(body)
  if (!said.success) throw status >= 400 ? apiFault(status, `HTTP ${status}`, [], attempt) : unreadable(attempt)
  if (said.data.errcode !== 0) throw oapiFault(said.data.errcode, said.data.sub_code ?? null, attempt)
  const answer = read.safeParse(body)
  if (!answer.success) throw unreadable(attempt, answer.error)
  return answer.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
