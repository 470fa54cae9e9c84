import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { jsonWebhook } from '../../../src/adapters/alert-source/json/index.ts'
import { clock, one, open, refusal, request } from './kit.ts'

const mapping = {
  bearer: { env: 'T' },
  alerts: '/events',
  fingerprint: '/id',
  status: { at: '/state', firing: ['down', 'true'], resolved: ['up'] },
  startsAt: '/since',
  name: '/monitor/name',
  labels: { service: '/monitor/tags~1service', missing: '/nothing' },
  release: '/version',
}
const right = { authorization: 'Bearer hunter2' }
const event = {
  id: 7,
  state: 'down',
  since: 1_795_376_280,
  monitor: { name: 'checkout is down', 'tags/service': 'checkout-svc' },
  version: 'v1.8.0',
}

describe('any JSON webhook', () => {
  const source = open(jsonWebhook, mapping)
  it('is read as its mapping says', () => {
    expect(one(source.read(request({ events: [event] }, right)))).toEqual({
      fingerprint: '7',
      status: 'firing',
      startsAt: '2026-11-22T19:38:00Z',
      endsAt: null,
      name: 'checkout is down',
      summary: '',
      labels: { service: 'checkout-svc' },
      link: null,
      expression: null,
      release: 'v1.8.0',
    })
  })

  it.each([
    ['seconds', 1_795_376_280, '2026-11-22T19:38:00Z'],
    ['milliseconds', 1_795_376_280_500, '2026-11-22T19:38:00.5Z'],
    ['seconds as a text', '1795376280', '2026-11-22T19:38:00Z'],
    ['an ISO time with an offset', '2026-11-23T03:38:00+08:00', '2026-11-22T19:38:00Z'],
  ])('understands %s', (_, since, instant) => {
    expect(one(source.read(request({ events: [{ ...event, since }] }, right))).startsAt).toBe(instant)
  })

  it.each([
    ['no array', { events: 'none' }, 'no array at /events'],
    ['no key', { events: [{ ...event, id: null }] }, 'alert 0: nothing at /id to know it by'],
    [
      'an unknown state',
      { events: [{ ...event, state: 'odd' }] },
      'alert 0: “odd” at /state is neither firing nor resolved',
    ],
    ['no time', { events: [{ ...event, since: 'yesterday' }] }, 'alert 0: no time at /since'],
    ['a part of the prototype', { events: [{ ...event, id: undefined }] }, 'alert 0: nothing at /id to know it by'],
  ])('is refused with %s, and told why', (_, body, why) => {
    expect(source.read(request(body, right))).toEqual({ refused: 400, why })
  })

  it('takes the whole body for one alert, and now for its start, where nothing else is said', () => {
    const { alerts: _, startsAt: __, ...bare } = mapping
    const alert = one(open(jsonWebhook, bare).read(request({ ...event, state: 'up' }, right)))
    const now = clock.now().toString()
    expect([alert.status, alert.startsAt, alert.endsAt]).toEqual(['resolved', now, now])
  })

  it('is read by an HMAC with its prefix', () => {
    const { bearer: _, ...rest } = mapping
    const signed = open(jsonWebhook, {
      ...rest,
      hmac: { secret: { env: 'S' }, header: 'X-Hub-Signature-256', prefix: 'sha256=' },
    })
    const body = JSON.stringify({ events: [event] })
    const hex = createHmac('sha256', 'hunter2').update(body).digest('hex')
    expect(refusal(signed.read(request(body, { 'x-hub-signature-256': `sha256=${hex}` })))).toBeNull()
    expect(refusal(signed.read(request(body, { 'x-hub-signature-256': `sha256=${hex.replace(/.$/, '')}` })))).toBe(401)
    expect(refusal(signed.read(request(body)))).toBe(401)
  })

  it('reads nothing that a document does not hold itself', () => {
    const odd = open(jsonWebhook, { ...mapping, fingerprint: '/constructor/name' })
    expect(refusal(odd.read(request({ events: [event] }, right)))).toBe(400)
  })
})
