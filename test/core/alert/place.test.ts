import { describe, expect, it } from 'vitest'
import { type AlertRule, placer } from '../../../src/core/alert/place.ts'

const rule = (service: string, more: Partial<AlertRule> = {}): AlertRule => ({
  service,
  match: null,
  region: 'region',
  environment: ['environment', 'env'],
  environments: new Map([
    ['production', ['eu-1', 'us-1']],
    ['staging', ['eu-s']],
  ]),
  usual: 'production',
  ...more,
})

describe('whose an alert is', () => {
  const rules = [
    rule('checkout-svc'),
    rule('cart', { match: { job: 'cart' }, region: 'dc' }),
    rule('cart-db', { match: { job: 'cart', tier: 'db' }, environments: new Map([['production', ['eu-1']]]) }),
  ]
  const where = placer(rules)

  it.each([
    ['by the label service', { service: 'checkout-svc', region: 'us-1' }, ['checkout-svc', 'production', 'us-1']],
    ['by the label app', { app: 'checkout-svc' }, ['checkout-svc', 'production', null]],
    ['by its own labels', { job: 'cart', dc: 'eu-1', region: 'us-1' }, ['cart', 'production', 'eu-1']],
    ['by more labels before fewer', { job: 'cart', tier: 'db' }, ['cart-db', 'production', 'eu-1']],
    ['in an environment', { service: 'checkout-svc', env: 'staging' }, ['checkout-svc', 'staging', 'eu-s']],
    ['in a region it does not have', { service: 'checkout-svc', region: 'ap' }, ['checkout-svc', 'production', null]],
  ])('is told %s', (_, labels, [service, environment, region]) => {
    expect(where({ labels: labels as Record<string, string> })).toEqual({ service, environment, region })
  })

  it('is not guessed', () => {
    expect(where({ labels: {} })).toBe('no-service')
    expect(where({ labels: { service: 'cart' } })).toBe('no-service')
    expect(where({ labels: { service: 'constructor' } })).toBe('no-service')
    // What burns somewhere else wakes nobody for production.
    expect(where({ labels: { service: 'checkout-svc', environment: 'canary' } })).toBe('no-environment')
  })
})
