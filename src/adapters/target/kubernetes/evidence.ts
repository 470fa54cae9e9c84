import { Fault } from '../../../core/fault.ts'
import type { Evidence } from '../../../core/release/release.ts'
import { wording } from '../../../text/say.ts'
import type { ChangeData } from './change.ts'
import { redacted } from './redact.ts'
import { currentRevision, podsOf } from './release.ts'
import type { Standing } from './rollout.ts'
import type { Room } from './room.ts'
import { asObject, literalsOf } from './template.ts'
import { slowToBeReady, type Trouble, troubleOf } from './trouble.ts'
import type { Seen } from './view.ts'
import { PodEvent } from './wire.ts'

const podsShown = 2
const tailLines = 50

/** What keeps a rollout from settling: states of its pods, events and last log lines, most telling first. */
export async function evidenceOf(
  room: Room,
  seen: Seen,
  standing: Standing,
  data: ChangeData,
  etag: string,
  signal: AbortSignal,
): Promise<Evidence[]> {
  const revision = currentRevision(seen)
  const wanted = revision ? podsOf(revision, seen.pods).filter((pod) => !pod.deleting) : []
  const now = room.clock.now()
  const mine = wanted.flatMap((pod) => troubleOf(pod) ?? slowToBeReady(pod, now) ?? [])
  // Where the wanted pods are not even there, old ones may hold them up.
  const troubles = (mine.length > 0 ? mine : seen.pods.flatMap((pod) => troubleOf(pod) ?? [])).slice(0, podsShown)
  const secrets = [data.becomes, data.to, etag].flatMap((digest) =>
    literalsOf(asObject(room.templates.get(digest) ?? undefined)),
  )
  const raw = (lines: readonly string[]) => redacted(lines, secrets)
  const told = await Promise.all(troubles.map((trouble) => podEvidence(room, trouble, raw, signal)))
  return [...deadEnd(standing), ...told.flat(), ...failedCreation(seen, raw), ...counts(seen, standing)]
}

function deadEnd({ dead }: Standing): Evidence[] {
  return dead === undefined ? [] : [{ code: `kubernetes.dead-${dead}`, wording: wording(`kubernetes.dead-${dead}`) }]
}

const counts = (seen: Seen, { done, of }: Standing): Evidence[] => [
  {
    code: 'kubernetes.pods',
    wording: wording('kubernetes.pods', {
      done,
      of,
      unready: seen.pods.filter((pod) => !pod.ready && !pod.deleting).length,
    }),
  },
]

/** Pods that could not even be created: quota, admission. The controller keeps the reason in a condition. */
function failedCreation(seen: Seen, raw: (lines: readonly string[]) => string[]): Evidence[] {
  return seen.workload.status.conditions
    .filter((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True')
    .map((condition) => ({
      code: 'kubernetes.pods-not-created',
      wording: wording('kubernetes.pods-not-created', { reason: condition.reason ?? '' }),
      raw: raw([condition.message ?? '']),
    }))
}

async function podEvidence(
  room: Room,
  trouble: Trouble,
  raw: (lines: readonly string[]) => string[],
  signal: AbortSignal,
): Promise<Evidence[]> {
  const { pod, container, reason, message } = trouble
  const restarts = container?.restartCount ?? 0
  const [log, events] = await Promise.all([
    container ? logOf(room, pod.name, container.name, restarts > 0, signal) : [],
    eventsOf(room, pod.uid, signal),
  ])
  const values = { pod: pod.name, reason }
  const state: Evidence = {
    code: `kubernetes.pod:${reason}`,
    wording: container
      ? wording('kubernetes.pod-container', { ...values, container: container.name, restarts })
      : wording('kubernetes.pod', values),
    ...(message !== '' && { raw: raw([message]) }),
  }
  const logged: Evidence[] = Array.isArray(log)
    ? log.length > 0
      ? [
          {
            code: 'kubernetes.log',
            wording: wording('kubernetes.log', { pod: pod.name, container: container?.name ?? '' }),
            raw: raw(mattersFirst(log)),
          },
        ]
      : []
    : [{ code: 'kubernetes.no-log', wording: log.hint }]
  const seen: Evidence[] = Array.isArray(events)
    ? events.length > 0
      ? [{ code: 'kubernetes.events', wording: wording('kubernetes.events', { pod: pod.name }), raw: raw(events) }]
      : []
    : [{ code: 'kubernetes.no-events', wording: events.hint }]
  // With a log, its one line says more than the kubelet's back-off.
  return [...(logged[0]?.raw ? logged : []), state, ...(logged[0]?.raw ? [] : logged), ...seen]
}

/** The line that matters, then the last ones as they were. */
export function mattersFirst(lines: readonly string[]): string[] {
  const telling = lines.findLast((line) => /error|exception|fatal|panic|cannot|refused|denied/i.test(line))
  const first = telling ?? lines.at(-1)
  return first === undefined ? [] : [first, ...lines.slice(-10).filter((line) => line !== first)]
}

async function logOf(room: Room, pod: string, container: string, previous: boolean, signal: AbortSignal) {
  const ask = { verb: 'get', group: '', resource: 'pods/log', namespace: room.unit.namespace, name: pod } as const
  const query = { container, tailLines: String(tailLines), limitBytes: '16384' }
  const read = async (more: Record<string, string>) => {
    const text = await room.api.log(ask, { ...query, ...more }, signal)
    return text.split('\n').filter((line) => line.trim() !== '')
  }
  try {
    if (!previous) return await read({})
    const lines = await read({ previous: 'true' }).catch((error: unknown) => {
      if (error instanceof Fault && error.code !== 'kubernetes.forbidden') return []
      throw error
    })
    return lines.length > 0 ? lines : await read({})
  } catch (error) {
    // No log is no reason to know nothing: say why and go on.
    if (error instanceof Fault) return noLog(error, pod)
    throw error
  }
}

const noLog = (fault: Fault, pod: string) => ({
  hint: fault.code === 'kubernetes.forbidden' ? fault.hint : wording('kubernetes.no-log', { pod }),
})

async function eventsOf(room: Room, uid: string, signal: AbortSignal) {
  const ask = { verb: 'list', group: '', resource: 'events', namespace: room.unit.namespace } as const
  try {
    const { items } = await room.api.list(ask, `involvedObject.uid=${uid},type=Warning`, PodEvent, signal)
    return items
      .sort((a, b) => when(a).localeCompare(when(b)))
      .slice(-3)
      .map((event) => `${event.reason ?? ''}: ${event.message ?? ''}${event.count ? ` (×${event.count})` : ''}`)
  } catch (error) {
    if (error instanceof Fault) return { hint: error.hint }
    throw error
  }
}

const when = (event: PodEvent): string => event.lastTimestamp ?? event.eventTime ?? ''
