import { type Json, type JsonObject, numberAt, objectAt, stringAt } from '../json.ts'
import { fromJson, type KubeObject, type LabelSelector, toJson } from '../object.ts'
import type { Resource } from '../resources.ts'
import { decode } from '../schema/decode.ts'
import { invalid, staleWrite } from '../status-error.ts'
import type { Api } from './api.ts'
import type { WriteOptions } from './prepare.ts'

const expression: Record<string, (key: string, values: string) => string> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
}

function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const rest = (selector?.matchExpressions ?? []).map(
    (each) => expression[each.operator]?.(each.key, (each.values ?? []).join(',')) ?? each.key,
  )
  return [...equal, ...rest].sort().join(',')
}

/** The autoscaling/v1 Scale of a workload. */
export function scaleOf(object: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const json = toJson(object)
  const replicas = numberAt(json, 'spec', 'replicas') ?? 0
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace: namespace ?? '', uid, resourceVersion, creationTimestamp },
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberAt(json, 'status', 'replicas') ?? 0,
      selector: selectorText(fromJson<LabelSelector>(objectAt(json, 'spec', 'selector') ?? {})),
    },
  }
}

/** Writes `spec.replicas` through a Scale. @throws {StatusError} 404, 409, 422 */
export function updateScale(
  api: Api,
  resource: Resource,
  namespace: string | undefined,
  name: string,
  body: Json,
  options: WriteOptions,
): KubeObject {
  const object = api.get(resource, namespace, name)
  const { value } = decode('Scale', 'v1', objectAt(body) ?? {})
  const version = stringAt(value, 'metadata', 'resourceVersion')
  if (version !== undefined && version !== object.metadata.resourceVersion) throw staleWrite(resource, name)
  const replicas = numberAt(value, 'spec', 'replicas') ?? 0
  if (replicas < 0)
    throw invalid({ ...resource, group: 'autoscaling', kind: 'Scale' }, name, [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
        field: 'spec.replicas',
      },
    ])
  const json = toJson(object)
  return api.update(
    resource,
    namespace,
    name,
    { ...json, spec: { ...objectAt(json, 'spec'), replicas } },
    options,
    'scale',
  )
}
