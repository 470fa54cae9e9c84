import type { TestCluster } from '../contract/target/kit/cluster.ts'
import { administrator } from '../contract/target/kit/cluster.ts'
import { rbacManifests } from '../contract/target/kit/rights.ts'
import type { ControlPlane } from './control-plane/control-plane.ts'

/** The real control plane as a cluster to test on; its audit log is the witness. */
export async function liveCluster(plane: ControlPlane): Promise<TestCluster> {
  const admin = administrator({ url: plane.url, adminToken: plane.adminToken })
  // All of the file but its binding, which goes where the test's namespace is.
  const manifests = rbacManifests().filter((manifest) => manifest.kind !== 'RoleBinding')
  const applied = await plane.kubectl(
    ['apply', '--filename=-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }),
  )
  if (applied.code !== 0) throw new Error(applied.stderr)
  const binding = rbacManifests().find((manifest) => manifest.kind === 'RoleBinding')
  return {
    title: 'Kubernetes 1.37',
    url: plane.url,
    adminToken: plane.adminToken,
    visitorToken: plane.visitorToken,
    logs: false,
    async asternToken(namespace) {
      await admin.create(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
        ...binding,
        metadata: { ...binding?.metadata, namespace },
      })
      const { stdout } = await plane.kubectl(['create', 'token', 'astern', '--namespace=astern'])
      return stdout.trim()
    },
    async requests(namespace) {
      const events = await plane.auditLog()
      return (
        events
          // A watch that still stands has told of its start only.
          .filter((event) => event.objectRef?.namespace === namespace)
          .filter((event) => event.stage === 'ResponseComplete' || event.verb === 'watch')
          .map((event) => {
            const query = new URL(event.requestURI, plane.url).searchParams
            const { resource = '', subresource, name = '' } = event.objectRef ?? {}
            return {
              verb: event.verb,
              resource: subresource === undefined ? resource : `${resource}/${subresource}`,
              name,
              user: event.user.username,
              fieldManager: query.get('fieldManager') ?? '',
              dryRun: query.get('dryRun') !== null,
              code: event.responseStatus?.code ?? 0,
            }
          })
      )
    },
    close: () => plane.stop(),
  }
}
