import { type JsonObject, stringAt } from './json.ts'
import { type KubeObject, type LabelSelector, toJson } from './object.ts'
import { badRequest } from './status-error.ts'

type Labels = Readonly<Record<string, string>> | undefined
export type Matcher<T> = (value: T) => boolean

const everything = (): boolean => true

interface Requirement {
  key: string
  operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!'
  values: readonly string[]
}

const holds = ({ key, operator, values }: Requirement, labels: Labels): boolean => {
  const has = labels !== undefined && Object.hasOwn(labels, key)
  const value = has ? (labels[key] ?? '') : ''
  switch (operator) {
    case 'exists':
      return has
    case '!':
      return !has
    case '=':
    case 'in':
      return has && values.includes(value)
    case '!=':
    case 'notin':
      return !has || !values.includes(value)
  }
}

function requirement(text: string): Requirement {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text)
  if (set) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim())
    return { key: set[1] ?? '', operator: set[2] === 'in' ? 'in' : 'notin', values }
  }
  const equality = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/.exec(text)
  if (equality) {
    return { key: equality[1] ?? '', operator: equality[2] === '!=' ? '!=' : '=', values: [equality[3] ?? ''] }
  }
  const bare = /^(!?)\s*([^\s!=,()]+)$/.exec(text)
  if (bare) return { key: bare[2] ?? '', operator: bare[1] === '!' ? '!' : 'exists', values: [] }
  throw badRequest(`unable to parse requirement: found '${text}', expected: identifier`)
}

/** A `labelSelector` parameter. @throws {StatusError} 400 when it cannot be read. */
export function labelMatcher(text: string | null): Matcher<Labels> {
  if (text === null || text.trim() === '') return everything
  const parts = text.split(/,(?![^(]*\))/).map((part) => requirement(part.trim()))
  return (labels) => parts.every((part) => holds(part, labels))
}

const operators: Record<string, Requirement['operator']> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
}

/** A `spec.selector` as a predicate on labels; an empty one selects everything, as in Kubernetes. */
export function selectorMatcher(selector: LabelSelector | undefined): Matcher<Labels> {
  const equal = Object.entries(selector?.matchLabels ?? {})
  const parts = (selector?.matchExpressions ?? []).map(
    (each): Requirement => ({
      key: each.key,
      operator: operators[each.operator] ?? 'exists',
      values: each.values ?? [],
    }),
  )
  return (labels) =>
    equal.every(([key, value]) => labels?.[key] === value) && parts.every((part) => holds(part, labels))
}

const everyKind = ['metadata.name', 'metadata.namespace']
const fieldsOfKind: Record<string, readonly string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  ReplicaSet: ['status.replicas'],
  Namespace: ['status.phase'],
  Secret: ['type'],
  Node: ['spec.unschedulable'],
}

const fieldValue = (object: JsonObject, field: string): string => {
  const path = field.split('.')
  if (field === 'source') return stringAt(object, 'source', 'component') ?? ''
  return stringAt(object, ...path) ?? ''
}

/** A `fieldSelector` parameter. @throws {StatusError} 400 for a field that the kind cannot be selected by. */
export function fieldMatcher(kind: string, text: string | null): Matcher<KubeObject> {
  if (text === null || text.trim() === '') return everything
  const parts = text.split(',').map((part) => {
    const found = /^([^=!]+)(==|=|!=)(.*)$/.exec(part.trim())
    if (!found) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`)
    const field = found[1] ?? ''
    if (!everyKind.includes(field) && !fieldsOfKind[kind]?.includes(field))
      throw badRequest(
        `${JSON.stringify(field)} is not a known field selector: only ${[...everyKind, ...(fieldsOfKind[kind] ?? [])].map((each) => `"${each}"`).join(', ')}`,
      )
    return { field, wanted: found[3] ?? '', equal: found[2] !== '!=' }
  })
  return (object) => parts.every(({ field, wanted, equal }) => (fieldValue(toJson(object), field) === wanted) === equal)
}
