import type { Api } from '../api/api.ts'
import { fromJson, type Pod, toJson } from '../object.ts'
import { resources } from '../resources.ts'
import { badRequest } from '../status-error.ts'

export type LogSource = (uid: string, container: string, previous: boolean) => string | undefined

/** The text of `pods/NAME/log`. @throws {StatusError} 400 as the kubelet says it, 404 */
export function podLog(
  api: Api,
  logs: LogSource,
  namespace: string | undefined,
  name: string,
  query: URLSearchParams,
): string {
  const pod = fromJson<Pod>(toJson(api.get(resources.pods, namespace, name)))
  const names = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((each) => each.name)
  const asked = query.get('container') ?? ''
  if (asked === '' && names.length > 1)
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`)
  const container = asked === '' ? (names[0] ?? '') : asked
  if (!names.includes(container)) throw badRequest(`container ${container} is not valid for pod ${name}`)
  const previous = query.get('previous') === 'true'
  const status = pod.status.containerStatuses?.find((each) => each.name === container)
  const waiting = status === undefined ? { reason: 'ContainerCreating' } : status.state.waiting
  const never = previous ? status?.lastState.terminated === undefined : false
  if (never) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`)
  if (waiting !== undefined && status?.lastState.terminated === undefined) {
    const pulling = ['ImagePullBackOff', 'ErrImagePull'].includes(waiting.reason)
    throw badRequest(
      `container "${container}" in pod "${name}" is waiting to start: ${pulling ? 'trying and failing to pull image' : waiting.reason}`,
    )
  }
  let text = logs(pod.metadata.uid, container, previous) ?? ''
  const tail = query.get('tailLines')
  if (tail !== null) {
    if (!/^\d+$/.test(tail)) throw badRequest(`invalid tailLines ${JSON.stringify(tail)}`)
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    const kept = Number(tail) === 0 ? [] : lines.slice(-Number(tail))
    text = kept.map((line) => `${line}\n`).join('')
  }
  const limit = Number(query.get('limitBytes') ?? 0)
  return limit > 0 ? Buffer.from(text).subarray(0, limit).toString() : text
}
