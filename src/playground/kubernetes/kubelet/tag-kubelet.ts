import type { Container, Pod } from '../object.ts'
import { parseImage } from './image.ts'
import type { Kubelet, PodReporter, RunningPod } from './kubelet.ts'

export interface TagKubeletOptions {
  /** From a bound pod to running, from running to ready or to the crash, and from asked to stop to gone. */
  delayMs: number
  /** Ready that much later, for tags that begin with `slow`. */
  slowMs: number
  /** First pause of CrashLoopBackOff and ImagePullBackOff; it doubles up to five minutes. */
  backOffMs: number
}

const longestBackOffMs = 300_000

const crashLog = (container: Container): string =>
  [
    `INFO starting ${container.name} from ${container.image}`,
    'INFO reading configuration',
    'INFO connecting to the database',
    'FATAL cannot start: column "loyalty_tier" of relation "orders" does not exist',
    '',
  ].join('\n')

const startLog = (container: Container): string =>
  [`INFO starting ${container.name} from ${container.image}`, 'INFO reading configuration', 'INFO listening', ''].join(
    '\n',
  )

/** One container's life, told by timers. */
class Life {
  private readonly container: Container
  private readonly pod: Pod
  private readonly reporter: PodReporter
  private readonly options: TagKubeletOptions
  private timer: NodeJS.Timeout | undefined
  private restarts = 0
  private backOffMs: number
  current: string | undefined
  previous: string | undefined

  constructor(pod: Pod, container: Container, reporter: PodReporter, options: TagKubeletOptions) {
    this.pod = pod
    this.container = container
    this.reporter = reporter
    this.options = options
    this.backOffMs = options.backOffMs
    const tag = parseImage(container.image).tag
    this.after(options.delayMs, () => (tag.startsWith('gone') ? this.cannotPull() : this.run(tag)))
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private after(ms: number, next: () => void): void {
    this.timer = setTimeout(next, ms)
    this.timer.unref()
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.reporter.event({ type, reason, message, container: this.container.name })
  }

  private state(
    report:
      | { waiting: { reason: string; message?: string } }
      | { running: true }
      | { terminated: { exitCode: number; reason: string } },
    ready = false,
  ): void {
    this.reporter.report({ container: this.container.name, restartCount: this.restarts, ready, ...report })
  }

  private run(tag: string): void {
    this.previous = this.current
    const crashes = tag.startsWith('bad')
    this.current = crashes ? crashLog(this.container) : startLog(this.container)
    this.event('Normal', 'Pulled', `Container image "${this.container.image}" already present on machine`)
    this.event('Normal', 'Created', `Container created`)
    this.event('Normal', 'Started', `Container started`)
    this.state({ running: true })
    const { delayMs, slowMs } = this.options
    if (crashes) this.after(delayMs, () => this.crash(tag))
    else if (tag.startsWith('never'))
      this.after(delayMs, () =>
        this.event('Warning', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
      )
    else this.after(tag.startsWith('slow') ? slowMs : delayMs, () => this.state({ running: true }, true))
  }

  private crash(tag: string): void {
    this.state({ terminated: { exitCode: 1, reason: 'Error' } })
    this.restarts += 1
    if (this.restarts === 1) {
      this.after(this.options.delayMs, () => this.run(tag))
      return
    }
    this.restarts -= 1
    const { name, namespace, uid } = this.pod.metadata
    const message = `back-off ${seconds(this.backOffMs)} restarting failed container=${this.container.name} pod=${name}_${namespace}(${uid})`
    this.state({ waiting: { reason: 'CrashLoopBackOff', message } })
    this.event(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${this.container.name} in pod ${name}_${namespace}(${uid})`,
    )
    this.after(this.backOffMs, () => {
      this.restarts += 1
      this.run(tag)
    })
    this.backOffMs = Math.min(this.backOffMs * 2, longestBackOffMs)
  }

  private cannotPull(): void {
    const { image } = this.container
    const why = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
    this.event('Normal', 'Pulling', `Pulling image "${image}"`)
    this.event('Warning', 'Failed', `Failed to pull image "${image}": rpc error: code = NotFound desc = ${why}`)
    this.event('Warning', 'Failed', 'Error: ErrImagePull')
    this.state({ waiting: { reason: 'ErrImagePull', message: `rpc error: code = NotFound desc = ${why}` } })
    this.after(this.options.delayMs, () => {
      this.event('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      this.event('Warning', 'Failed', 'Error: ImagePullBackOff')
      this.state({
        waiting: {
          reason: 'ImagePullBackOff',
          message: `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = ${why}`,
        },
      })
      this.after(this.backOffMs, () => this.cannotPull())
      this.backOffMs = Math.min(this.backOffMs * 2, longestBackOffMs)
    })
  }
}

const seconds = (ms: number): string =>
  ms < 60_000 ? `${ms / 1000}s` : `${Math.floor(ms / 60_000)}m${Math.round((ms % 60_000) / 1000)}s`

/**
 * The default kubelet: pods behave by their image's tag. `bad…` crash-loops, `never…` never gets ready, `gone…` cannot be
 * pulled, `slow…` takes its time, all others are ready soon.
 */
export function tagKubelet(options: TagKubeletOptions): Kubelet {
  return {
    start(pod, reporter): RunningPod {
      const lives = new Map(pod.spec.containers.map((each) => [each.name, new Life(pod, each, reporter, options)]))
      return {
        stop: () => {
          for (const life of lives.values()) life.stop()
          return new Promise((resolve) => setTimeout(resolve, options.delayMs))
        },
        logs: (container, previous) => (previous ? lives.get(container)?.previous : lives.get(container)?.current),
      }
    },
  }
}
