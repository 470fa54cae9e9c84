import { afterAll, describe } from 'vitest'
import type { TestCluster } from '../contract/target/kit/cluster.ts'
import { openSubject } from '../contract/target/kubernetes-subject.ts'
import { targetContract } from '../contract/target/target-contract.ts'
import { startControlPlane } from './control-plane/control-plane.ts'

const plane = await startControlPlane()
const cluster: TestCluster = {
  title: 'Kubernetes 1.37',
  url: plane.url,
  adminToken: plane.adminToken,
  logs: false,
  async writes(namespace) {
    const events = await plane.auditLog()
    return events
      .filter((event) => event.objectRef?.namespace === namespace && event.stage === 'ResponseComplete')
      .map((event) => {
        const query = new URL(event.requestURI, plane.url).searchParams
        return {
          verb: event.verb,
          resource: event.objectRef?.resource ?? '',
          name: event.objectRef?.name ?? '',
          user: event.user.username,
          fieldManager: query.get('fieldManager') ?? '',
          dryRun: query.get('dryRun') !== null,
          code: event.responseStatus?.code ?? 0,
        }
      })
  },
  close: () => plane.stop(),
}

afterAll(() => cluster.close())

describe.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('%s', (kind) => {
  targetContract(cluster.title, () => openSubject(cluster, kind))
})
