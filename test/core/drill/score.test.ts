import { describe, expect, it } from 'vitest'
import { type Actor, astern } from '../../../src/core/actor.ts'
import { score } from '../../../src/core/drill/score.ts'
import type { Stage } from '../../../src/core/drill/stage.ts'
import type { Recorded } from '../../../src/core/event.ts'

const faultAt = '2026-03-10T02:00:00Z'
const tom: Actor = { kind: 'person', person: 'tom', account: { chat: 'slack', tenant: 'T', user: 'U' } }

/** Events of these types, each so many seconds after the fault. Only what the score reads of them is there. */
const told = (...lines: readonly (readonly [number, string, object?, Actor?])[]): Recorded[] =>
  lines.map(([second, type, data = {}, actor = astern], index) => ({
    position: index + 1,
    stream: 'incident/INC-1',
    version: index + 1,
    at: Temporal.Instant.from(faultAt).add({ seconds: second }).toString(),
    actor,
    config: '',
    event: { type, v: 1, data } as unknown as Recorded['event'],
    hash: '',
  }))

const plan = {
  plan: {
    steps: [
      { id: 'eu-1', kind: 'change' },
      { id: 'us-1', kind: 'change' },
      { id: 'look', kind: 'check' },
    ],
  },
}
const good = [
  [20, 'incident.opened'],
  [50, 'page.acknowledged'],
  [70, 'rollback.proposed', plan, tom],
  [90, 'rollback.approved', {}, tom],
  [91, 'step.started', { step: 'eu-1' }],
  [110, 'step.settled', { step: 'eu-1' }],
  [111, 'step.started', { step: 'us-1' }],
  [130, 'step.settled', { step: 'us-1' }],
  [131, 'step.started', { step: 'look' }],
  [158, 'step.settled', { step: 'look' }],
  [160, 'rollback.ended', { ending: 'restored' }],
] as const
const asked: Record<Stage, number> = {
  notice: 30_000,
  acknowledge: 60_000,
  decide: 120_000,
  'roll-back': 180_000,
  verify: 300_000,
}
const took = (found: ReturnType<typeof score>) =>
  Object.values(found.stages).map(({ tookMs }) => tookMs && tookMs / 1000)

describe('the score of a drill', () => {
  it('counts every stage from the fault', () => {
    const found = score(faultAt, told(...good), asked)
    expect(took(found)).toEqual([20, 50, 90, 130, 160])
    expect([found.skipped, found.passed]).toEqual([[], true])
  })

  it('is failed by one stage that came too late, and says which', () => {
    const found = score(faultAt, told(...good), { ...asked, acknowledge: 40_000 })
    expect(found.passed).toBe(false)
    expect(Object.entries(found.stages).flatMap(([stage, { met }]) => (met ? [] : [stage]))).toEqual(['acknowledge'])
  })

  it('is failed where nothing was restored', () => {
    const lines = [...good.slice(0, -1), [160, 'rollback.ended', { ending: 'not-restored' }] as const]
    const found = score(faultAt, told(...lines), {})
    expect(found.stages.verify.tookMs).toBeNull()
    expect(found.passed).toBe(false)
  })

  it('takes the first thing that anybody does for an answer to the page', () => {
    const found = score(faultAt, told([20, 'incident.opened'], [80, 'rollback.approved', {}, tom]), {})
    expect(took(found).slice(0, 3)).toEqual([20, 80, 80])
  })

  it('takes the last consent of several for the decision', () => {
    const two = told(
      [20, 'incident.opened'],
      [80, 'rollback.approved'],
      [95, 'rollback.approved'],
      [96, 'step.started'],
    )
    expect(took(score(faultAt, two, {}))[2]).toBe(95)
  })

  it('says which stages were skipped', () => {
    const blind = told(
      [-5, 'rollback.proposed', plan],
      [20, 'incident.opened'],
      [91, 'step.started', { step: 'eu-1' }],
      [110, 'step.settled', { step: 'eu-1' }],
      [160, 'rollback.ended', { ending: 'restored' }],
    )
    expect(score(faultAt, blind, {}).skipped).toEqual(['acknowledge'])
  })

  it('leaves out what happened before the fault', () => {
    expect(took(score(faultAt, told([-5, 'incident.opened']), {}))).toEqual([null, null, null, null, null])
  })

  it('asks for no rollback where nothing is broken, but for what the scenario asks', () => {
    const handled = told([20, 'incident.opened'], [80, 'incident.closed', {}, tom])
    expect(took(score(faultAt, handled, {}, 'acknowledge'))).toEqual([20, 80, null, null, null])
    expect(score(faultAt, handled, {}, 'acknowledge').passed).toBe(true)
    expect(score(faultAt, handled, { decide: 300_000 }, 'acknowledge').passed).toBe(false)
    expect(score(faultAt, told([20, 'incident.opened']), {}, 'acknowledge').passed).toBe(false)
  })
})
