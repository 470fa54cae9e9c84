import { expect, it } from 'vitest'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { World } from '../../src/app/world.ts'
import type { RollbackEvent } from '../../src/core/rollback/events.ts'
import { stepState } from '../../src/core/rollback/state.ts'
import { runChecks } from '../../src/engine/check-step.ts'
import type { Claim } from '../../src/engine/claim.ts'
import type { Check, CheckResult } from '../../src/ports/check.ts'
import { withDeadline } from '../../src/ports/deadline.ts'
import { applied, approved, check, proposed, settled, started, told } from '../core/rollback/kit.ts'

const quiet = { standing: () => ({ state: 'unknown' }) as const }

const result = (passed: boolean): CheckResult => ({
  passed,
  tookMs: 1,
  seen: { code: 'http', wording: { key: 'http' } },
})

async function run(look: Check['run'] | null, ms: number): Promise<RollbackEvent | undefined> {
  const said: RollbackEvent[] = []
  const checks = look ? [{ name: 'GET /healthz', run: look }] : []
  const world = { clock: systemClock, estate: () => ({ checks: () => checks }) } as unknown as World
  const claim = { append: async (...events: RollbackEvent[]) => void said.push(...events) } as unknown as Claim
  const begun = [started('eu'), applied('eu'), settled('eu'), started('eu.check')]
  const rollback = told(proposed(), approved('tom'), ...begun)
  const stop = new AbortController().signal
  await withDeadline(systemClock, ms + 30, stop, (last) =>
    withDeadline(systemClock, ms, stop, (deadline) =>
      runChecks(world, claim, rollback, check('eu'), stepState(rollback, 'eu.check'), { deadline, last, stop }, quiet),
    ),
  )
  return said.at(-1)
}

it('passes when every check passed', async () => {
  expect(await run(async () => result(true), 1_000)).toMatchObject({ type: 'step.settled', data: { step: 'eu.check' } })
})

it('looks once also where its time was over before', async () => {
  expect(await run(async () => result(true), 0)).toMatchObject({ type: 'step.settled' })
  expect(await run(async () => result(false), 0)).toMatchObject({
    type: 'step.failed',
    data: { seen: [{ code: 'http' }] },
  })
})

it('Success means verified: a check that never answered, or is not there any more, has not passed', async () => {
  const hangs: Check['run'] = (signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  expect(await run(hangs, 20)).toMatchObject({ type: 'step.failed', data: { code: 'checks.failed' } })
  expect(await run(null, 20)).toMatchObject({ type: 'step.failed', data: { code: 'checks.failed' } })
})
