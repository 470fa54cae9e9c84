import type { IncomingHttpHeaders } from 'node:http'
import type { Json, JsonObject } from '../json.ts'
import { objectAt, stringAt } from '../json.ts'
import type { Resource } from '../resources.ts'
import { StatusError } from '../status-error.ts'

/** As in a Role; `namespaces` narrows it the way a RoleBinding does. `*` is everything. */
export interface Rule {
  apiGroups: readonly string[]
  resources: readonly string[]
  verbs: readonly string[]
  resourceNames?: readonly string[]
  namespaces?: readonly string[]
}

export interface Token {
  token: string
  user: string
  groups?: readonly string[]
  admin?: boolean
  rules?: readonly Rule[]
}

export interface Attributes {
  verb: string
  group: string
  /** With its subresource: `deployments/scale`. */
  resource: string
  namespace: string | undefined
  name: string
}

const unauthorized = (): StatusError => new StatusError(401, 'Unauthorized', 'Unauthorized')

/** @throws {StatusError} 401 */
export function authenticate(tokens: ReadonlyMap<string, Token>, headers: IncomingHttpHeaders): Token {
  const found = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? '')
  const token = tokens.get(found?.[1] ?? '')
  if (token === undefined) throw unauthorized()
  return token
}

const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value)

const allowsResource = (list: readonly string[], resource: string): boolean =>
  has(list, resource) || (resource.includes('/') && list.includes(`*/${resource.split('/')[1]}`))

export function isAllowed(token: Token, { verb, group, resource, namespace, name }: Attributes): boolean {
  if (token.admin === true) return true
  if (group === 'authorization.k8s.io' && verb === 'create' && resource.startsWith('selfsubject')) return true
  return (token.rules ?? []).some(
    (rule) =>
      has(rule.verbs, verb) &&
      has(rule.apiGroups, group) &&
      allowsResource(rule.resources, resource) &&
      (rule.resourceNames === undefined || rule.resourceNames.includes(name)) &&
      (rule.namespaces === undefined || has(rule.namespaces, namespace ?? '')),
  )
}

/** @throws {StatusError} 403 in the words of Kubernetes' RBAC. */
export function authorize(token: Token, attributes: Attributes, resource: Resource): void {
  if (isAllowed(token, attributes)) return
  const { verb, group, namespace, name } = attributes
  const scope = namespace === undefined || namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const qualified = group === '' ? resource.plural : `${resource.plural}.${group}`
  throw new StatusError(
    403,
    'Forbidden',
    `${qualified}${name === '' ? '' : ` "${name}"`} is forbidden: User "${token.user}" cannot ${verb} resource "${attributes.resource}" in API group "${group}" ${scope}`,
    { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource.plural },
  )
}

/** Answers a SelfSubjectAccessReview. */
export function reviewAccess(token: Token, review: JsonObject): JsonObject {
  const wanted = objectAt(review, 'spec', 'resourceAttributes')
  const subresource = stringAt(wanted, 'subresource') ?? ''
  const plural = stringAt(wanted, 'resource') ?? ''
  const allowed =
    wanted === undefined
      ? token.admin === true
      : isAllowed(token, {
          verb: stringAt(wanted, 'verb') ?? '',
          group: stringAt(wanted, 'group') ?? '',
          resource: subresource === '' ? plural : `${plural}/${subresource}`,
          namespace: stringAt(wanted, 'namespace') ?? '',
          name: stringAt(wanted, 'name') ?? '',
        })
  return {
    ...review,
    metadata: {},
    status: { allowed, ...(allowed && token.admin !== true ? { reason: 'RBAC: allowed by playground rules' } : {}) },
  }
}

const copy = (list: readonly string[]): Json[] => [...list]

/** Answers a SelfSubjectRulesReview for its namespace. */
export function reviewRules(token: Token, review: JsonObject): JsonObject {
  const namespace = stringAt(review, 'spec', 'namespace') ?? ''
  const all: Rule = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }
  const rules = token.admin === true ? [all] : (token.rules ?? [])
  const resourceRules = rules
    .filter((rule) => rule.namespaces === undefined || has(rule.namespaces, namespace))
    .map((rule) => ({
      verbs: copy(rule.verbs),
      apiGroups: copy(rule.apiGroups),
      resources: copy(rule.resources),
      ...(rule.resourceNames === undefined ? {} : { resourceNames: copy(rule.resourceNames) }),
    }))
  const own = {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  }
  const nonResourceRules = [
    {
      verbs: ['get'],
      nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/readyz', '/version'],
    },
  ]
  const status = { resourceRules: [...resourceRules, own], nonResourceRules, incomplete: false }
  return { ...review, metadata: {}, status }
}
