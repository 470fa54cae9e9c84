import { isObject, type JsonObject, listAt, objectAt, stringAt } from '../json.ts'
import { defaultPod, defaultPodSpec, qosClass, setDefault } from './pod.ts'

const child = (object: JsonObject, key: string): JsonObject => {
  const value = setDefault(object, key, {})
  return isObject(value) ? value : {}
}

function defaultWorkload(object: JsonObject): JsonObject {
  const spec = child(object, 'spec')
  const template = objectAt(spec, 'template', 'spec')
  if (template !== undefined) defaultPodSpec(template)
  return spec
}

function defaultDeployment(object: JsonObject): void {
  const spec = defaultWorkload(object)
  setDefault(spec, 'replicas', 1)
  const strategy = child(spec, 'strategy')
  if (setDefault(strategy, 'type', 'RollingUpdate') === 'RollingUpdate') {
    const rolling = child(strategy, 'rollingUpdate')
    setDefault(rolling, 'maxUnavailable', '25%')
    setDefault(rolling, 'maxSurge', '25%')
  }
  setDefault(spec, 'revisionHistoryLimit', 10)
  setDefault(spec, 'progressDeadlineSeconds', 600)
}

function defaultStatefulSet(object: JsonObject): void {
  const spec = defaultWorkload(object)
  setDefault(spec, 'podManagementPolicy', 'OrderedReady')
  setDefault(spec, 'serviceName', '')
  const strategy = child(spec, 'updateStrategy')
  if (strategy.type === undefined) {
    strategy.type = 'RollingUpdate'
    child(strategy, 'rollingUpdate')
  }
  const rolling = objectAt(strategy, 'rollingUpdate')
  if (strategy.type === 'RollingUpdate' && rolling !== undefined) {
    setDefault(rolling, 'partition', 0)
    setDefault(rolling, 'maxUnavailable', 1)
  }
  const retention = child(spec, 'persistentVolumeClaimRetentionPolicy')
  setDefault(retention, 'whenDeleted', 'Retain')
  setDefault(retention, 'whenScaled', 'Retain')
  setDefault(spec, 'replicas', 1)
  setDefault(spec, 'revisionHistoryLimit', 10)
  for (const claim of listAt(spec, 'volumeClaimTemplates').filter(isObject)) {
    setDefault(claim, 'apiVersion', 'v1')
    setDefault(claim, 'kind', 'PersistentVolumeClaim')
    setDefault(child(claim, 'spec'), 'volumeMode', 'Filesystem')
    setDefault(child(claim, 'status'), 'phase', 'Pending')
  }
}

function defaultDaemonSet(object: JsonObject): void {
  const spec = defaultWorkload(object)
  const strategy = child(spec, 'updateStrategy')
  if (setDefault(strategy, 'type', 'RollingUpdate') === 'RollingUpdate') {
    const rolling = child(strategy, 'rollingUpdate')
    setDefault(rolling, 'maxUnavailable', 1)
    setDefault(rolling, 'maxSurge', 0)
  }
  setDefault(spec, 'revisionHistoryLimit', 10)
}

function defaultService(object: JsonObject): void {
  const spec = child(object, 'spec')
  setDefault(spec, 'sessionAffinity', 'None')
  const type = setDefault(spec, 'type', 'ClusterIP')
  if (type !== 'ExternalName') {
    setDefault(spec, 'internalTrafficPolicy', 'Cluster')
    setDefault(spec, 'ipFamilies', ['IPv4'])
    setDefault(spec, 'ipFamilyPolicy', 'SingleStack')
  }
  for (const port of listAt(spec, 'ports').filter(isObject)) {
    setDefault(port, 'protocol', 'TCP')
    setDefault(port, 'targetPort', port.port ?? 0)
  }
}

function defaultSecret(object: JsonObject): void {
  setDefault(object, 'type', 'Opaque')
  const plain = objectAt(object, 'stringData')
  if (plain === undefined) return
  const data = child(object, 'data')
  for (const [key, value] of Object.entries(plain)) data[key] = Buffer.from(String(value)).toString('base64')
  delete object.stringData
}

function defaultHorizontalPodAutoscaler(object: JsonObject): void {
  const spec = child(object, 'spec')
  setDefault(spec, 'minReplicas', 1)
  setDefault(spec, 'metrics', [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
  ])
}

const byKind: Record<string, (object: JsonObject) => void> = {
  Pod: (object) => {
    defaultPod(object)
    const status = child(object, 'status')
    setDefault(status, 'phase', 'Pending')
    setDefault(status, 'qosClass', qosClass(child(object, 'spec')))
  },
  Deployment: defaultDeployment,
  ReplicaSet: (object) => setDefault(defaultWorkload(object), 'replicas', 1),
  StatefulSet: defaultStatefulSet,
  DaemonSet: defaultDaemonSet,
  Service: defaultService,
  Secret: defaultSecret,
  HorizontalPodAutoscaler: defaultHorizontalPodAutoscaler,
  Namespace: (object) => {
    const metadata = child(object, 'metadata')
    const name = stringAt(metadata, 'name')
    if (name !== undefined) child(metadata, 'labels')['kubernetes.io/metadata.name'] = name
    setDefault(child(object, 'spec'), 'finalizers', ['kubernetes'])
    setDefault(child(object, 'status'), 'phase', 'Active')
  },
}

/** Fills in what the author left out, in place (`SetDefaults_*` of Kubernetes 1.37). */
export function applyDefaults(kind: string, object: JsonObject): void {
  byKind[kind]?.(object)
}
