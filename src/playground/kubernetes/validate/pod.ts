import { isObject, type Json, type JsonObject, listAt, numberAt, objectAt, stringAt } from '../json.ts'
import type { Cause } from '../status-error.ts'
import {
  checkAnnotations,
  checkLabelName,
  checkLabels,
  duplicate,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from './names.ts'

const envName = /^[ -<>-~]+$/

const probeActions = ['exec', 'httpGet', 'tcpSocket', 'grpc']

function checkPort(field: string, port: number | undefined): Cause[] {
  if (port === undefined || port === 0) return [required(field)]
  return port < 1 || port > 65535 ? [invalidValue(field, port, 'must be between 1 and 65535, inclusive')] : []
}

function checkEnv(path: string, env: readonly Json[]): Cause[] {
  return env.filter(isObject).flatMap((each, i) => {
    const name = stringAt(each, 'name') ?? ''
    const problems: Cause[] = []
    if (name === '') problems.push(required(`${path}[${i}].name`))
    else if (!envName.test(name))
      problems.push(
        invalidValue(
          `${path}[${i}].name`,
          name,
          "a valid environment variable name must consist only of printable ASCII characters other than '='",
        ),
      )
    if (each.valueFrom !== undefined && (stringAt(each, 'value') ?? '') !== '')
      problems.push(invalidValue(`${path}[${i}].valueFrom`, '', 'may not be specified when `value` is not empty'))
    return problems
  })
}

function checkMounts(path: string, mounts: readonly Json[], volumes: ReadonlySet<string>): Cause[] {
  const seen = new Set<string>()
  return mounts.filter(isObject).flatMap((mount, i) => {
    const problems: Cause[] = []
    const name = stringAt(mount, 'name') ?? ''
    const where = stringAt(mount, 'mountPath') ?? ''
    if (name === '') problems.push(required(`${path}[${i}].name`))
    else if (!volumes.has(name))
      problems.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(name)}`,
        field: `${path}[${i}].name`,
      })
    if (where === '') problems.push(required(`${path}[${i}].mountPath`))
    else if (seen.has(where)) problems.push(invalidValue(`${path}[${i}].mountPath`, where, 'must be unique'))
    seen.add(where)
    return problems
  })
}

function checkContainer(path: string, container: JsonObject, volumes: ReadonlySet<string>): Cause[] {
  const problems: Cause[] = []
  const image = stringAt(container, 'image') ?? ''
  if (image === '') problems.push(required(`${path}.image`))
  else if (image !== image.trim())
    problems.push(invalidValue(`${path}.image`, image, 'must not have leading or trailing whitespace'))
  const policy = container.imagePullPolicy
  if (!['Always', 'Never', 'IfNotPresent'].includes(String(policy)))
    problems.push(notSupported(`${path}.imagePullPolicy`, policy, ['Always', 'IfNotPresent', 'Never']))
  listAt(container, 'ports').forEach((port, i) => {
    problems.push(...checkPort(`${path}.ports[${i}].containerPort`, numberAt(port, 'containerPort')))
    const protocol = stringAt(port, 'protocol') ?? ''
    if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
      problems.push(notSupported(`${path}.ports[${i}].protocol`, protocol, ['SCTP', 'TCP', 'UDP']))
  })
  problems.push(...checkEnv(`${path}.env`, listAt(container, 'env')))
  problems.push(...checkMounts(`${path}.volumeMounts`, listAt(container, 'volumeMounts'), volumes))
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = objectAt(container, name)
    if (probe === undefined) continue
    const actions = probeActions.filter((action) => probe[action] !== undefined)
    if (actions.length === 0) problems.push(required(`${path}.${name}`, 'must specify a handler type'))
    for (const action of actions.slice(1))
      problems.push(forbiddenField(`${path}.${name}.${action}`, 'may not specify more than 1 handler type'))
  }
  return problems
}

function checkVolumes(path: string, volumes: readonly Json[]): { names: Set<string>; problems: Cause[] } {
  const names = new Set<string>()
  const problems: Cause[] = []
  volumes.filter(isObject).forEach((volume, i) => {
    const name = stringAt(volume, 'name') ?? ''
    const own = checkLabelName(`${path}[${i}].name`, name)
    if (names.has(name)) own.push(duplicate(`${path}[${i}].name`, name))
    const sources = Object.keys(volume)
      .filter((key) => key !== 'name')
      .sort()
    const late = sources.find((key) => key !== 'emptyDir') ?? ''
    if (sources.length > 1) own.push(forbiddenField(`${path}[${i}].${late}`, 'may not specify more than 1 volume type'))
    if (own.length === 0) names.add(name)
    problems.push(...own)
  })
  return { names, problems }
}

export function checkPodSpec(path: string, spec: JsonObject): Cause[] {
  const volumes = checkVolumes(`${path}.volumes`, listAt(spec, 'volumes'))
  const problems = [...volumes.problems]
  const claims = stringAt(spec, 'hostname')
  if (claims !== undefined) problems.push(...checkLabelName(`${path}.hostname`, claims))
  const seen = new Set<string>()
  if (listAt(spec, 'containers').length === 0) problems.push(required(`${path}.containers`))
  for (const list of ['containers', 'initContainers']) {
    listAt(spec, list).forEach((container, i) => {
      if (!isObject(container)) return
      const name = stringAt(container, 'name') ?? ''
      problems.push(...checkLabelName(`${path}.${list}[${i}].name`, name))
      if (seen.has(name) && name !== '') problems.push(duplicate(`${path}.${list}[${i}].name`, name))
      seen.add(name)
      problems.push(...checkContainer(`${path}.${list}[${i}]`, container, volumes.names))
    })
  }
  const restart = stringAt(spec, 'restartPolicy') ?? ''
  if (!['Always', 'OnFailure', 'Never'].includes(restart))
    problems.push(notSupported(`${path}.restartPolicy`, restart, ['Always', 'OnFailure', 'Never']))
  const dns = stringAt(spec, 'dnsPolicy') ?? ''
  if (!['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'].includes(dns))
    problems.push(
      notSupported(`${path}.dnsPolicy`, dns, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']),
    )
  return problems
}

export function checkPodTemplate(path: string, template: JsonObject): Cause[] {
  const problems = [
    ...checkLabels(`${path}.metadata.labels`, objectAt(template, 'metadata', 'labels') ?? {}),
    ...checkAnnotations(`${path}.metadata.annotations`, objectAt(template, 'metadata', 'annotations') ?? {}),
    ...checkPodSpec(`${path}.spec`, objectAt(template, 'spec') ?? {}),
  ]
  return problems
}
