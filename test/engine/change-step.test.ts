import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { World } from '../../src/app/world.ts'
import { Fault } from '../../src/core/fault.ts'
import type { RollbackEvent } from '../../src/core/rollback/events.ts'
import { stepState } from '../../src/core/rollback/state.ts'
import { ChangeRun } from '../../src/engine/change-step.ts'
import type { Claim } from '../../src/engine/claim.ts'
import { withDeadline } from '../../src/ports/deadline.ts'
import type { Receipt, Settlement, Target } from '../../src/ports/effector.ts'
import { applied, approved, change, proposed, started, told } from '../core/rollback/kit.ts'

type Answer<T> = T | Fault
const fault = (code: string, retry: 'yes' | 'no' | 'check') =>
  new Fault({ code, retry, hint: { key: code }, retryAfterMs: 1 })
const receipt: Receipt = { at: '2026-11-23T10:00:00Z', data: null }
const evidence = [{ code: 'pods', wording: { key: 'pods' } }]
const done: Settlement = { state: 'settled', at: 'to', seen: evidence }
const moving: Settlement = { state: 'moving', at: 'between', seen: evidence }

interface Script {
  readonly apply?: readonly Answer<Receipt>[]
  readonly recall?: readonly Answer<Receipt | 'never' | 'unknown'>[]
  readonly settled?: readonly Answer<Settlement>[]
}

/** Runs one step against a target that answers by script, the last answer for ever. */
async function run(
  script: Script,
  how: { resumed?: boolean; applied?: boolean; leftMs?: number; closedFor?: number } = {},
) {
  const calls: string[] = []
  const said: RollbackEvent[] = []
  const answers = <T>(name: string, list: readonly Answer<T>[] = []) => {
    let count = 0
    return async (): Promise<T> => {
      calls.push(name)
      const answer = list[Math.min(count++, list.length - 1)]
      if (answer === undefined || answer instanceof Fault) throw answer ?? new TypeError(`${name} was not expected`)
      await systemClock.sleep(1)
      return answer
    }
  }
  const target = {
    apply: answers('apply', script.apply),
    recall: answers('recall', script.recall),
    settled: answers('settled', script.settled),
  } as unknown as Target
  let asked = 0
  const world = {
    clock: systemClock,
    chance: { number: () => 0 },
    estate: () => ({ target: () => (asked++ < (how.closedFor ?? 0) ? null : target) }),
  } as unknown as World
  const claim = { append: async (...events: RollbackEvent[]) => void said.push(...events) } as unknown as Claim
  const events = [proposed(), approved('tom'), started('eu'), ...(how.applied ? [applied('eu')] : [])]
  const state = stepState(told(...events), 'eu')
  const stop = new AbortController().signal
  await withDeadline(systemClock, (how.leftMs ?? 5_000) + 500, stop, (last) =>
    withDeadline(systemClock, how.leftMs ?? 5_000, stop, (deadline) =>
      new ChangeRun(world, claim, change('eu')).run(state, how.resumed === true, { deadline, last, stop }),
    ),
  )
  const end = said.at(-1)
  const outcome =
    end?.type === 'step.failed'
      ? `${end.data.code} at ${end.data.at}`
      : end?.type === 'step.settled'
        ? 'settled'
        : 'none'
  return {
    calls: calls.join(' '),
    outcome,
    seen: end && 'seen' in end.data ? end.data.seen.map(({ code }) => code) : [],
  }
}

describe('one change, carried to its end', () => {
  it.each<[string, Script, Parameters<typeof run>[1], string, string]>([
    ['as it should be', { apply: [receipt], settled: [moving, done] }, {}, 'apply settled settled', 'settled'],
    ['a refusal changes nothing', { apply: [fault('forbidden', 'no')] }, {}, 'apply', 'forbidden at from'],
    [
      'the server was away for a while',
      { apply: [fault('down', 'yes'), receipt], settled: [fault('down', 'yes'), done] },
      {},
      'apply apply settled settled',
      'settled',
    ],
    [
      'the answer was lost, and it had happened',
      { apply: [fault('cut', 'check')], recall: [receipt], settled: [done] },
      {},
      'apply recall settled',
      'settled',
    ],
    [
      'the answer was lost, and it had not happened',
      { apply: [fault('cut', 'check'), receipt], recall: ['never'], settled: [done] },
      {},
      'apply recall apply settled',
      'settled',
    ],
    [
      'the answer was lost, and nobody may ask',
      { apply: [fault('cut', 'check')], recall: [fault('forbidden', 'no')] },
      {},
      'apply recall',
      'forbidden at elsewhere',
    ],
    [
      'the answer was lost, and nobody can know',
      { apply: [fault('cut', 'check')], recall: ['unknown'] },
      {},
      'apply recall',
      'outcome-unknown at elsewhere',
    ],
    [
      'begun by a process that died: asked first',
      { recall: [receipt], settled: [done] },
      { resumed: true },
      'recall settled',
      'settled',
    ],
    [
      'begun and not done: done once',
      { recall: ['never'], apply: [receipt], settled: [done] },
      { resumed: true },
      'recall apply settled',
      'settled',
    ],
    [
      'applied by a process that died: only followed',
      { settled: [done] },
      { resumed: true, applied: true },
      'settled',
      'settled',
    ],
    [
      'settled while nobody looked, its time over long ago',
      { settled: [done] },
      { resumed: true, applied: true, leftMs: 0 },
      'settled',
      'settled',
    ],
    [
      'taken over too late and still moving',
      { settled: [moving] },
      { resumed: true, applied: true, leftMs: 0 },
      'settled',
      'step.overdue at between',
    ],
    [
      'somebody else changed it',
      { apply: [receipt], settled: [{ state: 'failed', at: 'elsewhere', seen: evidence }] },
      {},
      'apply settled',
      'target.changed-by-another at elsewhere',
    ],
  ])('%s', async (_, script, how, calls, outcome) => {
    const came = await run(script, how)
    expect([came.calls, came.outcome]).toEqual([calls, outcome])
  })

  it('past its deadline it says what still moves and why', async () => {
    const came = await run({ apply: [receipt], settled: [moving] }, { leftMs: 40 })
    expect([came.outcome, came.seen]).toEqual(['step.overdue at between', ['pods']])
  })

  it('past its deadline without an answer it asks once more whether it happened', async () => {
    const never = await run({ apply: [fault('down', 'yes')], recall: ['never'] }, { leftMs: 20 })
    expect(never.outcome).toBe('step.overdue at from')
    const unknown = await run({ apply: [fault('cut', 'check')], recall: [fault('down', 'yes')] }, { leftMs: 20 })
    expect(unknown.outcome).toBe('step.overdue at elsewhere')
  })
})

it('a connection that opens a moment after the start fails nothing: what was begun is recalled then', async () => {
  const script = { recall: [receipt], settled: [done] }
  expect(await run(script, { resumed: true, closedFor: 2 })).toMatchObject({
    calls: 'recall settled',
    outcome: 'settled',
  })
})
