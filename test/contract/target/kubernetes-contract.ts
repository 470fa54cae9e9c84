import { describe } from 'vitest'
import type { TestCluster } from './kit/cluster.ts'
import { beforehandCases } from './kubernetes/beforehand.ts'
import { doctorCases } from './kubernetes/doctor.ts'
import { drilledCases } from './kubernetes/drilled.ts'
import { factsCases } from './kubernetes/facts.ts'
import { restoreCases } from './kubernetes/restore.ts'
import { settledCases } from './kubernetes/settled.ts'
import { variantCases } from './kubernetes/variant.ts'
import { watchCases } from './kubernetes/watch.ts'

/** What the Kubernetes target promises beyond its port, on whatever API server. */
export function kubernetesContract(cluster: TestCluster): void {
  describe(`the Kubernetes target on ${cluster.title}`, () => {
    factsCases(cluster)
    beforehandCases(cluster)
    restoreCases(cluster)
    settledCases(cluster)
    watchCases(cluster)
    doctorCases(cluster)
    variantCases(cluster)
    drilledCases(cluster)
  })
}
