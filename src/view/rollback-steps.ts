import type { Step } from '../core/rollback/plan.ts'
import { type Rollback, type StepState, stepState } from '../core/rollback/state.ts'
import type { Text } from '../text/span.ts'
import type { Task } from './view.ts'
import type { Voice } from './words.ts'

const taskStates = {
  waiting: 'pending',
  started: 'running',
  applied: 'running',
  settled: 'done',
  failed: 'failed',
} as const

/** One step as a line that turns from pending to done. */
export function stepTask(v: Voice, rollback: Rollback, step: Step): Task {
  const state = stepState(rollback, step.id)
  const detail = detailOf(v, rollback, step, state)
  return { id: step.id, title: stepTitle(v, step), state: taskStates[state.state], ...(detail && { detail }) }
}

export const stepTitle = (v: Voice, step: Step): Text =>
  step.kind === 'change'
    ? v.say('rollback.step-change', {
        region: step.target.region,
        target: step.target.target,
        version: step.to.version,
      })
    : v.say('rollback.step-check', { region: step.region, count: step.checks.length })

function detailOf(v: Voice, rollback: Rollback, step: Step, state: StepState): Text | null {
  switch (state.state) {
    case 'settled':
      return state.tookMs === null ? null : v.say('rollback.step-took', { took: { ms: state.tookMs } })
    case 'started':
    case 'applied':
      return state.progress ? v.say('rollback.step-progress', state.progress) : v.say('rollback.step-started')
    case 'failed':
      if (step.kind === 'check') return null
      if (state.at === 'from') return v.say('rollback.at-from', { version: step.from.version })
      return v.say(state.at === 'elsewhere' ? 'rollback.at-elsewhere' : 'rollback.at-between')
    case 'waiting':
      if (rollback.phase === 'ended') return v.say('rollback.step-not-started')
      return step.etaMs === null ? null : v.say('rollback.step-eta', { took: { ms: step.etaMs } })
  }
}
