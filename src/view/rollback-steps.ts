import type { AskedAlert, Step } from '../core/rollback/plan.ts'
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
    : step.alerts
      ? v.say('rollback.step-alerts', { region: step.region, names: alertNames(step.alerts) })
      : v.say('rollback.step-check', { region: step.region, count: step.checks.length })

const mostNames = 2
const nameLength = 40

/** The first few names of alerts, for one line. */
export function alertNames(alerts: readonly AskedAlert[]): string {
  const names = [
    ...new Set(alerts.map(({ name }) => (name.length > nameLength ? `${name.slice(0, nameLength)}…` : name))),
  ]
  const more = names.length > mostNames ? ` +${names.length - mostNames}` : ''
  return names.slice(0, mostNames).join(', ') + more
}

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
