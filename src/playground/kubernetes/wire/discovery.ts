import type { Json, JsonObject } from '../json.ts'
import { allResources, type Resource } from '../resources.ts'

export const version = {
  major: '1',
  minor: '37',
  gitVersion: 'v1.37.2',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'playground',
  platform: `${process.platform}/${process.arch}`,
}

const allVerbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

const describe = (resource: Resource): JsonObject[] => {
  const base = { singularName: '', namespaced: resource.namespaced }
  const whole: JsonObject = {
    name: resource.plural,
    ...base,
    singularName: resource.singular,
    kind: resource.kind,
    verbs: resource.stored ? [...allVerbs] : ['create'],
    ...(resource.shortNames.length > 0 ? { shortNames: [...resource.shortNames] } : {}),
    ...([
      'pods',
      'services',
      'deployments',
      'replicasets',
      'statefulsets',
      'daemonsets',
      'horizontalpodautoscalers',
    ].includes(resource.plural)
      ? { categories: ['all'] }
      : {}),
  }
  const parts = resource.subresources.map((name): JsonObject => {
    if (name === 'log') return { name: `${resource.plural}/log`, ...base, kind: resource.kind, verbs: ['get'] }
    const verbs: Json[] = ['get', 'patch', 'update']
    const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' }
    return {
      name: `${resource.plural}/${name}`,
      ...base,
      ...(name === 'scale' ? scale : { kind: resource.kind }),
      verbs,
    }
  })
  return [whole, ...parts]
}

const groups = [...new Set(allResources.map((each) => each.group).filter((group) => group !== ''))]
const versionOf = (group: string): string => allResources.find((each) => each.group === group)?.version ?? ''

const groupOf = (group: string): JsonObject => {
  const only = { groupVersion: `${group}/${versionOf(group)}`, version: versionOf(group) }
  return { name: group, versions: [only], preferredVersion: only }
}

const resourceList = (apiVersion: string): JsonObject => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: apiVersion,
  resources: allResources.filter((each) => each.apiVersion === apiVersion).flatMap(describe),
})

/** True for paths of groups and versions served here; all others are nobody's, and get no Status. */
export const isServed = (path: string): boolean =>
  path.startsWith('/api/v1/') || groups.some((group) => path.startsWith(`/apis/${group}/${versionOf(group)}/`))

/** The discovery document at a path, if it is one. */
export function discoveryAt(path: string, host: string): JsonObject | undefined {
  if (path === '/version') return version
  if (path === '/api')
    return {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
    }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) }
  if (path === '/api/v1') return resourceList('v1')
  for (const group of groups) {
    if (path === `/apis/${group}`) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) }
    if (path === `/apis/${group}/${versionOf(group)}`) return resourceList(`${group}/${versionOf(group)}`)
  }
  return undefined
}
