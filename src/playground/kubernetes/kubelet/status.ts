import { randomUUID } from 'node:crypto'
import { instant } from '../api/api.ts'
import type { Condition, ContainerStatus, Pod } from '../object.ts'
import { imageId } from './image.ts'
import type { ContainerReport } from './kubelet.ts'

type PodStatus = Pod['status']

function condition(known: readonly Condition[] | undefined, nowMs: number, next: Condition): Condition {
  const before = known?.find((each) => each.type === next.type)
  const since = before?.status === next.status ? before.lastTransitionTime : undefined
  return { ...next, lastTransitionTime: since ?? instant(nowMs) }
}

function conditions(pod: Pod, statuses: readonly ContainerStatus[], nowMs: number): Condition[] {
  const known = pod.status.conditions
  const unready = statuses.filter((each) => !each.ready).map((each) => each.name)
  const verdict: Pick<Condition, 'status' | 'reason' | 'message'> =
    unready.length === 0
      ? { status: 'True' }
      : {
          status: 'False',
          reason: 'ContainersNotReady',
          message: `containers with unready status: [${unready.join(' ')}]`,
        }
  return [
    condition(known, nowMs, { type: 'PodScheduled', status: 'True' }),
    condition(known, nowMs, { type: 'Initialized', status: 'True' }),
    condition(known, nowMs, { type: 'ContainersReady', ...verdict }),
    condition(known, nowMs, { type: 'Ready', ...verdict }),
  ]
}

const started = (status: ContainerStatus): boolean =>
  status.state.running !== undefined || status.state.terminated !== undefined || status.restartCount > 0

/** The status of a pod just bound: nothing runs yet. */
export function boundStatus(pod: Pod, nowMs: number): PodStatus {
  const statuses = pod.spec.containers.map(
    (container): ContainerStatus => ({
      name: container.name,
      image: container.image,
      imageID: '',
      ready: false,
      started: false,
      restartCount: 0,
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
    }),
  )
  return {
    ...pod.status,
    phase: 'Pending',
    conditions: conditions(pod, statuses, nowMs),
    containerStatuses: statuses,
    hostIP: '127.0.0.1',
    startTime: instant(nowMs),
  }
}

function next(before: ContainerStatus, report: ContainerReport, nowMs: number): ContainerStatus {
  const now = instant(nowMs)
  const terminated =
    before.state.terminated ??
    (before.state.running !== undefined && report.restartCount > before.restartCount
      ? { exitCode: 0, reason: 'Completed', startedAt: before.state.running.startedAt, finishedAt: now }
      : undefined)
  const base = {
    name: before.name,
    image: before.image,
    imageID: before.imageID,
    ...(before.containerID === undefined ? {} : { containerID: before.containerID }),
    restartCount: report.restartCount,
    lastState: terminated === undefined ? before.lastState : { terminated },
  }
  if ('waiting' in report) return { ...base, ready: false, started: false, state: { waiting: report.waiting } }
  const imageID = report.imageID ?? imageId(before.image)
  if ('terminated' in report) {
    const startedAt = before.state.running?.startedAt ?? now
    const containerID = before.containerID ?? ''
    return {
      ...base,
      imageID,
      ready: false,
      started: false,
      lastState: before.lastState,
      state: { terminated: { ...report.terminated, startedAt, finishedAt: now, containerID } },
    }
  }
  const goesOn = before.state.running !== undefined && report.restartCount === before.restartCount
  return {
    ...base,
    imageID,
    containerID: goesOn ? (before.containerID ?? '') : `containerd://${randomUUID().replaceAll('-', '')}`,
    ready: report.ready,
    started: true,
    state: { running: { startedAt: goesOn ? (before.state.running?.startedAt ?? now) : now } },
  }
}

/** A pod's status after a report of one of its containers. */
export function reportedStatus(pod: Pod, report: ContainerReport, nowMs: number): PodStatus {
  const statuses = (pod.status.containerStatuses ?? []).map((each) =>
    each.name === report.container ? next(each, report, nowMs) : each,
  )
  return {
    ...pod.status,
    phase: statuses.every(started) ? 'Running' : 'Pending',
    conditions: conditions(pod, statuses, nowMs),
    containerStatuses: statuses,
    ...(statuses.some(started) ? { podIP: '127.0.0.1' } : {}),
  }
}
