import type { Kubelet, Pod, PodReporter, RunningPod } from '../kubernetes/index.ts'
import type { Target } from '../prometheus/index.ts'
import { type Pulled, pullImage } from '../registry/pull.ts'
import { behaviourLabel, isKind, type Kind, type Region, type Service, serviceNamed } from './catalogue.ts'
import { Program } from './program.ts'

export interface PodKubeletOptions {
  readonly region: Region
  /** The only registry this node pulls from. */
  readonly registryHost: string
  readonly random: () => number
  /** Real pauses are these times divided by it. */
  readonly speed: () => number
  /** Gives a ready pod its share of requests; returns how to take it away. */
  readonly admit: (service: Service, port: number) => () => void
  readonly ask: (service: string) => Promise<number>
  /** Has its metrics scraped; returns how to end that. */
  readonly scrape: (target: Target) => () => void
}

const pullMs = 700
const bootMs = 900
const probeMs = 500
const crashMs = 600
const backOffMs = 10_000
const longestBackOffMs = 300_000
/** What still runs when a pod is asked to stop may end, as in its grace period. */
const drainMs = 2500
const faultAfterMs = 4000
/** Between leaving the balancer and closing the door: requests on their way still get in. */
const preStopMs = 60
const keptLines = 200

/** Runs pods as real HTTP servers: pulls the image, boots, probes readiness, restarts what crashes. */
export function podKubelet(options: PodKubeletOptions): Kubelet {
  return { start: (pod, reporter) => new PodLife(options, pod, reporter) }
}

class PodLife implements RunningPod {
  private readonly options: PodKubeletOptions
  private readonly pod: Pod
  private readonly reporter: PodReporter
  private readonly ended = new AbortController()
  private readonly container: Pod['spec']['containers'][number]
  private program: Program | undefined
  private leave: (() => void) | undefined
  private unwatch: (() => void) | undefined
  private restarts = 0
  private current: string[] | undefined
  private previous: string[] | undefined

  constructor(options: PodKubeletOptions, pod: Pod, reporter: PodReporter) {
    this.options = options
    this.pod = pod
    this.reporter = reporter
    const [first] = pod.spec.containers
    if (!first) throw new Error(`pod ${pod.metadata.name} has no container`)
    this.container = first
    this.live().catch((failure: unknown) => {
      if (!this.ended.signal.aborted) process.emitWarning(failure instanceof Error ? failure : String(failure))
    })
  }

  async stop(): Promise<void> {
    this.ended.abort()
    this.leave?.()
    this.unwatch?.()
    if (!this.program) return
    await new Promise((resolve) => setTimeout(resolve, preStopMs))
    await this.program.stop(drainMs)
  }

  logs(container: string, previous: boolean): string | undefined {
    if (container !== this.container.name) return undefined
    const lines = previous ? this.previous : this.current
    return lines?.map((line) => `${line}\n`).join('')
  }

  private async live(): Promise<void> {
    const pulled = await this.pull()
    const label = pulled.labels[behaviourLabel]
    const kind = isKind(label) ? label : 'good'
    while (kind === 'crash') await this.crash(pulled)
    await this.serve(pulled, kind)
  }

  private async pull(): Promise<Pulled> {
    const { image, name: container } = this.container
    let pauseMs = backOffMs
    for (;;) {
      this.event('Normal', 'Pulling', `Pulling image "${image}"`)
      await this.pause(pullMs * (0.5 + this.options.random()))
      const ours = image.startsWith(`${this.options.registryHost}/`)
      const pulled = ours ? await pullImage(image, this.ended.signal) : undefined
      if (pulled) {
        this.event('Normal', 'Pulled', `Successfully pulled image "${image}"`)
        return pulled
      }
      const why = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`
      this.event('Warning', 'Failed', `Failed to pull image "${image}": rpc error: code = NotFound desc = ${why}`)
      const waiting = (reason: string, message: string): void =>
        this.reporter.report({ container, ready: false, restartCount: 0, waiting: { reason, message } })
      waiting('ErrImagePull', `rpc error: code = NotFound desc = ${why}`)
      await this.pause(bootMs)
      this.event('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      waiting('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${why}`)
      await this.pause(pauseMs)
      pauseMs = Math.min(longestBackOffMs, pauseMs * 2)
    }
  }

  private begin({ imageID }: Pulled): void {
    this.previous = this.current
    this.current = []
    this.log(`INFO starting ${this.container.image}`)
    this.event('Normal', 'Created', 'Container created')
    this.event('Normal', 'Started', 'Container started')
    this.report({ running: true }, false, imageID)
  }

  /** One life of a program that does not come up, and the pause after it. */
  private async crash(pulled: Pulled): Promise<void> {
    this.begin(pulled)
    await this.pause(crashMs)
    this.log('INFO reading configuration')
    this.log('FATAL cannot start: environment variable LOYALTY_URL is not set')
    this.report({ terminated: { exitCode: 1, reason: 'Error' } }, false, pulled.imageID)
    const { name, namespace = '', uid } = this.pod.metadata
    const pauseMs = Math.min(longestBackOffMs, backOffMs * 2 ** (this.restarts - 1))
    if (this.restarts > 0) {
      const where = `container ${this.container.name} in pod ${name}_${namespace}(${uid})`
      const message = `back-off ${pauseMs / 1000}s restarting failed container=${this.container.name} pod=${name}_${namespace}(${uid})`
      this.report({ waiting: { reason: 'CrashLoopBackOff', message } }, false, pulled.imageID)
      this.event('Warning', 'BackOff', `Back-off restarting failed ${where}`)
      await this.pause(pauseMs)
    } else await this.pause(crashMs)
    this.restarts += 1
  }

  private async serve(pulled: Pulled, kind: Kind): Promise<void> {
    this.begin(pulled)
    await this.pause(bootMs * (0.7 + this.options.random() * 0.6))
    const { region, random, ask, admit, speed } = this.options
    const labels = this.pod.metadata.labels ?? {}
    const service = serviceNamed(labels['app.kubernetes.io/name'] ?? '')
    if (!service) return this.log('WARN this image serves nothing here')
    const version = labels['app.kubernetes.io/version'] ?? '?'
    const log = (line: string): void => this.log(line)
    const program = new Program({
      service,
      version,
      kind,
      region,
      random,
      ask,
      log,
      faultAfterMs: faultAfterMs / speed(),
    })
    await program.start()
    this.program = program
    // Asked to stop while it was starting.
    if (this.ended.signal.aborted) return program.stop(0)
    const pod = this.pod.metadata.name
    this.unwatch = this.options.scrape({
      url: `http://127.0.0.1:${program.port}/metrics`,
      labels: { job: 'pods', pod },
    })
    await this.untilReady(program)
    this.leave = admit(service, program.port)
    this.report({ running: true }, true, pulled.imageID)
  }

  /** Asks as the template's readiness probe says, until the answer is good. */
  private async untilReady(program: Program): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      const { status } = await fetch(`http://127.0.0.1:${program.port}/readyz`, {
        signal: this.ended.signal,
        headers: { connection: 'close' },
      })
      if (status === 200) return
      if (failures % 10 === 0)
        this.event('Warning', 'Unhealthy', `Readiness probe failed: HTTP probe failed with statuscode: ${status}`)
      await this.pause(probeMs * Math.min(10, failures + 1))
    }
  }

  private report(
    state:
      | { running: true }
      | { waiting: { reason: string; message: string } }
      | { terminated: { exitCode: number; reason: string } },
    ready: boolean,
    imageID: string,
  ): void {
    this.reporter.report({ container: this.container.name, restartCount: this.restarts, ready, imageID, ...state })
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.reporter.event({ type, reason, message, container: this.container.name })
  }

  private log(line: string): void {
    this.current ??= []
    this.current.push(`${new Date().toISOString()} ${line}`)
    if (this.current.length > keptLines) this.current.shift()
  }

  /** Rejects once the pod is asked to stop. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.ended
    signal.throwIfAborted()
    const paceMs = ms / this.options.speed()
    if (paceMs < 1) return
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        reject(new DOMException('the pod ends', 'AbortError'))
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      }, paceMs)
      timer.unref()
      signal.addEventListener('abort', stop, { once: true })
    })
  }
}
