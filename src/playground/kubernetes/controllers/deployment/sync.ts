import { instant } from '../../api/api.ts'
import type { Condition, Deployment, DeploymentStatus } from '../../object.ts'
import { resources } from '../../resources.ts'
import { setCondition } from '../conditions.ts'
import { asManager, conditionOf, type Runtime } from '../runtime.ts'
import { annotations } from './sizes.ts'

/** One look at one Deployment: the object as last written, and how to write it. */
export class Sync {
  readonly runtime: Runtime
  readonly wakeAfter: (ms: number) => void
  deployment: Deployment

  constructor(runtime: Runtime, deployment: Deployment, wakeAfter: (ms: number) => void) {
    this.runtime = runtime
    this.deployment = deployment
    this.wakeAfter = wakeAfter
  }

  now(): number {
    return this.runtime.api.now()
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.runtime.recorder.record(this.deployment, type, reason, message, 'deployment-controller')
  }

  condition(type: string): Condition | undefined {
    return conditionOf(this.deployment.status.conditions, type)
  }

  newCondition(type: string, status: Condition['status'], reason: string, message: string): Condition {
    const now = instant(this.now())
    return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message }
  }

  writeStatus(status: DeploymentStatus, revision?: string): void {
    const known = this.deployment.metadata.annotations
    const marks = revision === undefined ? known : { ...known, [annotations.revision]: revision }
    const metadata = { ...this.deployment.metadata, ...(marks === undefined ? {} : { annotations: marks }) }
    this.deployment = this.runtime.api.put(
      resources.deployments,
      { ...this.deployment, metadata, status },
      asManager,
      'status',
    )
  }

  setConditions(condition: Condition): void {
    this.writeStatus({
      ...this.deployment.status,
      conditions: setCondition(this.deployment.status.conditions ?? [], condition),
    })
  }

  /** Keeps the Deployment's revision annotation, and a condition that came with it, right. */
  noteRevision(revision: string, condition: Condition | undefined): void {
    const same = this.deployment.metadata.annotations?.[annotations.revision] === revision
    if (same && condition === undefined) return
    const conditions = this.deployment.status.conditions ?? []
    const next = condition === undefined ? conditions : setCondition(conditions, condition)
    this.writeStatus({ ...this.deployment.status, ...(next.length > 0 ? { conditions: next } : {}) }, revision)
  }
}
