import { jsonEqual } from '../../json.ts'
import { type Deployment, type ReplicaSet, toJson } from '../../object.ts'
import { resources } from '../../resources.ts'
import { Queue } from '../queue.ts'
import { findObject, isFinished, isTerminating, podsOf, type Runtime } from '../runtime.ts'
import { calculateStatus, syncRolloutStatus } from './progress.ts'
import { allOf, newSize, type Sets, setsOf, syncRevision } from './replica-sets.ts'
import { cleanUp, rescale, resize, shrinkOld, wasScaled } from './scaling.ts'
import { actualCount, hasDeadline, isComplete } from './sizes.ts'
import { Sync } from './sync.ts'

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
