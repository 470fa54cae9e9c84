import type { Notice, Release } from '../../../core/release/release.ts'
import type { Snapshot, Target } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { applyChange, recallChange } from './apply.ts'
import { planChange } from './plan.ts'
import { currentRelease, type Learnt, learn, pastReleases } from './release.ts'
import { podCounts, standingOf } from './rollout.ts'
import type { Room } from './room.ts'
import { settle } from './settle.ts'
import { troubleOf } from './trouble.ts'
import type { Seen } from './view.ts'
import { writerNotices } from './writers.ts'

/** One workload. `read` and `history` are answered from the watches, all else from the live object. */
export function openTarget(room: Room, learnt: Learnt): Target {
  const see = async (signal: AbortSignal): Promise<Seen> => {
    const seen = await room.view.see(room.unit, signal)
    learn(learnt, seen)
    return seen
  }
  return {
    async read(signal) {
      const seen = await see(signal)
      const { workload } = seen
      return {
        release: currentRelease(seen, learnt),
        etag: workload.template.digest,
        seenAt: seen.at.toString({ smallestUnit: 'millisecond' }),
        stale: seen.fault !== null,
        pods: podCounts(seen),
        notices: noticesOf(seen),
      } satisfies Snapshot
    },
    async history(limit, signal) {
      return pastReleases(await see(signal), learnt, limit)
    },
    plan: (release: Release, signal) => planChange(room, release, signal),
    apply: (change, key, signal) => applyChange(room, change, key, signal),
    recall: (change, key, signal) => recallChange(room, change, key, signal),
    settled: (change, receipt, signal) => settle(room, change, receipt, signal),
  }
}

/** What people should know before they choose. */
function noticesOf(seen: Seen): Notice[] {
  const notices: Notice[] = []
  if (seen.fault) notices.push({ code: 'kubernetes.stale', wording: seen.fault.hint })
  const standing = standingOf(seen, { generation: 0, lateAt: null })
  if (standing.dead)
    notices.push({ code: `kubernetes.dead-${standing.dead}`, wording: wording(`kubernetes.dead-${standing.dead}`) })
  const troubles = seen.pods.flatMap((pod) => (pod.deleting ? [] : (troubleOf(pod) ?? [])))
  for (const reason of new Set(troubles.map((trouble) => trouble.reason))) {
    const count = troubles.filter((trouble) => trouble.reason === reason).length
    notices.push({ code: `kubernetes.trouble:${reason}`, wording: wording('kubernetes.trouble', { count, reason }) })
  }
  return [...notices, ...writerNotices(seen.workload.writers)]
}
