import { afterEach, beforeEach, expect } from 'vitest'
import type { KubernetesUnit, WorkloadKind } from '../../../../src/adapters/target/kubernetes/config.ts'
import type { Release } from '../../../../src/core/release/release.ts'
import type { Change, Target } from '../../../../src/ports/effector.ts'
import { type Bench, type ConnectOptions, expectNoSecret, openBench, rolledOut, shows } from './bench.ts'
import type { TestCluster } from './cluster.ts'
import { badTemplate, secrets } from './workloads.ts'

export const soon = (): AbortSignal => AbortSignal.timeout(30_000)

/** A namespace per test, and the few things that tests do in it. */
export interface Scene {
  readonly bench: Bench
  connect(unit: KubernetesUnit, options?: ConnectOptions): Promise<Target>
  /** A good release, then another that comes up too; the target's view has both. */
  twoReleases(kind?: WorkloadKind, spec?: Readonly<Record<string, unknown>>): Promise<Two>
}

export interface Two {
  readonly name: string
  readonly unit: KubernetesUnit
  readonly path: string
  readonly target: Target
  readonly good: Release
  readonly goodTemplate: unknown
}

export function scene(cluster: TestCluster): () => Scene {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench(cluster)
  })
  afterEach(async () => {
    expectNoSecret(bench.logged(), Object.values(secrets))
    await bench.close()
  })
  const connect = async (unit: KubernetesUnit, options?: ConnectOptions) =>
    (await bench.connect([unit], options)).target(unit)
  return () => ({
    bench,
    connect,
    async twoReleases(kind = 'Deployment', spec = {}) {
      const name = 'checkout'
      const unit = bench.unit(kind, name)
      const path = bench.path(kind, name)
      const first = await bench.deploy(kind, name, spec)
      const target = await connect(unit)
      const { release: good } = await shows(target, '1.0.0')
      await bench.release(kind, name, badTemplate(name, '2.0.0'))
      await rolledOut(bench.admin, path)
      await shows(target, '2.0.0')
      return { name, unit, path, target, good, goodTemplate: first.spec.template }
    },
  })
}

export const codes = (notices: readonly { code: string }[]): string[] => notices.map((notice) => notice.code)

/** Plans, and sees to it that nothing secret is in the plan. */
export async function planned(target: Target, release: Release): Promise<Change> {
  const change = await target.plan(release, soon())
  expectNoSecret(change, Object.values(secrets))
  return change
}

export const newest = async (target: Target): Promise<Release> => {
  const [release] = await target.history(1, soon())
  return release ?? expect.unreachable('the history is empty')
}
