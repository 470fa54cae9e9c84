import type { Platform } from '../../../ports/adapter.ts'
import { withDeadline } from '../../../ports/deadline.ts'
import type { Point, Series, Span } from '../../../ports/monitor.ts'
import type { PrometheusConfig } from './config.ts'
import { incomplete, notUnderstood, refused, unreachable } from './faults.ts'
import { type Data, failure, type Sample, success } from './wire.ts'

/** The calls; the only place that knows what Prometheus answers. */
export class Api {
  readonly #config: PrometheusConfig
  readonly #given: Platform

  constructor(config: PrometheusConfig, given: Platform) {
    this.#config = config
    this.#given = given
  }

  query(query: string, atMs: number, signal: AbortSignal): Promise<readonly Series[]> {
    return this.#ask('query', { query, time: seconds(atMs) }, signal)
  }

  range(query: string, { fromMs, toMs, stepMs }: Span, signal: AbortSignal): Promise<readonly Series[]> {
    const span = { start: seconds(fromMs), end: seconds(toMs), step: seconds(stepMs) }
    return this.#ask('query_range', { query, ...span }, signal)
  }

  /** Whether it has started; null where that is not told, as by others that speak the same API and by proxies. */
  async ready(signal: AbortSignal): Promise<boolean | null> {
    const { status } = await this.#fetch('/-/ready', { method: 'GET' }, signal)
    return status === 200 ? true : status === 503 ? false : null
  }

  /** By POST, for a query can be longer than an address may be. */
  async #ask(path: string, form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<readonly Series[]> {
    const { url, timeout } = this.#config
    const body = new URLSearchParams({ ...form, timeout: `${timeout}ms` })
    const { response, text } = await this.#fetch(`/api/v1/${path}`, { method: 'POST', body }, signal)
    const answer = jsonOf(text)
    const read = success.safeParse(answer)
    if (response.status === 200 && read.success) {
      const { data, warnings = [] } = read.data
      // An incomplete answer may lack just the part that is broken.
      if (warnings.length > 0) throw incomplete(url, warnings)
      return seriesOf(data)
    }
    const said = failure.safeParse(answer)
    if (response.status === 200 && !said.success) throw notUnderstood(url, read.error)
    throw refused(url, response, said.success ? said.data : null)
  }

  async #fetch(path: string, init: RequestInit, outer: AbortSignal) {
    const { url, timeout } = this.#config
    const { clock, fetch } = this.#given
    try {
      return await withDeadline(clock, timeout, outer, async (signal) => {
        // A redirect to a sign-in page is no answer, and would carry the credentials on.
        const headers = { accept: 'application/json', 'user-agent': 'astern', ...this.#credentials() }
        const response = await fetch(url + path, { ...init, headers, redirect: 'manual', signal })
        return { response, status: response.status, text: await response.text() }
      })
    } catch (cause) {
      outer.throwIfAborted()
      throw unreachable(url, cause)
    }
  }

  #credentials(): Record<string, string> {
    const { bearer, basic } = this.#config
    if (bearer) return { authorization: `Bearer ${bearer.reveal()}` }
    if (!basic) return {}
    const pair = Buffer.from(`${basic.username}:${basic.password.reveal()}`).toString('base64')
    return { authorization: `Basic ${pair}` }
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

function seriesOf(data: Data): readonly Series[] {
  switch (data.resultType) {
    case 'scalar':
      return [{ labels: {}, points: pointsOf([data.result]) }].filter(({ points }) => points.length > 0)
    case 'vector':
      return data.result
        .map(({ metric, value }) => ({ labels: metric, points: pointsOf([value]) }))
        .filter(({ points }) => points.length > 0)
    case 'matrix':
      return data.result
        .map(({ metric, values }) => ({ labels: metric, points: pointsOf(values) }))
        .filter(({ points }) => points.length > 0)
  }
}

/** Zero divided by zero is NaN: nobody asked, so nothing is known. That and infinity are no points. */
const pointsOf = (samples: readonly Sample[]): Point[] =>
  samples
    .map(([at, text]) => ({ atMs: Math.round(at * 1000), value: Number(text.replace(/inf$/i, 'Infinity')) }))
    .filter(({ value }) => Number.isFinite(value))
