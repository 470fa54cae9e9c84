import { Fault } from '../../../../core/fault.ts'
import type { Notice, Release } from '../../../../core/release/release.ts'
import { wording } from '../../../../text/say.ts'
import { type Ask, permissionOf } from '../fault.ts'
import { podsOf } from '../release.ts'
import type { Room } from '../room.ts'
import { asObject, objectsOf, type Template } from '../template.ts'
import type { Seen } from '../view.ts'
import { Quota, type Workload } from '../wire.ts'
import { type Found, nothingFound } from './configuration.ts'
import { quantity } from './quantity.ts'

/**
 * Whether the namespace's quotas leave room for the next pod that the rollout needs. A Deployment may first add a pod; a
 * StatefulSet or DaemonSet first frees one. Quotas with scopes are left out: whether they count these pods depends on more.
 */
export async function checkQuota(
  room: Room,
  seen: Seen,
  live: Workload,
  release: Release,
  template: Template,
  signal: AbortSignal,
): Promise<Found> {
  if (hasRoomAlready(seen, live, release)) return nothingFound
  const ask: Ask = { verb: 'list', group: '', resource: 'resourcequotas', namespace: room.unit.namespace }
  let quotas: Quota[]
  try {
    quotas = (await room.api.list(ask, '', Quota, signal)).items
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'kubernetes.forbidden') throw error
    const what = 'resourcequotas'
    return {
      blockers: [],
      warnings: [
        {
          code: 'kubernetes.not-checked:quota',
          wording: wording('kubernetes.not-checked', { what, permission: permissionOf(ask) }),
        },
      ],
    }
  }
  const needs = usageOf(template)
  const frees = freesFirst(seen, live) ? usageOf(live.spec.template) : new Map<string, number>()
  const blockers: Notice[] = []
  for (const quota of quotas) {
    if (quota.spec.scopes.length > 0 || quota.spec.scopeSelector) continue
    for (const [resource, hard] of Object.entries(quota.status.hard ?? {})) {
      const name = resource === 'cpu' || resource === 'memory' ? `requests.${resource}` : resource
      const more = (needs.get(name) ?? 0) - (frees.get(name) ?? 0)
      const used = quota.status.used?.[resource] ?? '0'
      const [limit, taken] = [quantity(hard), quantity(used)]
      if (more <= 0 || limit === null || taken === null || taken + more <= limit + 1e-9) continue
      blockers.push({
        code: `kubernetes.quota:${quota.metadata.name}/${resource}`,
        wording: wording('kubernetes.quota', { quota: quota.metadata.name, resource, used, hard }),
      })
    }
  }
  return { blockers, warnings: [] }
}

/** The wanted pods may run already: a bad rollout often leaves all old ones up. */
function hasRoomAlready(seen: Seen, live: Workload, release: Release): boolean {
  if (seen.workload.unit.kind !== 'Deployment') return false
  const revision = seen.revisions.find((each) => each.template.digest === release.id)
  const running = revision ? podsOf(revision, seen.pods).filter((pod) => !pod.deleting).length : 0
  return running >= (live.spec.replicas ?? 1)
}

/** True where a pod goes before the next one comes. */
function freesFirst(seen: Seen, live: Workload): boolean {
  if (seen.workload.unit.kind !== 'Deployment' || live.spec.strategy?.type === 'Recreate') return true
  if (seen.pods.some((pod) => !pod.ready)) return true // the controller removes unhealthy pods first
  const unavailable = live.spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%'
  const share =
    typeof unavailable === 'number' ? unavailable : (Number.parseFloat(unavailable) / 100) * (live.spec.replicas ?? 1)
  return Math.floor(share) >= 1
}

/** What one pod of a template counts for: itself, its requests and its limits. */
function usageOf(template: Template): Map<string, number> {
  const usage = new Map([
    ['pods', 1],
    ['count/pods', 1],
  ])
  for (const container of objectsOf(asObject(template.spec).containers)) {
    const resources = asObject(container.resources)
    for (const kind of ['requests', 'limits']) {
      for (const [name, amount] of Object.entries(asObject(resources[kind]))) {
        const value = quantity(String(amount))
        if (value !== null) usage.set(`${kind}.${name}`, (usage.get(`${kind}.${name}`) ?? 0) + value)
      }
    }
  }
  return usage
}
