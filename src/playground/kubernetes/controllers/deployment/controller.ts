import { instant } from '../../api/api.ts'
import { jsonEqual } from '../../json.ts'
import { type Condition, type Deployment, type DeploymentStatus, type ReplicaSet, toJson } from '../../object.ts'
import { resources } from '../../resources.ts'
import { setCondition } from '../conditions.ts'
import { Queue } from '../queue.ts'
import { asManager, conditionOf, findObject, isFinished, isTerminating, podsOf, type Runtime } from '../runtime.ts'
import { calculateStatus, syncRolloutStatus } from './progress.ts'
import { allOf, newSize, type Sets, setsOf, syncRevision } from './replica-sets.ts'
import { cleanUp, rescale, resize, shrinkOld, wasScaled } from './scaling.ts'
import { actualCount, annotations, hasDeadline, isComplete } from './sizes.ts'

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

/** Rolls ReplicaSets as `pkg/controller/deployment` does. */
export class DeploymentController {
  readonly queue = new Queue((key) => this.look(key))
  private readonly runtime: Runtime

  constructor(runtime: Runtime) {
    this.runtime = runtime
  }

  private look(key: string): void {
    const deployment = findObject<Deployment>(this.runtime, resources.deployments, key)
    if (deployment === undefined) return
    const sync = new Sync(this.runtime, deployment, (ms) => this.queue.addAfter(key, ms))
    if (isTerminating(deployment)) {
      writeCounts(sync, syncRevision(sync, false))
      return
    }
    notePause(sync)
    if (deployment.spec.paused === true || wasScaled(sync, syncRevision(sync, false))) holdOrScale(sync)
    else if (deployment.spec.strategy.type === 'Recreate') recreate(sync)
    else roll(sync)
  }
}

function notePause(sync: Sync): void {
  const { deployment } = sync
  const condition = sync.condition('Progressing')
  if (!hasDeadline(deployment) || condition?.reason === 'ProgressDeadlineExceeded') return
  const noted = condition?.reason === 'DeploymentPaused'
  if (deployment.spec.paused === true && !noted)
    sync.setConditions(sync.newCondition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused'))
  else if (deployment.spec.paused !== true && noted)
    sync.setConditions(sync.newCondition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed'))
}

function writeCounts(sync: Sync, sets: Sets): void {
  const status = calculateStatus(sync, sets)
  if (!jsonEqual(toJson(status), toJson(sync.deployment.status))) sync.writeStatus(status)
}

function holdOrScale(sync: Sync): void {
  const sets = syncRevision(sync, false)
  rescale(sync, sets)
  if (sync.deployment.spec.paused === true) cleanUp(sync, sets.old)
  writeCounts(sync, setsOf(sync))
}

/** True when the current ReplicaSet was given another size. */
function growCurrent(sync: Sync, sets: Sets, current: ReplicaSet): boolean {
  const wanted = sync.deployment.spec.replicas
  const has = current.spec.replicas
  if (has === wanted) return false
  const size = has > wanted ? wanted : newSize(sync.deployment, allOf(sets), has)
  return resize(sync, current, size) !== current
}

function roll(sync: Sync): void {
  const sets = syncRevision(sync, true)
  const { current } = sets
  if (current === undefined) return
  const moved = growCurrent(sync, sets, current) || shrinkOld(sync, { ...sets, current })
  if (!moved && isComplete(sync.deployment, sync.deployment.status)) cleanUp(sync, sets.old)
  syncRolloutStatus(sync, setsOf(sync))
}

function recreate(sync: Sync): void {
  let sets = syncRevision(sync, false)
  const running = sets.old.filter((set) => set.spec.replicas > 0)
  for (const set of running) resize(sync, set, 0)
  if (running.length > 0 || oldPodsRun(sync, sets.old)) {
    syncRolloutStatus(sync, setsOf(sync))
    return
  }
  if (sets.current === undefined) sets = syncRevision(sync, true)
  if (sets.current !== undefined) resize(sync, sets.current, sync.deployment.spec.replicas)
  if (isComplete(sync.deployment, sync.deployment.status)) cleanUp(sync, sets.old)
  syncRolloutStatus(sync, setsOf(sync))
}

const oldPodsRun = (sync: Sync, old: readonly ReplicaSet[]): boolean =>
  actualCount(old) > 0 || old.some((set) => podsOf(sync.runtime, set).some((pod) => !isFinished(pod)))
