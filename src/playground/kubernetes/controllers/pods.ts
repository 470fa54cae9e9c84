import { deleteObject } from '../api/delete.ts'
import { fromJson, type KubeObject, type Pod, type PodTemplate, toJson } from '../object.ts'
import { resources } from '../resources.ts'
import { StatusError } from '../status-error.ts'
import { asManager, ownerReference, type Runtime } from './runtime.ts'

interface Naming {
  name?: string
  labels?: Record<string, string>
  nodeName?: string
  hostname?: string
  subdomain?: string
}

/** Creates a pod of a template; failing leaves a FailedCreate event. @throws {StatusError} as creating does */
export function createPod(
  runtime: Runtime,
  owner: KubeObject,
  template: PodTemplate,
  component: string,
  naming: Naming = {},
): Pod {
  const { name, labels, ...spec } = naming
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      ...(name === undefined ? {} : { name }),
      labels: { ...template.metadata?.labels, ...labels },
      ...(template.metadata?.annotations === undefined ? {} : { annotations: template.metadata.annotations }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...template.spec, ...spec },
  }
  try {
    const pod = runtime.api.create(resources.pods, owner.metadata.namespace, toJson(body), asManager)
    runtime.recorder.record(owner, 'Normal', 'SuccessfulCreate', createdText(owner, pod), component)
    return fromJson<Pod>(toJson(pod))
  } catch (failure) {
    if (failure instanceof StatusError)
      runtime.recorder.record(owner, 'Warning', 'FailedCreate', failedText(owner, name, failure), component)
    throw failure
  }
}

const createdText = (owner: KubeObject, pod: KubeObject): string =>
  owner.kind === 'StatefulSet'
    ? `Create Pod ${pod.metadata.name} in StatefulSet ${owner.metadata.name} successful`
    : `Created pod: ${pod.metadata.name}`

// The name is random each time; without it the same failure is one event that counts.
const failedText = (owner: KubeObject, name: string | undefined, failure: StatusError): string =>
  owner.kind === 'StatefulSet'
    ? `Create Pod ${name ?? ''} in StatefulSet ${owner.metadata.name} failed error: ${failure.message}`
    : `Error creating: ${failure.message}`

export function deletePod(runtime: Runtime, owner: KubeObject, pod: Pod, component: string): void {
  const { namespace, name } = pod.metadata
  if (runtime.api.store.get(resources.pods, namespace, name) === undefined) return
  deleteObject(runtime.api, resources.pods, namespace, name, { propagation: 'Background', dryRun: false })
  const text =
    owner.kind === 'StatefulSet'
      ? `Delete Pod ${name} in StatefulSet ${owner.metadata.name} successful`
      : `Deleted pod: ${name}`
  runtime.recorder.record(owner, 'Normal', 'SuccessfulDelete', text, component)
}
