import { afterAll, describe } from 'vitest'
import { kubernetesContract } from '../contract/target/kubernetes-contract.ts'
import { openSubject } from '../contract/target/kubernetes-subject.ts'
import { targetContract } from '../contract/target/target-contract.ts'
import { startControlPlane } from './control-plane/control-plane.ts'
import { liveCluster } from './kubernetes-cluster.ts'
import { secondOpinion } from './kubernetes-kubectl.ts'

const plane = await startControlPlane()
const cluster = await liveCluster(plane)
afterAll(() => cluster.close())

describe.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('%s', (kind) => {
  targetContract(cluster.title, () => openSubject(cluster, kind))
})
kubernetesContract(cluster)
secondOpinion(cluster, plane)
