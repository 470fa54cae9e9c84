import { describe, expect, it } from 'vitest'
import { type Ask, faultOf, fieldsOf } from '../../../../src/adapters/target/kubernetes/fault.ts'
import type { Reply } from '../../../../src/adapters/target/kubernetes/transport.ts'

const ask: Ask = { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'checkout' }
const answered = (status: number, body: unknown = {}, retryAfter?: string): Reply => ({
  got: 'answer',
  status,
  retryAfter,
  text: typeof body === 'string' ? body : JSON.stringify(body),
})
const silent = (why: 'network' | 'timeout' | 'tls', sent: boolean): Reply => ({
  got: 'nothing',
  why,
  sent,
  cause: new Error('socket hang up'),
})

describe('a fault', () => {
  it.each([
    [silent('network', false), true, 'kubernetes.unreachable', 'yes'],
    [silent('network', true), true, 'kubernetes.unreachable', 'check'],
    [silent('network', true), false, 'kubernetes.unreachable', 'yes'],
    [silent('timeout', true), true, 'kubernetes.timeout', 'check'],
    [silent('timeout', true), false, 'kubernetes.timeout', 'yes'],
    [silent('tls', false), true, 'kubernetes.tls', 'no'],
    [answered(500), false, 'kubernetes.server-error', 'yes'],
    [answered(504), true, 'kubernetes.server-error', 'check'],
    [answered(404, '<html>'), false, 'kubernetes.not-found', 'no'],
    [answered(410), false, 'kubernetes.expired', 'yes'],
    [answered(302), true, 'kubernetes.refused', 'no'],
  ])('of %j (effect %s) is %s, retry %s', (reply, effect, code, retry) => {
    expect(faultOf(reply, ask, 'eu-1', effect)).toMatchObject({ code, retry })
  })

  it('names the exact permission', () => {
    const { hint } = faultOf(answered(403), ask, 'eu-1', true)
    expect(hint.values).toMatchObject({ permission: 'patch deployments in shop' })
  })

  it('waits as long as the server says, by header or by body', () => {
    expect(faultOf(answered(429, {}, '3'), ask, 'eu-1', true).retryAfterMs).toBe(3000)
    expect(faultOf(answered(429, { details: { retryAfterSeconds: 5 } }), ask, 'eu-1', true).retryAfterMs).toBe(5000)
    expect(faultOf(answered(429), ask, 'eu-1', true).retryAfterMs).toBeUndefined()
  })

  it('keeps the fields that were refused, and none of their values', () => {
    const body = {
      reason: 'Invalid',
      message: 'spec.x: Invalid value: "hunter2"',
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec.x', message: 'Invalid value: "hunter2"' }] },
    }
    const fault = faultOf(answered(422, body), ask, 'eu-1', true)
    expect(fieldsOf(fault)).toEqual(['spec.x'])
    expect(`${String(fault.cause)}${JSON.stringify(fault)}`).not.toContain('hunter2')
  })
})
