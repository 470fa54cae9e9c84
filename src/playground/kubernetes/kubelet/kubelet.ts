import type { Pod } from '../object.ts'

/** What a container does now. Reports replace each other; the manager keeps the last termination. */
export type ContainerReport = {
  container: string
  /** Passes its readiness probe; only a running container can. */
  ready: boolean
  restartCount: number
  /** What was really pulled, as container runtimes report it; else it is made of the reference. */
  imageID?: string
} & (
  | { waiting: { reason: string; message?: string } }
  | { running: true }
  | { terminated: { exitCode: number; reason: string } }
)

export interface PodEvent {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  container: string
}

/** What a kubelet tells about its pod, at any time after `start` returned or during it. */
export interface PodReporter {
  report: (report: ContainerReport) => void
  event: (event: PodEvent) => void
}

export interface RunningPod {
  /** Ends the pod's processes; resolves when they are gone. The API object goes after that. */
  stop(): Promise<void> | void
  /** What the container wrote since its start, or its predecessor's whole output. Undefined when there was none. */
  logs(container: string, previous: boolean): string | undefined
}

/** Runs pods. It never touches the API: it is given the bound pod, and reports. */
export interface Kubelet {
  start(pod: Pod, reporter: PodReporter): RunningPod
}
