import { seededNumbers } from '../chance.ts'
import type { Kubelet, PlaygroundKubernetes } from '../kubernetes/index.ts'
import type { PlaygroundPrometheus } from '../prometheus/index.ts'
import type { Registry } from '../registry/registry.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import {
  behaviourLabel,
  drillRelease,
  firstRun,
  type Kind,
  type Region,
  regions,
  type Service,
  serviceNamed,
  services,
  versionAfter,
  wrongBranch,
} from './catalogue.ts'
import { type Ci, startCi } from './ci.ts'
import { lookAt, type WorkloadLook } from './look.ts'
import type { Measure } from './meter.ts'
import { ship } from './pipeline.ts'
import { podKubelet } from './pod-kubelet.ts'
import { startTraffic, type Traffic } from './traffic.ts'
import { currentOf, imageOf } from './workload.ts'

/** What one point of the plots shows: the last ten seconds. */
export interface Point extends Measure {
  /** Unix milliseconds. */
  readonly at: number
}

export interface PlaceLook {
  readonly service: string
  readonly region: Region
  readonly url: string
  readonly workload: WorkloadLook | null
  readonly now: Point | null
}

export interface Released {
  readonly service: string
  readonly version: string
  readonly kind: Kind
  readonly by: string
  readonly run: number
}

export interface ShopOptions {
  readonly registry: Registry
  readonly prometheus: PlaygroundPrometheus
  readonly seed: number
  readonly pace: number
  /** Unix milliseconds, for people to read. */
  readonly now: () => number
  readonly ciToken: string
}

const windowMs = 10_000
const tickMs = 1000
/** Points of the plots: three minutes. */
const keptPoints = 180
const betweenRegionsMs = 5000
const perSecond = { storefront: 3, 'checkout-svc': 3 } as const

/** The shop: services that really answer, customers who really ask, a pipeline that ships. */
export class Shop {
  readonly services = services
  private readonly options: ShopOptions
  private readonly places = new Map<string, { balancer: Balancer; points: Point[] }>()
  private readonly random: () => number
  private readonly ci: Ci
  private customers: Traffic | undefined
  private clusters: Readonly<Record<Region, PlaygroundKubernetes>> | undefined
  private readonly newest = new Map(services.map((service) => [service.name, currentOf(service).version]))
  private readonly listeners = new Set<() => void>()
  private readonly releases: Released[] = []
  private nextRun = firstRun
  private settling = true
  private timer: NodeJS.Timeout | undefined

  private constructor(options: ShopOptions, ci: Ci) {
    this.options = options
    this.ci = ci
    this.random = seededNumbers(options.seed)
  }

  /** Opens the balancers and builds the images of the past. The pods come with the clusters. */
  static async open(options: ShopOptions): Promise<Shop> {
    const shop = new Shop(options, await startCi())
    for (const service of services) {
      for (const region of regions) {
        const balancer = await startBalancer(() => performance.now(), { service: service.name, region })
        options.prometheus.add({ url: `${balancer.url}/metrics`, labels: { job: 'balancers' } })
        shop.places.set(placeOf(service.name, region), { balancer, points: [] })
      }
      for (const { version, imageGone } of service.past) if (!imageGone) shop.build(service, version, 'good')
    }
    shop.build(shop.service(drillRelease.service), drillRelease.version, drillRelease.kind)
    return shop
  }

  /** Runs the pods of one region's cluster. */
  kubelet(region: Region): Kubelet {
    return podKubelet({
      region,
      registryHost: this.options.registry.host,
      random: this.random,
      // What was there before anybody looked started long ago.
      speed: () => (this.settling ? 1e6 : this.options.pace),
      admit: (service, port) => this.place(service.name, region).balancer.add(port),
      ask: (service) => this.ask(service, region),
      scrape: (target) => this.options.prometheus.add(target),
    })
  }

  /** Waits for the pods of the clusters, then lets customers in. */
  async begin(clusters: Readonly<Record<Region, PlaygroundKubernetes>>): Promise<void> {
    this.clusters = clusters
    const deadline = performance.now() + 10_000
    while (this.looks().some(({ workload }) => !workload || workload.rolling)) {
      if (performance.now() > deadline) throw new Error('the shop did not come up')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    this.settling = false
    const customers = Object.entries(perSecond).flatMap(([name, rate]) => {
      const { method, path } = this.service(name)
      return regions.map((region) => ({ url: this.url(name, region) + path, method, perSecond: rate }))
    })
    this.customers = startTraffic(customers, seededNumbers(this.options.seed + 1), true)
    this.timer = setInterval(() => this.tick(), tickMs)
    this.timer.unref()
  }

  get traffic(): Traffic {
    if (!this.customers) throw new Error('the shop is not open yet')
    return this.customers
  }

  /** The address of a service's balancer; `/healthz` and the service's own path are behind it. */
  url(service: string, region: Region): string {
    return this.place(service, region).balancer.url
  }

  runUrl(run: number): string {
    return this.ci.url(run)
  }

  /** Measured at the balancer over the last `ms`, at most a minute. */
  measure(service: string, region: Region, ms = windowMs): Measure {
    return this.place(service, region).balancer.meter.measure(ms)
  }

  /** What runs and how it does, of every service in every region. */
  looks(): PlaceLook[] {
    return services.flatMap((service) =>
      regions.map((region): PlaceLook => {
        const cluster = this.clusters?.[region]
        const workload = cluster ? (lookAt(cluster, service) ?? null) : null
        const { points } = this.place(service.name, region)
        return {
          service: service.name,
          region,
          url: this.url(service.name, region),
          workload,
          now: points.at(-1) ?? null,
        }
      }),
    )
  }

  /** The plots of a service in a region, oldest point first, one a second. */
  points(service: string, region: Region): readonly Point[] {
    return this.place(service, region).points
  }

  /** What was shipped since the start, oldest first. */
  get shipped(): readonly Released[] {
    return this.releases
  }

  /** Builds the next version and ships it region by region; resolves when the last region was told. */
  async release(name: string, kind: Kind, of: { by?: string; run?: number } = {}): Promise<Released> {
    const service = this.service(name)
    const next = versionAfter(this.newest.get(name) ?? 'v1.0.0')
    const version = kind === 'branch' ? `${next}-${wrongBranch.replaceAll('/', '-')}` : next
    const { by = 'Lin', run = this.nextRun } = of
    this.newest.set(name, version)
    this.nextRun = Math.max(this.nextRun, run) + 1
    this.build(service, version, kind)
    const released: Released = { service: name, version, kind, by, run }
    this.releases.push(released)
    const shipped = { by, run, runUrl: this.runUrl(run), cause: causes[kind] }
    this.ci.tell(run, { title: `${name} ${version}`, lines: [`by ${by}`, causes[kind]] })
    await ship(
      { clusters: this.opened(), token: this.options.ciToken, pauseMs: betweenRegionsMs / this.options.pace },
      {
        service,
        version,
        image: imageOf(this.options.registry.host, service, version),
        shipped,
        env: kind === 'errors' ? [{ name: 'LOYALTY_TIERS', value: 'on' }] : [],
      },
    )
    return released
  }

  /** Calls back after each second's measuring; returns how to stop. */
  onTick(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.listeners.clear()
    this.customers?.close()
    await Promise.all([...this.places.values()].map(({ balancer }) => balancer.close()))
    await this.ci.close()
  }

  private tick(): void {
    for (const { balancer, points } of this.places.values()) {
      points.push({ at: this.options.now(), ...balancer.meter.measure(windowMs) })
      if (points.length > keptPoints) points.shift()
    }
    for (const listener of this.listeners) listener()
  }

  private build(service: Service, version: string, kind: Kind): void {
    this.options.registry.push(`shop/${service.name}`, version, { [behaviourLabel]: kind })
  }

  private async ask(service: string, region: Region): Promise<number> {
    const { method, path } = this.service(service)
    const response = await fetch(this.url(service, region) + path, { method })
    await response.body?.cancel()
    return response.status
  }

  private service(name: string): Service {
    const service = serviceNamed(name)
    if (!service) throw new Error(`the shop has no ${name}`)
    return service
  }

  private place(service: string, region: Region): { balancer: Balancer; points: Point[] } {
    const place = this.places.get(placeOf(service, region))
    if (!place) throw new Error(`the shop has no ${service} in ${region}`)
    return place
  }

  private opened(): Readonly<Record<Region, PlaygroundKubernetes>> {
    if (!this.clusters) throw new Error('the shop is not open yet')
    return this.clusters
  }
}

const placeOf = (service: string, region: string): string => `${service}/${region}`

const causes: Readonly<Record<Kind, string>> = {
  good: 'Faster search',
  crash: 'Read the address of the loyalty service',
  errors: 'Loyalty tiers at the checkout',
  slow: 'Reserve goods while people pay',
  unready: 'Warm the price cache before the start',
  region: 'New tax tables',
  branch: `Half-done work: built from ${wrongBranch}, not from main`,
}
