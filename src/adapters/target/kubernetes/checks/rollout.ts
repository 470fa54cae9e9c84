import type { Notice } from '../../../../core/release/release.ts'
import { wording } from '../../../../text/say.ts'
import { unitName } from '../config.ts'
import type { SlimPod } from '../slim.ts'
import { troubleOf } from '../trouble.ts'
import type { Seen } from '../view.ts'
import type { Workload } from '../wire.ts'

/** Why a new template would not be rolled out. */
export function rolloutBlockers(seen: Seen, live: Workload): Notice[] {
  const { unit } = seen.workload
  const what = unitName(unit)
  const blockers: Notice[] = []
  if (live.spec.paused) blockers.push({ code: 'kubernetes.paused', wording: wording('kubernetes.paused', { what }) })
  if (live.metadata.deletionTimestamp !== undefined)
    blockers.push({ code: 'kubernetes.deleting', wording: wording('kubernetes.deleting', { what }) })
  const stuck = unit.kind === 'StatefulSet' && live.spec.podManagementPolicy !== 'Parallel' ? brokenPods(seen) : []
  if (stuck.length > 0) {
    const pods = stuck.map((pod) => pod.name).sort()
    const command = `kubectl --namespace ${unit.namespace} delete pod ${pods.join(' ')}`
    blockers.push({
      code: 'kubernetes.ordered-stuck',
      wording: wording('kubernetes.ordered-stuck', { pods: { list: pods }, command }),
      link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback',
    })
  }
  return blockers
}

/** What keeps pods on their old template although the rollout is over. */
export function rolloutWarnings(live: Workload): Notice[] {
  const { type, rollingUpdate } = live.spec.updateStrategy ?? {}
  const partition = rollingUpdate?.partition ?? 0
  const warnings: Notice[] = []
  if (type === 'OnDelete') warnings.push({ code: 'kubernetes.on-delete', wording: wording('kubernetes.on-delete') })
  if (partition > 0)
    warnings.push({ code: 'kubernetes.partition', wording: wording('kubernetes.partition', { partition }) })
  return warnings
}

/** Pods that will not become ready by themselves. One that just starts is not broken. */
const brokenPods = (seen: Seen): SlimPod[] =>
  seen.pods.filter((pod) => !pod.ready && !pod.deleting && troubleOf(pod) !== null)
