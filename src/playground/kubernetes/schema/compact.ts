/**
 * Condenses Kubernetes' published OpenAPI v3 documents into `definitions.txt`: one definition a line, `field:type`.
 * Types: string, int, num, bool, time, intstr, quantity, raw · `@Name` a definition · `{T}` a map ·
 * `[mergeKey|mapKeys]T` a list (`=` merges primitives, empty is replaced whole) · leading `~` retainKeys · leading `!` written even when empty · leading `#` owned as a whole.
 */
interface OpenApiSchema {
  type?: string
  format?: string
  $ref?: string
  allOf?: OpenApiSchema[]
  items?: OpenApiSchema
  default?: unknown
  additionalProperties?: OpenApiSchema
  properties?: Record<string, OpenApiSchema>
  'x-kubernetes-patch-merge-key'?: string
  'x-kubernetes-patch-strategy'?: string
  'x-kubernetes-list-map-keys'?: string[]
  'x-kubernetes-list-type'?: string
  'x-kubernetes-map-type'?: string
  required?: string[]
}
export type OpenApiDocument = { components?: { schemas?: Record<string, OpenApiSchema> } }

/** Where the definitions come from: `/openapi/v3/` and one of these. */
export const openApiPaths = [
  'api/v1',
  'apis/apps/v1',
  'apis/autoscaling/v1',
  'apis/autoscaling/v2',
  'apis/authorization.k8s.io/v1',
  'apis/discovery.k8s.io/v1',
] as const

/** The kinds served here. */
export const openApiRoots: readonly string[] = [
  ...[
    'Namespace',
    'Pod',
    'Event',
    'Service',
    'Endpoints',
    'ConfigMap',
    'Secret',
    'ResourceQuota',
    'ServiceAccount',
    'Node',
  ].map((kind) => `io.k8s.api.core.v1.${kind}`),
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ControllerRevision'].map(
    (kind) => `io.k8s.api.apps.v1.${kind}`,
  ),
  'io.k8s.api.autoscaling.v1.Scale',
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  'io.k8s.api.authorization.v1.SelfSubjectAccessReview',
  'io.k8s.api.authorization.v1.SelfSubjectRulesReview',
  'io.k8s.api.discovery.v1.EndpointSlice',
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
]

const leaves: Record<string, string> = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'raw',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'raw',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intstr',
}

const refOf = (schema: OpenApiSchema): string | undefined => (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1)

const shortName = (full: string): string => {
  const parts = full.split('.')
  const name = parts.at(-1) ?? full
  return full.startsWith('io.k8s.api.discovery.') && name === 'EndpointPort' ? 'DiscoveryEndpointPort' : name
}

const typeOf = (schema: OpenApiSchema, all: ReadonlyMap<string, OpenApiSchema>): string => {
  const ref = refOf(schema)
  const strategy = schema['x-kubernetes-patch-strategy'] ?? ''
  const retain = strategy.includes('retainKeys') ? '~' : ''
  const isAtomic = (each: OpenApiSchema | undefined): boolean => each?.['x-kubernetes-map-type'] === 'atomic'
  const full = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1)
  const whole = isAtomic(schema) || isAtomic(all.get(full ?? '')) ? '#' : ''
  if (ref !== undefined) {
    const always = schema.default !== undefined && leaves[ref] === undefined ? '!' : ''
    return `${always}${retain}${whole}${leaves[ref] ?? `@${shortName(ref)}`}`
  }
  if (schema.type === 'array') {
    const mergeKey = schema['x-kubernetes-patch-merge-key'] ?? (strategy.includes('merge') ? '=' : '')
    const keys = schema['x-kubernetes-list-map-keys'] ?? []
    const same = keys.length === 1 && keys[0] === mergeKey
    const set = schema['x-kubernetes-list-type'] === 'set' ? '=' : ''
    const map = same || (keys.length === 0 && set === mergeKey) ? '' : `|${set || keys.join(',')}`
    return `${retain}[${mergeKey}${map}]${typeOf(schema.items ?? {}, all)}`
  }
  if (schema.type === 'object')
    return schema.additionalProperties ? `${whole}{}${typeOf(schema.additionalProperties, all)}` : 'raw'
  // A default that is Go's zero marks a field without `omitempty`; any other is a real default, and set elsewhere.
  const always = schema.default === '' || schema.default === 0 || schema.default === false ? '!' : ''
  const leaf = { string: 'string', integer: 'int', number: 'num', boolean: 'bool' }[schema.type ?? ''] ?? 'raw'
  return always + (schema.format === 'date-time' ? 'time' : leaf)
}

/** The lines of `definitions.txt` for the named roots and all that they refer to. */
export function compactOpenApi(documents: readonly OpenApiDocument[], roots: readonly string[]): string[] {
  const all = new Map(documents.flatMap((document) => Object.entries(document.components?.schemas ?? {})))
  const todo = [...roots]
  const lines = new Map<string, string>()
  for (let full = todo.pop(); full !== undefined; full = todo.pop()) {
    const schema = all.get(full)
    if (schema?.properties === undefined || lines.has(shortName(full))) continue
    const fields = Object.entries(schema.properties).map(([name, field]) => {
      for (const each of [field, field.items ?? {}, field.additionalProperties ?? {}]) {
        const ref = refOf(each)
        if (ref !== undefined) todo.push(ref)
      }
      const must = field.type === 'array' && schema.required?.includes(name) === true ? '!' : ''
      return `${name}:${must}${typeOf(field, all)}`
    })
    lines.set(shortName(full), `${shortName(full)} ${fields.join(' ')}`)
  }
  return [...lines.values()].sort()
}
