import { Fault } from '../../../core/fault.ts'
import type { Finding } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import type { Api } from './api.ts'
import type { KubernetesUnit } from './config.ts'
import { type Ask, permissionOf } from './fault.ts'
import { revisionResource, workloadResource } from './view.ts'

/** What Astern needs in the namespaces of its units, and no more: `deploy/kubernetes/rbac.yaml` grants the same. */
export function neededFor(units: readonly KubernetesUnit[]): Ask[] {
  const asks = units.flatMap(({ kind, namespace }): Ask[] => {
    const apps = (resource: string, verbs: readonly Ask['verb'][]): Ask[] =>
      verbs.map((verb) => ({ verb, group: 'apps', resource, namespace }))
    const core = (resource: string, verbs: readonly Ask['verb'][]): Ask[] =>
      verbs.map((verb) => ({ verb, group: '', resource, namespace }))
    return [
      ...apps(workloadResource[kind], ['get', 'list', 'watch', 'patch']),
      ...apps(revisionResource(kind), ['list', 'watch']),
      ...core('pods', ['list', 'watch']),
      ...core('pods/log', ['get']),
      ...core('events', ['list']),
      ...core('configmaps', ['get']),
      ...core('resourcequotas', ['list']),
    ]
  })
  return [...new Map(asks.map((ask) => [permissionOf(ask), ask])).values()]
}

/** Whether the cluster answers, and which permission is missing. Never throws a Fault: it becomes a finding. */
export async function examine(
  api: Api,
  units: readonly KubernetesUnit[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { cluster } = api
  try {
    const version = await api.version(signal)
    const findings: Finding[] = [
      { state: 'works', code: 'kubernetes.reachable', wording: wording('kubernetes.reachable', { cluster, version }) },
    ]
    const secrets = [...new Set(units.map((unit) => unit.namespace))].map(
      (namespace): Ask => ({ verb: 'get', group: '', resource: 'secrets', namespace }),
    )
    for (const ask of neededFor(units)) findings.push(await permission(api, ask, 'missing', signal))
    for (const ask of secrets) findings.push(await permission(api, ask, 'unknown', signal))
    return findings
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [{ state: 'missing', code: error.code, wording: error.hint }]
  }
}

async function permission(api: Api, ask: Ask, otherwise: 'missing' | 'unknown', signal: AbortSignal): Promise<Finding> {
  const permission = permissionOf(ask)
  const code = `kubernetes.permission:${permission}`
  if (await api.allowed(ask, signal))
    return { state: 'works', code, wording: wording('kubernetes.permission-works', { permission }) }
  const key = otherwise === 'missing' ? 'kubernetes.permission-missing' : 'kubernetes.permission-optional'
  return { state: otherwise, code, wording: wording(key, { permission }) }
}
