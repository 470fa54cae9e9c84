import type { Api } from '../api/api.ts'
import { deleteObject } from '../api/delete.ts'
import type { Recorder } from '../controllers/recorder.ts'
import { fitsNode } from '../controllers/runtime.ts'
import { fromJson, type KubeObject, type Pod, toJson } from '../object.ts'
import { resources } from '../resources.ts'
import type { ContainerReport, Kubelet, PodEvent, RunningPod } from './kubelet.ts'
import { boundStatus, reportedStatus } from './status.ts'

const asScheduler = { manager: 'kube-scheduler', fieldValidation: 'Ignore' } as const
const asKubelet = { manager: 'kubelet', fieldValidation: 'Ignore' } as const

/** Binds pods to nodes, has the kubelet run them, and writes what it reports into their status. */
export class PodManager {
  private readonly api: Api
  private readonly recorder: Recorder
  private readonly kubelet: Kubelet
  private readonly running = new Map<string, RunningPod>()
  private readonly stopping = new Set<string>()
  private nextNode = 0
  private closed = false

  constructor(api: Api, recorder: Recorder, kubelet: Kubelet) {
    this.api = api
    this.recorder = recorder
    this.kubelet = kubelet
    api.store.listen(resources.pods, ({ type, object }) => {
      const { uid } = object.metadata
      if (type === 'ADDED') setImmediate(() => this.bind(uid))
      else if (type === 'DELETED') void this.stop(uid)
      else if (object.metadata.deletionTimestamp !== undefined) this.finish(uid)
    })
    api.store.listen(resources.nodes, ({ type }) => {
      if (type === 'ADDED') for (const pod of [...api.store.each(resources.pods)]) this.bind(pod.metadata.uid)
    })
  }

  logs(uid: string, container: string, previous: boolean): string | undefined {
    return this.running.get(uid)?.logs(container, previous)
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all([...this.running.keys()].map((uid) => this.stop(uid)))
  }

  private find(uid: string): Pod | undefined {
    const found = this.api.store.ofUid(uid)
    return found?.kind === 'Pod' ? fromJson<Pod>(toJson(found)) : undefined
  }

  private bind(uid: string): void {
    const pod = this.find(uid)
    if (pod === undefined || this.closed || this.running.has(uid) || pod.metadata.deletionTimestamp !== undefined)
      return
    const nodeName = pod.spec.nodeName ?? this.pickNode(pod)
    if (nodeName === undefined) {
      const count = [...this.api.store.each(resources.nodes)].length
      const message = `0/${count} nodes are available: ${count} node(s) didn't match Pod's node affinity/selector.`
      this.recorder.record(pod, 'Warning', 'FailedScheduling', message, 'default-scheduler')
      return
    }
    if (pod.spec.nodeName === undefined) {
      const bound: KubeObject & { spec: Pod['spec'] } = { ...pod, spec: { ...pod.spec, nodeName } }
      this.api.store.write(resources.pods, 'MODIFIED', bound)
      const where = `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`
      this.recorder.record(
        pod,
        'Normal',
        'Scheduled',
        `Successfully assigned ${where} to ${nodeName}`,
        asScheduler.manager,
      )
    }
    const now = this.find(uid)
    if (now === undefined) return
    const ready = this.api.put(
      resources.pods,
      { ...now, status: boundStatus(now, this.api.now()) },
      asKubelet,
      'status',
    )
    this.running.set(
      uid,
      this.kubelet.start(ready, {
        report: (report) => this.report(uid, report),
        event: (event) => this.event(uid, event),
      }),
    )
  }

  private pickNode(pod: Pod): string | undefined {
    const nodes = [...this.api.store.each(resources.nodes)].filter((node) => fitsNode(pod.spec, node))
    this.nextNode += 1
    return nodes[this.nextNode % Math.max(1, nodes.length)]?.metadata.name
  }

  private report(uid: string, report: ContainerReport): void {
    const pod = this.find(uid)
    if (pod === undefined || this.closed || pod.metadata.deletionTimestamp !== undefined) return
    this.api.put(resources.pods, { ...pod, status: reportedStatus(pod, report, this.api.now()) }, asKubelet, 'status')
  }

  private event(uid: string, event: PodEvent): void {
    const pod = this.find(uid)
    if (pod === undefined || this.closed) return
    this.recorder.record(pod, event.type, event.reason, event.message, 'kubelet', `spec.containers{${event.container}}`)
  }

  private async stop(uid: string): Promise<void> {
    const handle = this.running.get(uid)
    this.running.delete(uid)
    try {
      await handle?.stop()
    } catch (failure) {
      process.emitWarning(failure instanceof Error ? failure : String(failure))
    }
  }

  /** A pod under deletion goes when its processes are gone. */
  private finish(uid: string): void {
    if (this.stopping.has(uid)) return
    this.stopping.add(uid)
    const pod = this.find(uid)
    for (const container of pod?.spec.containers ?? [])
      this.event(uid, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${container.name}`,
        container: container.name,
      })
    const done = (): void => {
      this.stopping.delete(uid)
      const left = this.find(uid)
      if (left === undefined || this.closed) return
      const { namespace, name } = left.metadata
      deleteObject(this.api, resources.pods, namespace, name, {
        propagation: 'Background',
        dryRun: false,
        gracePeriodSeconds: 0,
        uid,
      })
    }
    void this.stop(uid).then(done)
  }
}
