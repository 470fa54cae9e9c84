import { isObject, type Json, type JsonObject, listAt, objectAt, stringAt } from '../json.ts'

/** Sets a field that is not there; returns what is there now. */
export const setDefault = (object: JsonObject, key: string, value: Json): Json => {
  object[key] ??= value
  return object[key]
}

const objects = (value: Json | undefined, ...path: string[]): JsonObject[] => listAt(value, ...path).filter(isObject)

/** `latest`, or no tag at all, of an image reference. */
function isLatest(image: string): boolean {
  if (image.includes('@')) return false
  const name = image.slice(image.lastIndexOf('/') + 1)
  const colon = name.indexOf(':')
  return colon < 0 || name.slice(colon + 1) === 'latest'
}

function defaultProbe(probe: JsonObject | undefined): void {
  if (probe === undefined) return
  for (const [key, value] of [
    ['timeoutSeconds', 1],
    ['periodSeconds', 10],
    ['successThreshold', 1],
    ['failureThreshold', 3],
  ] as const) {
    if (probe[key] === 0) delete probe[key]
    setDefault(probe, key, value)
  }
  const get = objectAt(probe, 'httpGet')
  if (get === undefined) return
  setDefault(get, 'path', '/')
  setDefault(get, 'scheme', 'HTTP')
}

function defaultContainer(container: JsonObject): void {
  setDefault(container, 'imagePullPolicy', isLatest(stringAt(container, 'image') ?? '') ? 'Always' : 'IfNotPresent')
  setDefault(container, 'terminationMessagePath', '/dev/termination-log')
  setDefault(container, 'terminationMessagePolicy', 'File')
  for (const port of objects(container, 'ports')) setDefault(port, 'protocol', 'TCP')
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) defaultProbe(objectAt(container, name))
  for (const env of objects(container, 'env')) {
    const field = objectAt(env, 'valueFrom', 'fieldRef')
    if (field !== undefined) setDefault(field, 'apiVersion', 'v1')
  }
}

function defaultVolume(volume: JsonObject): void {
  if (Object.keys(volume).length === 1 && volume.name !== undefined) volume.emptyDir = {}
  for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    const found = objectAt(volume, source)
    if (found !== undefined) setDefault(found, 'defaultMode', 0o644)
  }
  const hostPath = objectAt(volume, 'hostPath')
  if (hostPath !== undefined) setDefault(hostPath, 'type', '')
}

/** Defaults of a pod's spec (`pkg/apis/core/v1/defaults.go`), in place. */
export function defaultPodSpec(spec: JsonObject): void {
  const account = stringAt(spec, 'serviceAccountName') ?? stringAt(spec, 'serviceAccount')
  if (account !== undefined) {
    spec.serviceAccountName = account
    spec.serviceAccount = account
  }
  setDefault(spec, 'dnsPolicy', 'ClusterFirst')
  setDefault(spec, 'restartPolicy', 'Always')
  setDefault(spec, 'securityContext', {})
  setDefault(spec, 'terminationGracePeriodSeconds', 30)
  setDefault(spec, 'schedulerName', 'default-scheduler')
  for (const container of objects(spec, 'containers')) defaultContainer(container)
  for (const container of objects(spec, 'initContainers')) defaultContainer(container)
  for (const volume of objects(spec, 'volumes')) defaultVolume(volume)
}

const requested = (container: JsonObject, kind: string, name: string): string | undefined =>
  stringAt(container, 'resources', kind, name)

/** Guaranteed when every container limits CPU and memory to what it requests, BestEffort when none says anything. */
export function qosClass(spec: JsonObject): string {
  const containers = [...objects(spec, 'containers'), ...objects(spec, 'initContainers')]
  const names = ['cpu', 'memory']
  const says = (each: JsonObject): boolean =>
    names.some((name) => (requested(each, 'requests', name) ?? requested(each, 'limits', name)) !== undefined)
  if (!containers.some(says)) return 'BestEffort'
  const isFixed = (each: JsonObject): boolean =>
    names.every((name) => {
      const limit = requested(each, 'limits', name)
      return limit !== undefined && (requested(each, 'requests', name) ?? limit) === limit
    })
  return containers.every(isFixed) ? 'Guaranteed' : 'Burstable'
}

/** What the admission plugin DefaultTolerationSeconds adds. */
function defaultTolerations(spec: JsonObject): void {
  const known = objects(spec, 'tolerations')
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !known.some(
        (each) => (each.key === key || each.key === undefined) && (each.effect ?? 'NoExecute') === 'NoExecute',
      ),
  )
  const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  if (added.length > 0) spec.tolerations = [...known, ...added]
}

/** Defaults that only a pod itself gets, not a template. */
export function defaultPod(pod: JsonObject): void {
  const spec = objectAt(pod, 'spec')
  if (spec === undefined) return
  defaultPodSpec(spec)
  setDefault(spec, 'enableServiceLinks', true)
  defaultTolerations(spec)
  setDefault(spec, 'priority', 0)
  setDefault(spec, 'preemptionPolicy', 'PreemptLowerPriority')
  for (const container of objects(spec, 'containers')) {
    const limits = objectAt(container, 'resources', 'limits')
    const resources = objectAt(container, 'resources')
    if (limits !== undefined && resources !== undefined)
      resources.requests = { ...limits, ...objectAt(resources, 'requests') }
  }
}
