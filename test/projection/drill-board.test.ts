import { expect, it } from 'vitest'
import { astern } from '../../src/core/actor.ts'
import type { Alert } from '../../src/core/alert/alert.ts'
import type { Place } from '../../src/core/alert/place.ts'
import { AlertBoard } from '../../src/projection/alert-board.ts'

const at = '2026-03-10T10:00:00Z'
const alert: Alert = {
  fingerprint: 'a',
  status: 'firing',
  startsAt: at,
  endsAt: null,
  name: 'HighErrorRate',
  summary: '',
  labels: {},
  link: null,
  expression: null,
  release: null,
}
const place: Place = { service: 'checkout-svc', environment: 'staging', region: 'eu-1', drill: 'D-1' }
const received = (position: number) => ({
  position,
  stream: 'alerts/am',
  version: position,
  at,
  actor: astern,
  config: '',
  hash: '',
  event: { type: 'alert.received', v: 1, data: { source: 'am', alerts: [alert], left: 0 } } as const,
})

it('keeps what a drill lit apart from what is real, until the drill is long over and it still burns', () => {
  const board = new AlertBoard()
  board.apply(received(1), () => place)
  expect([...board.stirred.keys()]).toEqual(['checkout-svc D-1'])
  expect(board.told('checkout-svc', null)).toBeNull()
  expect(board.told('checkout-svc D-1', null)).toMatchObject({ service: 'checkout-svc', drill: 'D-1', firing: 1 })
  board.seen('checkout-svc D-1')
  const silentAfter = () => 6 * 3_600_000
  board.age('2026-03-10T10:05:00Z', silentAfter, () => false)
  expect(board.stirred.size).toBe(0)
  board.age('2026-03-10T10:06:00Z', silentAfter, (drill) => drill === 'D-1')
  expect([...board.stirred.keys()]).toEqual(['checkout-svc'])
  const real = board.told('checkout-svc', null)
  expect(real).toMatchObject({ news: 'began', firing: 1 })
  expect(real?.drill).toBeUndefined()
  expect(board.told('checkout-svc D-1', null)).toBeNull()
})
