import { type Json, type JsonObject, jsonEqual, listAt, numberAt, objectAt, stringAt } from '../json.ts'
import { fromJson, type LabelSelector } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import type { Cause } from '../status-error.ts'
import { checkLabelName, checkLabels, checkSubdomainName, invalidValue, notSupported, required } from './names.ts'
import { checkPodTemplate } from './pod.ts'

function checkNonNegative(spec: JsonObject, ...fields: string[]): Cause[] {
  return fields.flatMap((field) =>
    (numberAt(spec, field) ?? 0) < 0
      ? [invalidValue(`spec.${field}`, spec[field], 'must be greater than or equal to 0')]
      : [],
  )
}

function checkSelector(kind: string, spec: JsonObject): Cause[] {
  const selector = objectAt(spec, 'selector')
  const labels = objectAt(spec, 'template', 'metadata', 'labels')
  const mismatch = invalidValue(
    'spec.template.metadata.labels',
    labels ?? {},
    '`selector` does not match template `labels`',
  )
  if (selector === undefined) return [required('spec.selector'), mismatch]
  const problems = checkLabels('spec.selector.matchLabels', objectAt(selector, 'matchLabels') ?? {})
  listAt(selector, 'matchExpressions').forEach((each, i) => {
    const field = `spec.selector.matchExpressions[${i}]`
    const operator = stringAt(each, 'operator') ?? ''
    const values = listAt(each, 'values').length
    if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator))
      problems.push(invalidValue(`${field}.operator`, operator, 'not a valid selector operator'))
    else if (operator.endsWith('In') && values === 0)
      problems.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  })
  if (Object.keys(selector).length === 0)
    problems.push(invalidValue('spec.selector', {}, `empty selector is invalid for ${kind.toLowerCase()}`))
  const matches = selectorMatcher(fromJson<LabelSelector>(selector))
  if (Object.keys(selector).length > 0 && !matches(fromJson<Record<string, string>>(labels ?? {})))
    problems.push(mismatch)
  return problems
}

function checkTemplate(spec: JsonObject): Cause[] {
  const template = objectAt(spec, 'template') ?? {}
  const problems = checkPodTemplate('spec.template', template)
  const restart = stringAt(template, 'spec', 'restartPolicy')
  if (restart !== undefined && restart !== 'Always' && ['OnFailure', 'Never'].includes(restart))
    problems.push(notSupported('spec.template.spec.restartPolicy', restart, ['Always']))
  return problems
}

const percent = /^[0-9]+%$/

function checkIntOrPercent(field: string, value: Json | undefined): Cause[] {
  if (typeof value === 'string' && !percent.test(value))
    return [
      invalidValue(
        field,
        value,
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ),
    ]
  if (typeof value === 'number' && value < 0) return [invalidValue(field, value, 'must be greater than or equal to 0')]
  return []
}

const amount = (value: Json | undefined): number => Number.parseInt(String(value ?? 0), 10)

function checkRolling(field: string, rolling: JsonObject | undefined): Cause[] {
  if (rolling === undefined) return []
  const problems = ['maxUnavailable', 'maxSurge'].flatMap((name) =>
    checkIntOrPercent(`${field}.${name}`, rolling[name]),
  )
  if (problems.length === 0 && amount(rolling.maxUnavailable) === 0 && amount(rolling.maxSurge) === 0)
    problems.push(invalidValue(`${field}.maxUnavailable`, rolling.maxUnavailable, 'may not be 0 when `maxSurge` is 0'))
  return problems
}

function checkDeployment(spec: JsonObject): Cause[] {
  const problems = checkNonNegative(
    spec,
    'replicas',
    'minReadySeconds',
    'revisionHistoryLimit',
    'progressDeadlineSeconds',
  )
  const strategy = objectAt(spec, 'strategy') ?? {}
  const type = stringAt(strategy, 'type')
  if (type === 'Recreate' && strategy.rollingUpdate !== undefined)
    problems.push({
      reason: 'FieldValueForbidden',
      message: "Forbidden: may not be specified when strategy `type` is 'Recreate'",
      field: 'spec.strategy.rollingUpdate',
    })
  else if (type === 'RollingUpdate')
    problems.push(...checkRolling('spec.strategy.rollingUpdate', objectAt(strategy, 'rollingUpdate')))
  else if (type !== 'Recreate')
    problems.push(
      notSupported('spec.strategy', { Type: type ?? '', RollingUpdate: null }, ['Recreate', 'RollingUpdate']),
    )
  const deadline = numberAt(spec, 'progressDeadlineSeconds')
  if (deadline !== undefined && deadline <= (numberAt(spec, 'minReadySeconds') ?? 0))
    problems.push(invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'))
  return problems
}

function checkStatefulSet(spec: JsonObject): Cause[] {
  const problems: Cause[] = []
  const management = stringAt(spec, 'podManagementPolicy')
  if (management !== 'OrderedReady' && management !== 'Parallel')
    problems.push(invalidValue('spec.podManagementPolicy', management, "must be 'OrderedReady' or 'Parallel'"))
  const strategy = objectAt(spec, 'updateStrategy') ?? {}
  const type = stringAt(strategy, 'type')
  if (type === 'OnDelete' && strategy.rollingUpdate !== undefined)
    problems.push(
      invalidValue(
        'spec.updateStrategy.rollingUpdate',
        strategy.rollingUpdate,
        "only allowed for updateStrategy 'RollingUpdate'",
      ),
    )
  else if (type !== 'OnDelete' && type !== 'RollingUpdate')
    problems.push(
      invalidValue(
        'spec.updateStrategy',
        { Type: type ?? '', RollingUpdate: null },
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    )
  return [...problems, ...checkNonNegative(spec, 'replicas', 'minReadySeconds', 'revisionHistoryLimit')]
}

function checkDaemonSet(spec: JsonObject): Cause[] {
  const problems = checkNonNegative(spec, 'minReadySeconds', 'revisionHistoryLimit')
  const strategy = objectAt(spec, 'updateStrategy') ?? {}
  const type = stringAt(strategy, 'type')
  if (type === 'RollingUpdate') problems.push(...checkDaemonRolling(objectAt(strategy, 'rollingUpdate') ?? {}))
  else if (type !== 'OnDelete')
    problems.push(
      notSupported('spec.updateStrategy', { Type: type ?? '', RollingUpdate: null }, ['RollingUpdate', 'OnDelete']),
    )
  return problems
}

/** Of surge and unavailability exactly one is to be given. */
function checkDaemonRolling({ maxUnavailable, maxSurge }: JsonObject): Cause[] {
  const path = 'spec.updateStrategy.rollingUpdate'
  const problems = [
    ...checkIntOrPercent(`${path}.maxUnavailable`, maxUnavailable),
    ...checkIntOrPercent(`${path}.maxSurge`, maxSurge),
  ]
  if (amount(maxUnavailable) !== 0 && amount(maxSurge) !== 0)
    problems.push(invalidValue(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'))
  else if (amount(maxUnavailable) === 0 && amount(maxSurge) === 0)
    problems.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'))
  return problems
}

const ownRules: Record<string, (spec: JsonObject) => Cause[]> = {
  Deployment: checkDeployment,
  ReplicaSet: (spec) => checkNonNegative(spec, 'replicas', 'minReadySeconds'),
  StatefulSet: checkStatefulSet,
  DaemonSet: checkDaemonSet,
}

const immutable: Record<string, readonly string[]> = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  StatefulSet: ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy'],
}

export const isWorkload = (kind: string): boolean => ownRules[kind] !== undefined

/** `pkg/apis/apps/validation` of Kubernetes 1.37, without the rules on fields nobody rolls back. */
export function checkWorkload(kind: string, object: JsonObject, old: JsonObject | undefined): Cause[] {
  const spec = objectAt(object, 'spec') ?? {}
  const problems = [...checkSelector(kind, spec), ...checkTemplate(spec), ...(ownRules[kind]?.(spec) ?? [])]
  const before = objectAt(old, 'spec')
  if (before !== undefined) {
    for (const field of immutable[kind] ?? []) {
      if (!jsonEqual(spec[field], before[field]))
        problems.push(invalidValue(`spec.${field}`, spec[field] ?? null, 'field is immutable'))
    }
  }
  return problems
}

export function checkName(kind: string, name: string): Cause[] {
  if (name === '') return [required('metadata.name', 'name or generateName is required')]
  return kind === 'Namespace' || kind === 'Service' || kind === 'StatefulSet'
    ? checkLabelName('metadata.name', name)
    : checkSubdomainName('metadata.name', name)
}
