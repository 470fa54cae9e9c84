import type { WorkloadKind } from '../../../src/adapters/target/kubernetes/config.ts'
import type { Json } from '../../../src/core/canonical.ts'
import { type Bench, openBench, rolledOut, shows } from './kit/bench.ts'
import type { TestCluster } from './kit/cluster.ts'
import { badTemplate, secrets } from './kit/workloads.ts'
import type { TargetSubject } from './target-contract.ts'

let names = 0
export const freshName = (): string => {
  names += 1
  return `checkout-${names}`
}

/** A workload whose good release was followed by one that comes up but is bad. */
export async function openSubject(cluster: TestCluster, kind: WorkloadKind): Promise<TargetSubject> {
  const bench = await openBench(cluster)
  const name = freshName()
  const deployed = await bench.deploy(kind, name)
  const good = deployed.spec.template as Json
  await bench.release(kind, name, badTemplate(name, '2.0.0'))
  await rolledOut(bench.admin, bench.path(kind, name))
  const unit = bench.unit(kind, name)
  const connect = async () => (await bench.connect([unit])).target(unit)
  const target = await connect()
  await shows(target, '2.0.0')
  const path = bench.path(kind, name)
  return {
    target,
    good,
    state: async () => (await bench.get(kind, name)).spec.template as Json,
    effects: () => bench.writes(name),
    noise: () => noise(bench, kind, name),
    async move() {
      await bench.admin.patch(path, 'strategic', {
        spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'EXTRA', value: '1' }] }] } } },
      })
    },
    spoil(how) {
      return bench.meddler.spoil((request) =>
        request.method === 'PATCH' && request.query.get('dryRun') === null
          ? typeof how === 'string'
            ? how
            : { ...how, body: { kind: 'Status', code: how.status, reason: 'Spoilt', message: secrets.env } }
          : null,
      )
    },
    down: () => bench.meddler.down(),
    up: () => bench.meddler.up(),
    restarted: connect,
    secrets: Object.values(secrets),
    logged: bench.logged,
    close: bench.close,
  }
}

/** 50 status writes, a scaling and an annotation. */
async function noise(bench: Bench, kind: WorkloadKind, name: string): Promise<void> {
  const path = bench.path(kind, name)
  for (let index = 0; index < 50; index += 1) await statusWrite(bench, path, index)
  if (kind !== 'DaemonSet') await bench.admin.patch(`${path}/scale`, 'merge', { spec: { replicas: 3 } }, 'autoscaler')
  await bench.admin.patch(path, 'merge', { metadata: { annotations: { 'example.com/noise': 'yes' } } })
}

export const statusWrite = (bench: Bench, path: string, index: number) =>
  bench.admin.patch(`${path}/status`, 'strategic', {
    status: { conditions: [{ type: 'Noise', status: 'True', reason: `Noise${index}` }] },
  })
