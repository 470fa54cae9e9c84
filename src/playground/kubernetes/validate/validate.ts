import { isObject, type JsonObject, jsonEqual, listAt, numberAt, objectAt, stringAt } from '../json.ts'
import type { Cause } from '../status-error.ts'
import { checkAnnotations, checkLabels, forbiddenField, invalidValue, required } from './names.ts'
import { checkPodSpec } from './pod.ts'
import { checkName, checkWorkload, isWorkload } from './workload.ts'

const dataKey = /^[-._a-zA-Z0-9]+$/

function checkMetadata(kind: string, object: JsonObject, old: JsonObject | undefined): Cause[] {
  const metadata = objectAt(object, 'metadata') ?? {}
  const problems = [
    ...(old === undefined ? checkName(kind, stringAt(metadata, 'name') ?? '') : []),
    ...checkLabels('metadata.labels', objectAt(metadata, 'labels') ?? {}),
    ...checkAnnotations('metadata.annotations', objectAt(metadata, 'annotations') ?? {}),
  ]
  const controllers = listAt(metadata, 'ownerReferences').filter((each) => isObject(each) && each.controller === true)
  if (controllers.length > 1)
    problems.push(
      invalidValue(
        'metadata.ownerReferences',
        metadata.ownerReferences ?? null,
        'Only one reference can have Controller set to true',
      ),
    )
  listAt(metadata, 'ownerReferences').forEach((owner, i) => {
    for (const field of ['apiVersion', 'kind', 'name', 'uid'])
      if ((stringAt(owner, field) ?? '') === '')
        problems.push(invalidValue(`metadata.ownerReferences[${i}].${field}`, '', `${field} must not be empty`))
  })
  return problems
}

/** Of a pod's spec only images, tolerations and deadlines may change. */
function checkPodUpdate(object: JsonObject, old: JsonObject): Cause[] {
  const comparable = (pod: JsonObject): JsonObject => {
    const spec = { ...objectAt(pod, 'spec') }
    for (const field of ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds']) delete spec[field]
    for (const list of ['containers', 'initContainers']) {
      if (spec[list] === undefined) continue
      spec[list] = listAt(spec, list).map((each) => (isObject(each) ? { ...each, image: '' } : each))
    }
    return spec
  }
  if (jsonEqual(comparable(object), comparable(old))) return []
  return [
    forbiddenField(
      'spec',
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ),
  ]
}

function checkData(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const problems: Cause[] = []
  for (const key of Object.keys(objectAt(object, 'data') ?? {})) {
    if (!dataKey.test(key))
      problems.push(
        invalidValue(
          `data[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ),
      )
  }
  if (old?.immutable === true) {
    if (object.immutable !== true)
      problems.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'))
    if (!jsonEqual(object.data, old.data))
      problems.push(forbiddenField('data', 'field is immutable when `immutable` is set'))
  }
  return problems
}

function checkAutoscaler(object: JsonObject): Cause[] {
  const problems: Cause[] = []
  const max = numberAt(object, 'spec', 'maxReplicas') ?? 0
  const min = numberAt(object, 'spec', 'minReplicas') ?? 1
  if (max < min) problems.push(invalidValue('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'))
  for (const field of ['kind', 'name'])
    if ((stringAt(object, 'spec', 'scaleTargetRef', field) ?? '') === '')
      problems.push(required(`spec.scaleTargetRef.${field}`))
  return problems
}

/** All problems of an object that is to be created (no `old`) or to replace `old`. */
export function validate(kind: string, object: JsonObject, old: JsonObject | undefined): Cause[] {
  const problems = checkMetadata(kind, object, old)
  if (isWorkload(kind)) problems.push(...checkWorkload(kind, object, old))
  if (kind === 'Pod') {
    problems.push(...checkPodSpec('spec', objectAt(object, 'spec') ?? {}))
    if (old !== undefined && problems.length === 0) problems.push(...checkPodUpdate(object, old))
  }
  if (kind === 'ConfigMap' || kind === 'Secret') problems.push(...checkData(object, old))
  if (kind === 'HorizontalPodAutoscaler') problems.push(...checkAutoscaler(object))
  if (
    kind === 'Service' &&
    stringAt(object, 'spec', 'type') !== 'ExternalName' &&
    stringAt(object, 'spec', 'clusterIP') !== 'None' &&
    listAt(object, 'spec', 'ports').length === 0
  )
    problems.push(required('spec.ports'))
  if (kind === 'ControllerRevision') {
    if (old !== undefined && !jsonEqual(object.data, old.data))
      problems.push(invalidValue('data', object.data ?? null, 'field is immutable'))
    if ((numberAt(object, 'revision') ?? 0) < 0)
      problems.push(invalidValue('revision', object.revision, 'must be greater than or equal to 0'))
  }
  return problems
}
