import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Labels } from './exposition.ts'
import { showGraph } from './graph.ts'
import { Evaluation } from './promql/evaluate.ts'
import { durationMs } from './promql/lex.ts'
import { parse } from './promql/parse.ts'
import { Refusal } from './promql/refusal.ts'
import type { Value } from './promql/value.ts'
import type { Store } from './store.ts'

const largestForm = 2 ** 16
/** As in Prometheus. */
const mostPoints = 11_000

/** https://prometheus.io/docs/prometheus/latest/querying/api/: two queries, whether it is up, and the graph that links lead to. */
export async function answer(store: Store, nowMs: number, request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (pathname === '/-/ready' || pathname === '/-/healthy')
    return void response.end(`Prometheus Server is ${pathname === '/-/ready' ? 'Ready' : 'Healthy'}.\n`)
  if (pathname === '/graph') return showGraph(store, nowMs, searchParams, response)
  if (pathname !== '/api/v1/query' && pathname !== '/api/v1/query_range')
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n')
  if (request.method !== 'GET' && request.method !== 'POST') return void response.writeHead(405).end()
  try {
    const form = request.method === 'POST' ? await formOf(request) : new URLSearchParams()
    const given = (name: string): string | undefined => form.get(name) ?? searchParams.get(name) ?? undefined
    const data = pathname === '/api/v1/query' ? instant(store, nowMs, given) : range(store, given)
    json(response, 200, { status: 'success', data })
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    const status = cause.type === 'bad_data' ? 400 : 422
    json(response, status, { status: 'error', errorType: cause.type, error: cause.message })
  }
}

type Given = (name: string) => string | undefined

function instant(store: Store, nowMs: number, given: Given): object {
  const atMs = timeOf('time', given('time') ?? String(nowMs / 1000))
  const value = new Evaluation(parse(given('query') ?? ''), store).at(atMs)
  const point = (of: number) => [atMs / 1000, textOf(of)]
  if (value.kind === 'scalar') return { resultType: 'scalar', result: point(value.value) }
  const result = value.elements.map((one) => ({ metric: one.labels, value: point(one.value) }))
  return { resultType: 'vector', result }
}

function range(store: Store, given: Given): object {
  const startMs = timeOf('start', given('start') ?? '')
  const endMs = timeOf('end', given('end') ?? '')
  if (endMs < startMs) throw bad('end', 'end timestamp must not be before start time')
  const stepMs = stepOf(given('step') ?? '')
  if ((endMs - startMs) / stepMs > mostPoints)
    throw new Refusal(
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  const evaluation = new Evaluation(parse(given('query') ?? ''), store)
  const series = new Map<string, { metric: Labels; values: [number, string][] }>()
  for (let step = 0; startMs + step * stepMs <= endMs + 1e-6; step += 1) {
    const atMs = startMs + step * stepMs
    for (const { labels, value } of elementsOf(evaluation.at(atMs))) {
      const key = JSON.stringify(labels)
      const one = series.get(key) ?? { metric: labels, values: [] }
      one.values.push([Math.round(atMs) / 1000, textOf(value)])
      series.set(key, one)
    }
  }
  return { resultType: 'matrix', result: [...series.values()] }
}

const elementsOf = (value: Value) => (value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : value.elements)

const textOf = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'

const bad = (name: string, why: string): Refusal => new Refusal('bad_data', `invalid parameter "${name}": ${why}`)

function timeOf(name: string, text: string): number {
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  if (Number.isFinite(ms)) return ms
  throw bad(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`)
}

function stepOf(text: string): number {
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : durationMs(text)
  if (ms > 0) return ms
  throw bad('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer')
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) {
    text += String(part)
    if (text.length > largestForm) throw new Refusal('bad_data', 'http: request body too large')
  }
  return new URLSearchParams(text)
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
