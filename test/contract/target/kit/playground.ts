import { startKubernetes } from '../../../../src/playground/kubernetes/index.ts'
import type { TestCluster } from './cluster.ts'
import { grantedRules } from './rights.ts'

/** The playground's API server as a cluster to test on. */
export async function playgroundCluster(): Promise<TestCluster> {
  const playground = await startKubernetes({
    tokens: [
      { token: 'admin', user: 'admin', admin: true },
      { token: 'astern', user: 'astern', rules: grantedRules() },
      { token: 'visitor', user: 'visitor' },
    ],
    backOffMs: 1000,
  })
  return {
    title: 'the playground',
    url: playground.url,
    adminToken: 'admin',
    visitorToken: 'visitor',
    logs: true,
    asternToken: async () => 'astern',
    async requests(namespace) {
      return playground
        .requests()
        .filter((request) => request.namespace === namespace)
        .map((request) => ({
          ...request,
          resource: request.subresource === '' ? request.resource : `${request.resource}/${request.subresource}`,
        }))
    },
    close: () => playground.close(),
  }
}
