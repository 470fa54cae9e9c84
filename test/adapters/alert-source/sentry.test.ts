import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sentry } from '../../../src/adapters/alert-source/sentry/index.ts'
import { one, open, refusal, request } from './kit.ts'

const source = open(sentry, { clientSecret: { env: 'S' } })

function hook(resource: string, payload: unknown) {
  const body = JSON.stringify(payload)
  const signature = createHmac('sha256', 'hunter2').update(body).digest('hex')
  return request(body, { 'sentry-hook-resource': resource, 'sentry-hook-signature': signature })
}

const event = {
  issue_id: '1117540176',
  title: 'TypeError: order is undefined',
  culprit: 'checkout/pay.ts in pay',
  web_url: 'https://sentry.io/organizations/shop/issues/1117540176/events/1/',
  datetime: '2026-11-22T19:38:00.5Z',
  release: 'v1.8.0',
  environment: 'production',
  level: 'error',
  tags: [
    ['region', 'eu-1'],
    ['empty', null],
  ],
}
const triggered = (own: object = {}) => ({
  action: 'triggered',
  installation: { uuid: 'a8e5d37a' },
  data: { event: { ...event, ...own }, triggered_rule: 'New error in production' },
})
const metric = (action: string) => ({
  action,
  data: {
    description_text: '1000 events in the last 10 minutes',
    description_title: `${action}: Too many errors`,
    web_url: 'https://sentry.io/organizations/shop/alerts/rules/details/4/',
    metric_alert: {
      id: '4',
      identifier: '4',
      title: 'Too many errors',
      projects: ['checkout'],
      date_started: '2026-11-22T19:37:00Z',
      date_detected: '2026-11-22T19:38:00Z',
      date_closed: action === 'resolved' ? '2026-11-22T19:39:00Z' : null,
      alert_rule: { name: 'Too many errors', environment: 'production' },
    },
  },
})

describe('Sentry', () => {
  it('names the release in an issue alert', () => {
    const alert = one(source.read(hook('event_alert', triggered())))
    expect(alert).toMatchObject({
      fingerprint: 'issue 1117540176',
      status: 'firing',
      startsAt: '2026-11-22T19:38:00.5Z',
      release: 'v1.8.0',
      labels: { region: 'eu-1', environment: 'production', severity: 'error' },
    })
    expect(alert.labels).not.toHaveProperty('empty')
  })

  it('finds the release among the tags too, and takes a time without an offset for UTC', () => {
    const alert = one(
      source.read(
        hook(
          'event_alert',
          triggered({ release: null, datetime: '2026-11-22T19:38:00', tags: [['release', 'v1.8.0']] }),
        ),
      ),
    )
    expect([alert.release, alert.startsAt]).toEqual(['v1.8.0', '2026-11-22T19:38:00Z'])
  })

  it('ends an issue alert when its issue is resolved, and only then', () => {
    const issue = (action: string) => ({
      action,
      data: { issue: { id: '1117540176', title: event.title, status: action } },
    })
    expect(one(source.read(hook('issue', issue('resolved'))))).toMatchObject({
      fingerprint: 'issue 1117540176',
      status: 'resolved',
    })
    expect(source.read(hook('issue', issue('assigned')))).toMatchObject({ alerts: [] })
  })

  it('fires and resolves a metric alert under one key', () => {
    const [critical, resolved] = ['critical', 'resolved'].map((action) =>
      one(source.read(hook('metric_alert', metric(action)))),
    )
    expect(critical).toMatchObject({ status: 'firing', name: 'Too many errors', labels: { project: 'checkout' } })
    expect(resolved).toMatchObject({ status: 'resolved', endsAt: '2026-11-22T19:39:00Z' })
    expect([resolved?.fingerprint, resolved?.startsAt]).toEqual([critical?.fingerprint, critical?.startsAt])
  })

  it('is checked on the raw bytes', () => {
    const { headers, body, query } = hook('event_alert', triggered())
    const spaced = new TextEncoder().encode(JSON.stringify(JSON.parse(new TextDecoder().decode(body)), null, 1))
    expect(refusal(source.read({ headers, query, body: spaced }))).toBe(401)
    expect(refusal(source.read({ headers: { ...headers, 'sentry-hook-signature': undefined }, query, body }))).toBe(401)
  })

  it('takes what else an integration may subscribe to, and leaves it alone', () => {
    expect(source.read(hook('installation', { action: 'created', data: {} }))).toMatchObject({ alerts: [] })
    expect(refusal(source.read(hook('event_alert', { action: 'triggered', data: {} })))).toBe(400)
  })
})
