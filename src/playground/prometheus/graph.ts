import type { ServerResponse } from 'node:http'
import { Evaluation } from './promql/evaluate.ts'
import { durationMs } from './promql/lex.ts'
import { parse } from './promql/parse.ts'
import { Refusal } from './promql/refusal.ts'
import { type Store, signatureOf } from './store.ts'

const width = 960
const height = 320
const steps = 240

/** Where the links of cards end: the graph that Prometheus would draw, without its controls. */
export function showGraph(store: Store, nowMs: number, query: URLSearchParams, response: ServerResponse): void {
  const expression = query.get('g0.expr') ?? ''
  const end = Date.parse(`${(query.get('g0.end_input') ?? '').replace(' ', 'T')}Z`)
  const toMs = Number.isFinite(end) ? end : nowMs
  const fromMs = toMs - (durationMs(query.get('g0.range_input') ?? '') || 3_600_000)
  const drawn = draw(store, expression, fromMs, toMs)
  const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Graph</title>
<style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1d1c1d;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:.75rem;border-radius:.4rem}
svg{width:100%;height:auto;border-bottom:1px solid #999}p{display:flex;justify-content:space-between;margin:.25rem 0}</style>
<h1>Graph</h1><pre>${escaped(expression)}</pre>${drawn}<p><span>${time(fromMs)}</span><span>${time(toMs)}</span></p></html>`,
  )
}

const policy = "default-src 'none'; style-src 'unsafe-inline'"

function draw(store: Store, expression: string, fromMs: number, toMs: number): string {
  const lines = new Map<string, [x: number, value: number][]>()
  try {
    const evaluation = new Evaluation(parse(expression), store)
    for (let step = 0; step <= steps; step += 1) {
      const value = evaluation.at(fromMs + ((toMs - fromMs) * step) / steps)
      const elements = value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : value.elements
      for (const one of elements.filter((element) => Number.isFinite(element.value))) {
        const key = signatureOf(one.labels)
        lines.set(key, [...(lines.get(key) ?? []), [(step / steps) * width, one.value]])
      }
    }
  } catch (cause) {
    if (cause instanceof Refusal) return `<p>${escaped(cause.message)}</p>`
    throw cause
  }
  const values = [...lines.values()].flat().map(([, value]) => value)
  if (values.length === 0) return '<p>Nothing was measured in this time.</p>'
  const [low, high] = [Math.min(0, ...values), Math.max(...values)]
  const y = (value: number): string => (height - ((value - low) / (high - low || 1)) * (height - 10)).toFixed(1)
  const path = (points: readonly [number, number][]): string =>
    `<polyline fill="none" stroke="#1264a3" stroke-width="2" points="${points.map(([x, value]) => `${x.toFixed(1)},${y(value)}`).join(' ')}"/>`
  const most = `<p><span>at most ${Number(high.toPrecision(4))}</span></p>`
  return `${most}<svg viewBox="0 0 ${width} ${height}" role="img">${[...lines.values()].map(path).join('')}</svg>`
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
