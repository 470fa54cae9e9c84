export interface Resource {
  group: string
  version: string
  plural: string
  singular: string
  kind: string
  shortNames: readonly string[]
  namespaced: boolean
  subresources: readonly ('status' | 'scale' | 'log')[]
  /** False for reviews: they are answered, not kept. */
  stored: boolean
  /** Group and version as the wire writes them. */
  apiVersion: string
}

const define = (
  apiVersion: string,
  kind: string,
  plural: string,
  shortNames: string[] = [],
  options: { cluster?: true; subresources?: Resource['subresources']; review?: true } = {},
): Resource => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  return {
    group: group ?? '',
    version: version ?? '',
    plural,
    singular: kind.toLowerCase(),
    kind,
    shortNames,
    namespaced: options.cluster !== true,
    subresources: options.subresources ?? [],
    stored: options.review !== true,
    apiVersion,
  }
}

const table = {
  namespaces: define('v1', 'Namespace', 'namespaces', ['ns'], { cluster: true, subresources: ['status'] }),
  nodes: define('v1', 'Node', 'nodes', ['no'], { cluster: true, subresources: ['status'] }),
  pods: define('v1', 'Pod', 'pods', ['po'], { subresources: ['status', 'log'] }),
  events: define('v1', 'Event', 'events', ['ev']),
  services: define('v1', 'Service', 'services', ['svc'], { subresources: ['status'] }),
  endpoints: define('v1', 'Endpoints', 'endpoints', ['ep']),
  configmaps: define('v1', 'ConfigMap', 'configmaps', ['cm']),
  secrets: define('v1', 'Secret', 'secrets'),
  resourcequotas: define('v1', 'ResourceQuota', 'resourcequotas', ['quota'], { subresources: ['status'] }),
  serviceaccounts: define('v1', 'ServiceAccount', 'serviceaccounts', ['sa']),
  deployments: define('apps/v1', 'Deployment', 'deployments', ['deploy'], { subresources: ['status', 'scale'] }),
  replicasets: define('apps/v1', 'ReplicaSet', 'replicasets', ['rs'], { subresources: ['status', 'scale'] }),
  statefulsets: define('apps/v1', 'StatefulSet', 'statefulsets', ['sts'], { subresources: ['status', 'scale'] }),
  daemonsets: define('apps/v1', 'DaemonSet', 'daemonsets', ['ds'], { subresources: ['status'] }),
  controllerrevisions: define('apps/v1', 'ControllerRevision', 'controllerrevisions'),
  horizontalpodautoscalers: define('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', ['hpa'], {
    subresources: ['status'],
  }),
  endpointslices: define('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
  selfsubjectaccessreviews: define(
    'authorization.k8s.io/v1',
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
    [],
    {
      cluster: true,
      review: true,
    },
  ),
  selfsubjectrulesreviews: define('authorization.k8s.io/v1', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', [], {
    cluster: true,
    review: true,
  }),
}

export type Plural = keyof typeof table

/** What this server serves, by plural name; no two groups here share one. */
export const resources: Readonly<Record<Plural, Resource>> = table
export const allResources: readonly Resource[] = Object.values(table)

export const resourceAt = (group: string, version: string, plural: string): Resource | undefined =>
  allResources.find((each) => each.plural === plural && each.group === group && each.version === version)

export const resourceOfKind = (apiVersion: string, kind: string): Resource | undefined =>
  allResources.find((each) => each.kind === kind && each.apiVersion === apiVersion)
