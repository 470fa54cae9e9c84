import type { World } from '../app/world.ts'
import { Fault } from '../core/fault.ts'
import type { Evidence } from '../core/release/release.ts'
import type { Place } from '../core/rollback/events.ts'
import { type ChangeStep, targetId } from '../core/rollback/plan.ts'
import type { StepState } from '../core/rollback/state.ts'
import type { Change, Receipt, Settlement, Target } from '../ports/effector.ts'
import { wording } from '../text/say.ts'
import { backoffMs } from './backoff.ts'
import type { Claim } from './claim.ts'

/** How a step came out, when it did not settle. */
interface Failed {
  readonly code: string
  readonly at: Place
  readonly seen: readonly Evidence[]
}

export interface StepSignals {
  /** Aborts when the step's time is over. */
  readonly deadline: AbortSignal
  /** Aborts a little later: for a last look at where it stands. */
  readonly last: AbortSignal
  /** Aborts when this process must stop without an outcome. */
  readonly stop: AbortSignal
}

/**
 * Carries one change to its end: apply at most once, then follow until it settles, fails or its deadline passes. `state` is what
 * the ledger holds: a step that was started before, by a process that died, is recalled before anything is repeated.
 */
export class ChangeRun {
  readonly #world: World
  readonly #claim: Claim
  readonly #step: ChangeStep
  readonly #change: Change
  #told = ''

  constructor(world: World, claim: Claim, step: ChangeStep) {
    this.#world = world
    this.#claim = claim
    this.#step = step
    this.#change = step.change as unknown as Change
  }

  async run(state: StepState, resumed: boolean, signals: StepSignals): Promise<void> {
    const receipt = state.receipt ?? (await this.#applied(state.key ?? '', resumed, signals))
    if (signals.stop.aborted) return
    if (!('data' in receipt)) return this.#fail(receipt)
    if (!state.receipt) await this.#claim.append({ type: 'step.applied', v: 1, data: { step: this.#step.id, receipt } })
    await this.#follow(receipt, state.startedAt ?? receipt.at, signals)
  }

  async #applied(key: string, resumed: boolean, { deadline, last, stop }: StepSignals): Promise<Receipt | Failed> {
    const signal = AbortSignal.any([deadline, stop])
    let ask = resumed
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const target = this.#handle()
        if (ask) {
          const known = await target.recall(this.#change, key, signal)
          if (known === 'unknown')
            return { code: 'outcome-unknown', at: 'elsewhere', seen: [seen('step.outcome-unknown')] }
          if (known !== 'never') return known
          ask = false
        }
        return await target.apply(this.#change, key, signal)
      } catch (cause) {
        if (stop.aborted || signal.aborted) break
        const fault = faultOf(cause)
        if (fault.retry === 'no') return { code: fault.code, at: ask ? 'elsewhere' : 'from', seen: [seenFault(fault)] }
        ask ||= fault.retry === 'check'
        await this.#retryLater(fault, failures, signal)
      }
    }
    return this.#lastWord(key, last, stop)
  }

  /** The deadline passed while nobody knew whether the effect happened: asks once more, with a little time of its own. */
  async #lastWord(key: string, last: AbortSignal, stop: AbortSignal): Promise<Receipt | Failed> {
    if (stop.aborted) return { code: 'stopped', at: 'from', seen: [] }
    try {
      const known = await this.#handle().recall(this.#change, key, last)
      if (known !== 'never' && known !== 'unknown') return known
      return { code: 'step.overdue', at: known === 'never' ? 'from' : 'elsewhere', seen: [] }
    } catch (cause) {
      return { code: 'step.overdue', at: 'elsewhere', seen: [seenFault(faultOf(cause))] }
    }
  }

  /** A look that began in time may end a little after it, so that what still moves can be told. */
  async #follow(receipt: Receipt, startedAt: string, { deadline, last, stop }: StepSignals): Promise<void> {
    const signal = AbortSignal.any([deadline, stop])
    let now: Settlement = { state: 'moving', at: 'between', seen: [] }
    let failures = 0
    do {
      try {
        now = await this.#handle().settled(this.#change, receipt, last)
        failures = 0
      } catch (cause) {
        if (stop.aborted) return
        const fault = faultOf(cause)
        if (fault.retry === 'no') return this.#fail({ code: fault.code, at: now.at, seen: [seenFault(fault)] })
        if (!last.aborted) now = { ...now, seen: [seenFault(fault)] }
        await this.#retryLater(fault, failures++, signal)
        continue
      }
      if (now.state === 'settled') return this.#settle(startedAt, now.seen)
      if (now.state === 'failed') {
        const code = now.at === 'elsewhere' ? 'target.changed-by-another' : 'target.failed'
        return this.#fail({ code, at: now.at, seen: now.seen })
      }
      await this.#tell(now.seen, now.progress)
    } while (!signal.aborted)
    if (!stop.aborted) await this.#fail({ code: 'step.overdue', at: now.at, seen: now.seen })
  }

  #handle(): Target {
    // Asked each time: after a start its connection opens a moment later, and a reload opens another one.
    const target = this.#world.estate().target(targetId(this.#step.target))
    if (target) return target
    throw new Fault({ code: 'target.unconnected', retry: 'yes', hint: wording('target.unconnected') })
  }

  async #retryLater(fault: Fault, failures: number, signal: AbortSignal): Promise<void> {
    const { clock, chance } = this.#world
    await this.#tell([seenFault(fault)])
    await clock.sleep(fault.retryAfterMs ?? backoffMs(failures, chance.number()), signal).catch(() => undefined)
  }

  /** Says where it stands, once for each thing there is to say. */
  async #tell(seen: readonly Evidence[], progress?: { readonly done: number; readonly of: number }): Promise<void> {
    const words = JSON.stringify([seen.map((evidence) => evidence.wording), progress])
    if (words === this.#told) return
    this.#told = words
    const data = { step: this.#step.id, seen, ...(progress && { progress }) }
    await this.#claim.append({ type: 'step.progressed', v: 1, data })
  }

  async #settle(startedAt: string, evidence: readonly Evidence[]): Promise<void> {
    const tookMs = this.#world.clock.now().since(Temporal.Instant.from(startedAt)).total('milliseconds')
    const data = { step: this.#step.id, tookMs: Math.max(0, Math.round(tookMs)), seen: evidence }
    await this.#claim.append({ type: 'step.settled', v: 1, data })
  }

  async #fail(failed: Failed): Promise<void> {
    await this.#claim.append({ type: 'step.failed', v: 1, data: { step: this.#step.id, ...failed } })
  }
}

const seen = (code: 'step.outcome-unknown'): Evidence => ({ code, wording: wording(code) })
const seenFault = (fault: Fault): Evidence => ({ code: fault.code, wording: fault.hint })

function faultOf(cause: unknown): Fault {
  return cause instanceof Fault
    ? cause
    : new Fault({ code: 'adapter.bug', retry: 'check', hint: wording('step.adapter-bug'), cause })
}
