import { describe, expect, it } from 'vitest'
import { alertmanager } from '../../../src/adapters/alert-source/alertmanager/index.ts'
import { fixture, one, open, refusal, request } from './kit.ts'

const source = open(alertmanager, { bearer: { env: 'TOKEN' } })
const right = { authorization: 'Bearer hunter2' }
const firing = fixture('alertmanager/webhook-firing.json')

describe('Alertmanager', () => {
  it('is read as it posts', () => {
    const alert = one(source.read(request(firing, right)))
    expect(alert).toMatchObject({
      fingerprint: '56f034c11d3d1a52',
      status: 'firing',
      startsAt: '2026-11-22T19:36:49.256Z',
      endsAt: null,
      name: 'HighErrorRate',
      summary: '5xx ratio 41.29% on checkout',
      expression: 'service:http_5xx:ratio > 0.05',
    })
    expect(alert.labels.service).toBe('checkout')
  })

  it('says when an alert ended, under the same key and the same start', () => {
    const began = one(source.read(request(firing, right)))
    const ended = one(source.read(request(fixture('alertmanager/webhook-resolved.json'), right)))
    expect([ended.status, ended.fingerprint, ended.startsAt]).toEqual(['resolved', began.fingerprint, began.startsAt])
    expect(ended.endsAt).not.toBeNull()
  })

  it.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer hunter3' }],
    ['a token of another length', { authorization: 'Bearer hunter22' }],
    ['another scheme', { authorization: 'Basic hunter2' }],
  ])('is refused with %s', (_, headers) => {
    expect(refusal(source.read(request(firing, headers)))).toBe(401)
  })

  it.each([
    ['half a body', firing.slice(0, 200)],
    ['another version', firing.replace('"version": "4"', '"version": "5"')],
    ['a payload of its own making', '{"text":"it burns"}'],
    ['bytes that are no text', '\uD800'],
  ])('answers 400 to %s, which a retry would not mend', (_, body) => {
    expect(refusal(source.read(request(body, right)))).toBe(400)
  })

  it('tells what was left out', () => {
    const cut = source.read(request(firing.replace('"truncatedAlerts": 0', '"truncatedAlerts": 7'), right))
    expect(cut).toMatchObject({ left: 7 })
  })

  it('keeps no link that is none, and no label without end', () => {
    const posted = JSON.parse(firing) as { alerts: { generatorURL: string; labels: Record<string, string> }[] }
    const [first] = posted.alerts
    if (!first) throw new TypeError('no alert')
    first.generatorURL = 'javascript:alert(1)'
    first.labels.noise = 'x'.repeat(100_000)
    const alert = one(source.read(request(posted, right)))
    expect(alert.link).toBeNull()
    expect(alert.labels.noise?.length).toBe(512)
  })
})
