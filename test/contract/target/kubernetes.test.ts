import { afterAll, describe } from 'vitest'
import { startKubernetes } from '../../../src/playground/kubernetes/index.ts'
import type { TestCluster } from './kit/cluster.ts'
import { openSubject } from './kubernetes-subject.ts'
import { targetContract } from './target-contract.ts'

const playground = await startKubernetes({ tokens: [{ token: 'admin', user: 'admin', admin: true }] })
const cluster: TestCluster = {
  title: 'the playground',
  url: playground.url,
  adminToken: 'admin',
  logs: true,
  async writes(namespace) {
    return playground
      .requests()
      .filter((request) => request.namespace === namespace && request.method !== 'GET')
      .map((request) => ({ ...request, verb: request.verb }))
  },
  close: () => playground.close(),
}

afterAll(() => cluster.close())

describe.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('%s', (kind) => {
  targetContract(cluster.title, () => openSubject(cluster, kind))
})
