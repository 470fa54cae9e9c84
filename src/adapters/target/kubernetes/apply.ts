import { Fault } from '../../../core/fault.ts'
import type { Change, Receipt } from '../../../ports/effector.ts'
import { wording } from '../../../text/say.ts'
import { keyAnnotation, telling } from './annotations.ts'
import { ChangeData, movedFault, type ReceiptData } from './change.ts'
import { lateAt } from './conditions.ts'
import { unitName } from './config.ts'
import { guardOf, restoringPatch } from './patch.ts'
import type { Room } from './room.ts'
import { normalised, templateDigest } from './template.ts'
import type { Line } from './transport.ts'
import { wantedTemplate } from './wanted.ts'
import { Workload } from './wire.ts'

/** How often the write is tried again where only noise (scaling, an annotation) came between reading and writing. */
const attempts = 10

/** Writes the wanted template once. See `Effector.apply`. */
export async function applyChange(room: Room, change: Change, key: string, signal: AbortSignal): Promise<Receipt> {
  const line = room.api.line()
  try {
    return await written(room, change, key, line, signal)
  } finally {
    line.close()
  }
}

async function written(room: Room, change: Change, key: string, line: Line, signal: AbortSignal): Promise<Receipt> {
  const data = ChangeData.parse(change.data)
  for (let attempt = 1; ; attempt += 1) {
    const live = await room.api.get({ ...room.workload, verb: 'get' }, Workload, signal)
    const digest = templateDigest(normalised(live.spec.template))
    if (live.metadata.annotations?.[keyAnnotation] === key) return receiptOf(room, live, data)
    if (live.metadata.uid !== data.uid || digest !== change.etag) throw movedFault(room.unit)
    if (change.alreadyThere || digest === data.to) return receiptOf(room, live)
    if (live.spec.paused) {
      const hint = wording('kubernetes.paused', { what: unitName(room.unit) })
      throw new Fault({ code: 'kubernetes.paused', retry: 'no', hint })
    }
    const template = await wantedTemplate(room, data.to, signal)
    if (!template) {
      const hint = wording('kubernetes.template-unknown', { version: data.version })
      throw new Fault({ code: 'kubernetes.template-unknown', retry: 'no', hint })
    }
    const at = room.clock.now().toString({ smallestUnit: 'second' })
    const patch = restoringPatch(live.metadata, template, telling(data, key, data.becomes, at))
    const options = { dryRun: false, fieldManager: room.fieldManager, ...(attempt === 1 && { line }) }
    try {
      return receiptOf(
        room,
        await room.api.patch({ ...room.workload, verb: 'patch' }, patch, options, Workload, signal),
      )
    } catch (error) {
      if (!(await onlyNoise(room, live, error, signal))) throw error
      if (attempt === attempts) throw busyFault(room)
    }
  }
}

/**
 * Whether a write was refused because the object had been written in between. A conflict says so; a 422 means that our test
 * failed, or that the template is not valid: only if nothing moved it was the latter.
 */
export async function onlyNoise(room: Room, live: Workload, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof Fault)) return false
  if (error.code === 'kubernetes.conflict') return true
  if (error.code !== 'kubernetes.invalid') return false
  const now = await room.api.get({ ...room.workload, verb: 'get' }, Workload, signal)
  return JSON.stringify(guardOf(now.metadata)) !== JSON.stringify(guardOf(live.metadata))
}

const busyFault = (room: Room) =>
  new Fault({
    code: 'kubernetes.conflict',
    retry: 'yes',
    hint: wording('kubernetes.conflict', { what: unitName(room.unit) }),
  })

/** Whether the write with this key happened. See `Effector.recall`. */
export async function recallChange(
  room: Room,
  change: Change,
  key: string,
  signal: AbortSignal,
): Promise<Receipt | 'never' | 'unknown'> {
  const data = ChangeData.parse(change.data)
  const live = await room.api.get({ ...room.workload, verb: 'get' }, Workload, signal)
  if (live.metadata.annotations?.[keyAnnotation] === key) return receiptOf(room, live, data)
  // Controllers copy a workload's annotations to the revision they make of it: proof that outlives the next writer.
  const { revisions } = await room.view.see(room.unit, signal)
  const proof = revisions.find((revision) => revision.told.key === key)
  if (proof) return receiptOf(room, live, data)
  if (live.metadata.uid === data.uid && templateDigest(normalised(live.spec.template)) === change.etag) return 'never'
  return 'unknown'
}

/** `ours`: somebody may have written after us, so the digest is what our write left unless the live one is that too. */
function receiptOf(room: Room, live: Workload, ours?: ChangeData): Receipt {
  const digest = templateDigest(normalised(live.spec.template))
  const data: ReceiptData = {
    uid: live.metadata.uid,
    generation: live.metadata.generation ?? 0,
    digest: ours === undefined || digest === ours.to ? digest : ours.becomes,
    lateAt: lateAt(live.status.conditions),
  }
  return { at: room.clock.now().toString({ smallestUnit: 'millisecond' }), data: { ...data } }
}
