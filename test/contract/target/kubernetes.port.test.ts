import { afterAll, describe } from 'vitest'
import { playgroundCluster } from './kit/playground.ts'
import { openSubject } from './kubernetes-subject.ts'
import { targetContract } from './target-contract.ts'

const cluster = await playgroundCluster()
afterAll(() => cluster.close())

describe.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('%s', (kind) => {
  targetContract(cluster.title, () => openSubject(cluster, kind))
})
