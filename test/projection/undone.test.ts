import { expect, it } from 'vitest'
import { astern } from '../../src/core/actor.ts'
import type { AsternEvent } from '../../src/core/event.ts'
import type { Release } from '../../src/core/release/release.ts'
import type { TargetRef } from '../../src/core/rollback/plan.ts'
import { Desk } from '../../src/projection/desk.ts'

const target: TargetRef = { service: 'checkout-svc', environment: 'production', region: 'eu-1', target: 'app' }
const release = (version: string): Release => ({
  id: version,
  version,
  images: [],
  since: '2026-03-02T08:00:00Z',
  kept: 'target',
})

/** A desk that has seen these rollbacks settle, each `[id, from, to, what it takes back]`. */
function after(...rollbacks: readonly (readonly [string, string, string, string?])[]): Desk {
  const desk = new Desk()
  let position = 0
  const tell = (stream: string, event: AsternEvent) =>
    desk.apply({
      position: ++position,
      stream,
      version: position,
      at: '2026-03-02T09:00:00Z',
      actor: astern,
      config: '',
      event,
      hash: '',
    })
  for (const [id, from, to, undoes] of rollbacks) {
    const stream = `rollback/${id}`
    const step = {
      kind: 'change' as const,
      id: 'eu-1',
      target,
      from: release(from),
      to: release(to),
      etag: from,
      preview: [],
      warnings: [],
      change: {},
      after: [],
      deadlineMs: 1,
      etaMs: null,
    }
    tell(stream, {
      type: 'rollback.proposed',
      v: 1,
      data: {
        id,
        incident: 'INC-1',
        requester: 'mei',
        reason: 'errors',
        plan: { service: 'checkout-svc', environment: 'production', order: 'together', steps: [step] },
        hash: 'h',
        preview: 'p',
        policy: {
          tier: 'critical',
          propose: 'anyone',
          approve: ['tom'],
          approvals: 1,
          fourEyes: true,
          expiresAfterMs: 1,
          incident: 'channel',
        },
        expiresAt: '2026-03-02T09:10:00Z',
        ...(undoes && { undoes }),
      },
    })
    tell(stream, { type: 'step.settled', v: 1, data: { step: 'eu-1', tookMs: 1, seen: [] } })
    tell(stream, { type: 'rollback.ended', v: 1, data: { ending: 'restored' } })
  }
  return desk
}

const held = (desk: Desk, version: string): readonly string[] => [
  ...(desk.past('checkout-svc/production/eu-1/app').rolledBackFrom.get(version) ?? []),
]

it('a release that was rolled back from is held against it', () => {
  expect(held(after(['R-1', 'v1.8.0', 'v1.7.3']), 'v1.8.0')).toEqual(['R-1'])
})

it('an undo takes that back, and says nothing against the version it leaves', () => {
  const desk = after(['R-1', 'v1.8.0', 'v1.7.3'], ['R-2', 'v1.7.3', 'v1.8.0', 'R-1'])
  expect(held(desk, 'v1.8.0')).toEqual([])
  expect(held(desk, 'v1.7.3')).toEqual([])
})

it('only its own: another rollback from the same release still counts', () => {
  const desk = after(['R-1', 'v1.8.0', 'v1.7.3'], ['R-2', 'v1.7.3', 'v1.8.0', 'R-1'], ['R-3', 'v1.8.0', 'v1.7.3'])
  expect(held(desk, 'v1.8.0')).toEqual(['R-3'])
})

it('the undo of an undo is against the release again', () => {
  const desk = after(
    ['R-1', 'v1.8.0', 'v1.7.3'],
    ['R-2', 'v1.7.3', 'v1.8.0', 'R-1'],
    ['R-3', 'v1.8.0', 'v1.7.3', 'R-2'],
  )
  expect(held(desk, 'v1.8.0')).toEqual(['R-3'])
  expect(held(desk, 'v1.7.3')).toEqual([])
})
