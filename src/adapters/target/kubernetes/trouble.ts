import type { SlimPod } from './slim.ts'
import type { ContainerStatus } from './wire.ts'

/** What is wrong with a pod, in the kubelet's words. */
export interface Trouble {
  readonly pod: SlimPod
  /** Null where no container is to blame: the pod could not be scheduled, or failed as a whole. */
  readonly container: ContainerStatus | null
  readonly reason: string
  /** The vendor's own words: untrusted. */
  readonly message: string
}

/** Waiting reasons of a container that is simply on its way. */
const onItsWay = new Set(['ContainerCreating', 'PodInitializing', ''])

/** What keeps a pod from running, or null where nothing speaks against it. */
export function troubleOf(pod: SlimPod): Trouble | null {
  for (const container of pod.containers) {
    const { waiting, terminated } = container.state ?? {}
    const last = container.lastState?.terminated
    if (waiting && !onItsWay.has(waiting.reason ?? ''))
      return { pod, container, reason: waiting.reason ?? '', message: waiting.message ?? '' }
    if (terminated && terminated.exitCode !== 0)
      return { pod, container, reason: terminated.reason ?? 'Error', message: exit(terminated.exitCode) }
    if (last && last.exitCode !== 0 && !container.ready)
      return { pod, container, reason: last.reason ?? 'Error', message: exit(last.exitCode) }
  }
  if (pod.phase === 'Failed') return { pod, container: null, reason: 'Failed', message: '' }
  if (pod.unschedulable !== null) return { pod, container: null, reason: 'Unschedulable', message: pod.unschedulable }
  return null
}

/** A pod that runs and is still not ready after this long is worth a look at its log and events. */
const slowAfterMs = 10_000

export function slowToBeReady(pod: SlimPod, now: Temporal.Instant): Trouble | null {
  const age = now.since(Temporal.Instant.from(pod.createdAt)).total('milliseconds')
  if (pod.ready || age < slowAfterMs) return null
  return { pod, container: pod.containers.find((each) => !each.ready) ?? null, reason: 'NotReady', message: '' }
}

const exit = (code: number | undefined): string => (code === undefined ? '' : `exit code ${code}`)
