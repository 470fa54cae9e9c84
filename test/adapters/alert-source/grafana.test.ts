import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { grafana } from '../../../src/adapters/alert-source/grafana/index.ts'
import { clock, one, open, refusal, request } from './kit.ts'

const body = JSON.stringify({
  receiver: 'astern',
  status: 'firing',
  orgId: 1,
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'High latency', service: 'checkout-svc', region: 'eu-1' },
      annotations: { summary: 'p99 is 4 s' },
      startsAt: '2026-11-22T20:36:21.9+01:00',
      endsAt: '0001-01-01T00:00:00Z',
      values: { B: 4.1 },
      generatorURL: 'https://grafana.example/alerting/1/view',
      fingerprint: 'c6eadffa33fcdf37',
      silenceURL: 'https://grafana.example/silence',
      dashboardURL: '',
      panelURL: 'https://grafana.example/d/1?viewPanel=2',
      imageURL: '',
    },
  ],
  version: '1',
  groupKey: '{}:{}',
  truncatedAlerts: 0,
  title: '[FIRING:1] High latency',
  state: 'alerting',
  message: '**Firing**',
})
const hex = (...parts: string[]) => createHmac('sha256', 'hunter2').update(parts.join('')).digest('hex')

describe('Grafana', () => {
  it('is read by its signature over the raw body', () => {
    const source = open(grafana, { secret: { env: 'S' } })
    const alert = one(source.read(request(body, { 'x-grafana-alerting-signature': hex(body) })))
    expect(alert).toMatchObject({
      fingerprint: 'c6eadffa33fcdf37',
      startsAt: '2026-11-22T19:36:21.9Z',
      link: 'https://grafana.example/d/1?viewPanel=2',
      summary: 'p99 is 4 s',
    })
    expect(refusal(source.read(request(`${body} `, { 'x-grafana-alerting-signature': hex(body) })))).toBe(401)
    expect(refusal(source.read(request(body)))).toBe(401)
  })

  it('is read with a signed time, and not after five minutes', () => {
    const source = open(grafana, { secret: { env: 'S' }, timestampHeader: 'X-Signed-At' })
    const nowS = Math.floor(clock.now().epochMilliseconds / 1000)
    const signed = (time: number) =>
      request(body, { 'x-signed-at': String(time), 'x-grafana-alerting-signature': hex(`${time}:`, body) })
    expect(refusal(source.read(signed(nowS)))).toBeNull()
    expect(refusal(source.read(signed(nowS - 301)))).toBe(401)
    expect(refusal(source.read(signed(nowS + 301)))).toBe(401)
    const unsignedTime = request(body, { 'x-signed-at': String(nowS), 'x-grafana-alerting-signature': hex(body) })
    expect(refusal(source.read(unsignedTime))).toBe(401)
  })

  it('is read by a bearer token where it signs nothing', () => {
    const source = open(grafana, { bearer: { env: 'T' } })
    expect(refusal(source.read(request(body, { authorization: 'Bearer hunter2' })))).toBeNull()
    expect(refusal(source.read(request(body, { authorization: 'Bearer hunter' })))).toBe(401)
  })

  it('has to prove itself in one way', () => {
    expect(grafana.config.safeParse({}).success).toBe(false)
    expect(grafana.config.safeParse({ secret: { env: 'S' }, bearer: { env: 'T' } }).success).toBe(false)
  })
})
