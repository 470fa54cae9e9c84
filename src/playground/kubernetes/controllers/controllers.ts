import { controllerOf, type KubeObject, keyOf } from '../object.ts'
import { type Resource, resources } from '../resources.ts'
import { DaemonSetController } from './daemonset/controller.ts'
import { DeploymentController } from './deployment/controller.ts'
import { GarbageCollector } from './garbage.ts'
import type { Queue } from './queue.ts'
import { ReplicaSetController } from './replicaset.ts'
import { ResourceQuotaController } from './resource-quota.ts'
import type { Runtime } from './runtime.ts'
import { StatefulSetController } from './statefulset/controller.ts'

/** Starts the controllers: each looks again at what changed, and at the owner of what changed. Returns their end. */
export function startControllers(runtime: Runtime): () => void {
  const deployments = new DeploymentController(runtime)
  const replicaSets = new ReplicaSetController(runtime)
  const quotas = new ResourceQuotaController(runtime)
  const garbage = new GarbageCollector(runtime)
  const ofKind: Record<string, Queue> = {
    Deployment: deployments.queue,
    ReplicaSet: replicaSets.queue,
    StatefulSet: new StatefulSetController(runtime).queue,
    DaemonSet: new DaemonSetController(runtime).queue,
  }
  const wake = (object: KubeObject): void => {
    ofKind[object.kind]?.add(keyOf(object))
    const owner = controllerOf(object)
    if (owner !== undefined) ofKind[owner.kind]?.add(`${object.metadata.namespace ?? ''}/${owner.name}`)
    // A Deployment waits for old pods, which its ReplicaSets own, when it recreates.
    if (object.kind === 'Pod' && owner?.kind === 'ReplicaSet')
      wakeOwner(`${object.metadata.namespace ?? ''}`, owner.name)
  }
  const wakeOwner = (namespace: string, name: string): void => {
    const set = runtime.api.store.get(resources.replicasets, namespace, name)
    const owner = set === undefined ? undefined : controllerOf(set)
    if (owner !== undefined) ofKind[owner.kind]?.add(`${namespace}/${owner.name}`)
  }
  const stop = runtime.api.store.listen('all', ({ object }, resource: Resource) => {
    wake(object)
    if (object.metadata.namespace !== undefined) quotas.note(object.metadata.namespace, resource)
  })
  const queues = [...Object.values(ofKind), garbage.queue, quotas.queue]
  return () => {
    stop()
    for (const queue of queues) queue.close()
  }
}
