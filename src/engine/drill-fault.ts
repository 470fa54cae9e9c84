import { drillWrite, loadDrill, stopEvents } from '../app/drills.ts'
import type { World } from '../app/world.ts'
import { nowOf } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import type { DrillEvent, Left } from '../core/drill/events.ts'
import { type Drill, scopeOfDrill } from '../core/drill/state.ts'
import { Fault } from '../core/fault.ts'
import { withDeadline } from '../ports/deadline.ts'
import type { FaultMaker } from '../ports/fault-maker.ts'
import { wording } from '../text/say.ts'
import { backoffMs } from './backoff.ts'

export interface FaultTask {
  readonly world: World
  readonly maker: FaultMaker
  /** Keys that travel to vendors begin with it. */
  readonly mark: string
  readonly signal: AbortSignal
}

const callTimeoutMs = 60_000
/** A fault that cannot be made for so long is given up: people wait for something to happen. */
const makeWithinMs = 10 * 60_000
/** So long after the end all must be as it was; then people are told what is not. */
const restoreWithinMs = 15 * 60_000
const lookAgainMs = 2_000

/** Makes a drill's fault: prepared and recorded first, so that it can be taken away whatever comes in between. Resumed after a crash. */
export async function makeFault(task: FaultTask, id: string): Promise<void> {
  const { world, maker, mark, signal } = task
  for (let failures = 0; !signal.aborted; failures++) {
    const drill = await loadDrill(world, id)
    if (drill?.phase !== 'running' || !drill.fault || drill.faultAt !== null) return
    const { fault, prepared } = drill
    const scope = scopeOfDrill(drill)
    try {
      if (!prepared) {
        const made = await called(task, (limit) => maker.prepare(fault, scope, limit))
        await record(task, drill, { type: 'drill.fault-prepared', v: 1, data: { prepared: made } })
        continue
      }
      const made = await called(task, (limit) => maker.make(prepared, scope, `${mark}/drill/${id}/make`, limit))
      await record(task, drill, { type: 'drill.fault-made', v: 1, data: { at: made.at } })
    } catch (cause) {
      if (signal.aborted) return
      if (!(cause instanceof Fault)) throw cause
      const { code, retry, hint } = cause
      world.log.warn('a drill’s fault was not made', { drill: id, code, failures: failures + 1 })
      if (retry === 'no' || overdue(world, drill.startedAt, makeWithinMs)) {
        const failed: DrillEvent = { type: 'drill.fault-failed', v: 1, data: { code, hint } }
        await record(task, drill, failed, ...stopEvents(drill, { why: 'fault-failed', by: null }))
        return
      }
      const ms = cause.retryAfterMs ?? backoffMs(failures, world.chance.number())
      await world.clock.sleep(ms, signal).catch(() => undefined)
    }
  }
}

/** Takes away what a drill made, until all is as it was or it is known what is not. */
export async function restore(task: FaultTask, id: string): Promise<void> {
  const { world, maker, mark, signal } = task
  for (let failures = 0; !signal.aborted; ) {
    const drill = await loadDrill(world, id)
    if (drill?.phase !== 'stopping' || drill.restored) return
    const { prepared } = drill
    if (!prepared) return record(task, drill, restored([]))
    let ms = lookAgainMs
    try {
      const key = `${mark}/drill/${id}/clear`
      const { state, left } = await called(task, (limit) => maker.clear(prepared, scopeOfDrill(drill), key, limit))
      if (state !== 'moving')
        return record(
          task,
          drill,
          restored(
            left.map(({ place, wording: words }) => ({ service: place.service, region: place.region, wording: words })),
          ),
        )
      failures = 0
    } catch (cause) {
      if (signal.aborted) return
      if (!(cause instanceof Fault)) throw cause
      world.log.warn('a drill could not be put back', { drill: id, code: cause.code, failures: failures + 1 })
      if (cause.retry === 'no') return record(task, drill, restored(unknown(drill, cause.hint)))
      ms = cause.retryAfterMs ?? backoffMs(failures++, world.chance.number())
    }
    if (overdue(world, drill.stopped?.at ?? null, restoreWithinMs))
      return record(task, drill, restored(unknown(drill, wording('drill.left-unknown'))))
    await world.clock.sleep(ms, signal).catch(() => undefined)
  }
}

const restored = (left: readonly Left[]): DrillEvent => ({
  type: 'drill.restored',
  v: 1,
  data: { ok: left.length === 0, left },
})

/** Nobody can say how it stands there. */
const unknown = ({ prepared }: Drill, why: Left['wording']): readonly Left[] =>
  (prepared?.places ?? []).map(({ service, region }) => ({ service, region, wording: why }))

function overdue({ clock }: World, since: string | null, withinMs: number): boolean {
  return since !== null && clock.now().since(since).total('milliseconds') >= withinMs
}

const called = <T>({ world, signal }: FaultTask, call: (limit: AbortSignal) => Promise<T>): Promise<T> =>
  withDeadline(world.clock, callTimeoutMs, signal, call).catch((cause: unknown) => {
    // Whether it happened nobody knows: each of them can be asked for again.
    const late = cause instanceof DOMException && cause.name === 'TimeoutError'
    throw late ? new Fault({ code: 'drill.late', retry: 'check', hint: wording('drill.late'), cause }) : cause
  })

/** On top of exactly this state; whoever was faster is right. */
async function record({ world }: FaultTask, drill: Drill, ...events: readonly DrillEvent[]): Promise<void> {
  const appended = await world.ledger.append([drillWrite(drill, ...events)], {
    at: nowOf(world),
    actor: astern,
    config: world.config().digest,
  })
  const last = appended.status === 'appended' ? appended.events.at(-1) : null
  if (last) await world.caughtUp(last.position)
}
