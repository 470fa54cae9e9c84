import type { Change, Receipt, Settlement } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { ChangeData, ReceiptData } from './change.ts'
import { unitName } from './config.ts'
import { evidenceOf } from './evidence.ts'
import { type Standing, standingOf } from './rollout.ts'
import type { Room } from './room.ts'
import type { Seen } from './view.ts'

/** How long one look waits for the rollout to move on. */
const lookMs = 4000

/** Where the change stands, woken by the watches. See `Effector.settled`. */
export async function settle(room: Room, change: Change, receipt: Receipt, signal: AbortSignal): Promise<Settlement> {
  const data = ChangeData.parse(change.data)
  const written = ReceiptData.parse(receipt.data)
  const deadlineMs = room.clock.monotonicMs() + lookMs
  for (;;) {
    const seen = await room.view.see(room.unit, signal)
    const overtaken = seen.workload.uid !== written.uid || seen.workload.generation >= written.generation
    if (overtaken && !isOurs(seen, data, written)) return displaced(room, change, seen)
    const standing = standingOf(seen, written)
    if (standing.state === 'settled')
      return { state: 'settled', at: 'to', progress: progressOf(standing), seen: zero(standing) }
    const leftMs = deadlineMs - room.clock.monotonicMs()
    if (standing.state === 'failed' || leftMs <= 0) {
      // A dead watch would show `moving` for ever.
      if (seen.fault) throw seen.fault
      const evidence = await evidenceOf(room, seen, standing, data, change.etag, signal)
      return { state: standing.state, at: 'between', progress: progressOf(standing), seen: evidence }
    }
    await room.view.nextChange(room.unit, leftMs, signal)
  }
}

const isOurs = (seen: Seen, data: ChangeData, written: ReceiptData): boolean =>
  seen.workload.uid === written.uid && [data.to, data.becomes, written.digest].includes(seen.workload.template.digest)

/** Somebody changed the template after us: a GitOps controller, a deployment, a person. */
function displaced(room: Room, change: Change, seen: Seen): Settlement {
  const back = seen.workload.template.digest === change.etag
  const writers = seen.workload.writers.map((writer) => writer.tool)
  const what = unitName(room.unit)
  const values = { what, version: seen.workload.template.version }
  const key = back ? 'kubernetes.put-back' : 'kubernetes.overwritten'
  return {
    state: 'failed',
    at: back ? 'from' : 'elsewhere',
    seen: [
      {
        code: key,
        wording:
          writers.length > 0 ? wording(`${key}-by`, { ...values, writers: { list: writers } }) : wording(key, values),
      },
    ],
  }
}

const progressOf = ({ done, of }: Standing) => ({ done, of })

/** Settled with no pods proves nothing, and says so. */
const zero = (standing: Standing): Settlement['seen'] =>
  standing.of === 0 ? [{ code: 'kubernetes.no-pods', wording: wording('kubernetes.no-pods') }] : []
