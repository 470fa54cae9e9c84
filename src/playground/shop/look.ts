import type { KubeObject, PlaygroundKubernetes } from '../kubernetes/index.ts'
import { namespace, type Service } from './catalogue.ts'
import { pluralOf } from './past.ts'

/** One pod as a page shows it. */
export interface PodLook {
  readonly name: string
  readonly version: string
  readonly ready: boolean
  /** Why it is not ready: `CrashLoopBackOff`, `ImagePullBackOff`, `starting`, `stopping`; empty when it is. */
  readonly why: string
}

/** What runs of one service in one region, read from its API server. */
export interface WorkloadLook {
  /** What the workload asks for. */
  readonly version: string
  readonly wanted: number
  readonly ready: number
  /** Pods of that version that are ready; fewer than wanted while it rolls out. */
  readonly updated: number
  readonly rolling: boolean
  /** The rollout gave up waiting. */
  readonly stuck: boolean
  readonly pods: readonly PodLook[]
}

interface Read extends KubeObject {
  spec: { replicas: number; template: { metadata?: { labels?: Record<string, string> } } }
  status: { conditions?: { type: string; reason?: string }[]; observedGeneration?: number }
}

interface ReadPod extends KubeObject {
  status: {
    conditions?: { type: string; status: string }[]
    containerStatuses?: { state: { waiting?: { reason: string }; terminated?: { reason: string } } }[]
  }
}

const versionLabel = 'app.kubernetes.io/version'

/** Reads a workload; undefined when it was deleted. */
export function lookAt(cluster: PlaygroundKubernetes, service: Service): WorkloadLook | undefined {
  const workload = cluster.get(pluralOf(service), namespace, service.name) as Read | undefined
  if (!workload) return undefined
  const version = workload.spec.template.metadata?.labels?.[versionLabel] ?? '?'
  const pods = cluster
    .list('pods', namespace, { 'app.kubernetes.io/name': service.name })
    .map((pod) => podLook(pod as ReadPod))
  const ready = pods.filter((pod) => pod.ready).length
  const updated = pods.filter((pod) => pod.ready && pod.version === version).length
  const wanted = workload.spec.replicas
  const stuck = (workload.status.conditions ?? []).some(({ reason }) => reason === 'ProgressDeadlineExceeded')
  const rolling = updated < wanted || pods.some((pod) => pod.version !== version)
  return { version, wanted, ready, updated, rolling, stuck, pods }
}

function podLook({ metadata, status }: ReadPod): PodLook {
  const stopping = metadata.deletionTimestamp !== undefined
  const ready = !stopping && (status.conditions ?? []).some((one) => one.type === 'Ready' && one.status === 'True')
  const state = status.containerStatuses?.[0]?.state
  const reason = state?.waiting?.reason ?? state?.terminated?.reason
  const why = stopping
    ? 'stopping'
    : ready
      ? ''
      : reason === undefined || reason === 'ContainerCreating'
        ? 'starting'
        : reason
  return { name: metadata.name, version: metadata.labels?.[versionLabel] ?? '?', ready, why }
}
