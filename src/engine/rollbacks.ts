import { commit, write } from '../app/commit.ts'
import { stepsFiredSince } from '../app/fired.ts'
import { loadRollback } from '../app/load.ts'
import { ledgerMark } from '../app/mark.ts'
import { policyNow } from '../app/policy.ts'
import { nowOf, type World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import type { RollbackEvent } from '../core/rollback/events.ts'
import { releases, rollbackStream } from '../core/rollback/lock.ts'
import { next } from '../core/rollback/next.ts'
import type { Step } from '../core/rollback/plan.ts'
import { recheck } from '../core/rollback/recheck.ts'
import { type Rollback, stepState } from '../core/rollback/state.ts'
import { withDeadline } from '../ports/deadline.ts'
import { nap } from '../ports/nap.ts'
import type { Standings } from './alert-step.ts'
import { backoffMs } from './backoff.ts'
import { ChangeRun } from './change-step.ts'
import { runChecks } from './check-step.ts'
import { Claim, Superseded } from './claim.ts'

/** Drives every unfinished rollback: claims it, starts what is due, follows it, ends it. Picks up what a dead process left. */
export class Rollbacks {
  readonly #world: World
  readonly #worker: string
  readonly #alerts: Standings
  readonly #only: string | null
  readonly #drives = new Map<string, () => void>()

  /** `alerts` knows how it stands with what fired. `only`: one rollback, and no other. */
  constructor(world: World, worker: string, alerts: Standings, only: string | null = null) {
    this.#world = world
    this.#worker = worker
    this.#alerts = alerts
    this.#only = only
  }

  /** Until the signal aborts. Resolves when all that was under way has stopped; what it left is resumed by the next start. */
  async run(signal: AbortSignal): Promise<void> {
    const drives = new Set<Promise<void>>()
    const look = () => {
      for (const id of this.#world.desk.unfinished()) {
        if (this.#only !== null && id !== this.#only) continue
        const poke = this.#drives.get(id)
        if (poke) poke()
        else if (!signal.aborted) {
          const drive = this.#drive(id, signal).finally(() => drives.delete(drive))
          drives.add(drive)
        }
      }
    }
    const { ledger, log } = this.#world
    const stop = ledger.follow(({ position }) => {
      this.#world.caughtUp(position).then(look, (cause: unknown) => log.error('ledger could not be read', {}, cause))
    }, deliveryEvents)
    look()
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    stop()
    await Promise.allSettled(drives)
  }

  async #drive(id: string, signal: AbortSignal): Promise<void> {
    const drive = new Drive(this.#world, id, this.#worker, this.#alerts, signal)
    this.#drives.set(id, () => drive.poke())
    const { clock, chance, log } = this.#world
    try {
      for (let failures = 0; !signal.aborted; failures++) {
        try {
          return await drive.run()
        } catch (cause) {
          // For example a full disk: nothing was written, and nothing is lost by trying again.
          if (!signal.aborted) log.error('rollback could not be driven on', { rollback: id }, cause)
          await clock.sleep(backoffMs(failures, chance.number()), signal).catch(() => undefined)
        }
      }
    } finally {
      this.#drives.delete(id)
    }
  }
}

/** After a step's deadline: for the last look at where it stands. */
const graceMs = 6_000

/** One rollback's loop: load, ask the core what is next, do it, wait for something to happen. */
class Drive {
  readonly #world: World
  readonly #id: string
  readonly #worker: string
  readonly #alerts: Standings
  readonly #signal: AbortSignal
  readonly #running = new Map<string, Promise<void>>()
  #claim: Claim | null = null
  #superseded = false
  #failures = 0
  #poked = false
  #wake: () => void = () => undefined

  constructor(world: World, id: string, worker: string, alerts: Standings, signal: AbortSignal) {
    this.#world = world
    this.#id = id
    this.#worker = worker
    this.#alerts = alerts
    this.#signal = signal
  }

  poke(): void {
    this.#poked = true
    this.#wake()
  }

  async run(): Promise<void> {
    try {
      while (!this.#signal.aborted && !this.#superseded) {
        this.#poked = false
        const state = await loadRollback(this.#world, this.#id)
        if (!state || state.phase === 'ended') return
        const due = next(state, nowOf(this.#world))
        if (due.end) await this.#end(state, due.end)
        else if (await this.#begin(state, due.start, due.follow)) continue
        else if (!this.#poked) await this.#rest(due.waitUntil)
      }
    } finally {
      await Promise.allSettled(this.#running.values())
    }
  }

  /** Starts what may start and takes over what was begun. True when the state moved. */
  async #begin(state: Rollback, start: readonly Step[], follow: readonly Step[]): Promise<boolean> {
    const orphans = follow.filter((step) => !this.#running.has(step.id))
    const fresh = start.filter((step) => !this.#running.has(step.id))
    if (orphans.length === 0 && fresh.length === 0) return false
    const voided = recheck(state, policyNow(this.#world, state), (person, since) => this.#lost(person, since))
    if (voided.length > 0) return this.#append(state, voided)
    const claimed: RollbackEvent[] = []
    const epoch = this.#claim?.epoch ?? state.epoch + 1
    if (!this.#claim) claimed.push({ type: 'rollback.claimed', v: 1, data: { worker: this.#worker, epoch } })
    const now = this.#world.clock.now()
    const mark = await ledgerMark(this.#world)
    const started = fresh.map((step): RollbackEvent => {
      const deadlineAt = now.add({ milliseconds: step.deadlineMs }).toString()
      const key = `${mark}/${this.#id}/${step.id}`
      return { type: 'step.started', v: 1, data: { step: step.id, key, deadlineAt, epoch } }
    })
    if (!(await this.#append(state, [...claimed, ...started]))) return true
    this.#claim ??= new Claim(this.#world, this.#id, epoch)
    const now2 = await loadRollback(this.#world, this.#id)
    for (const step of [...fresh, ...orphans]) if (now2) this.#launch(now2, step, orphans.includes(step))
    return true
  }

  #launch(state: Rollback, step: Step, resumed: boolean): void {
    const claim = this.#claim
    if (!claim) return
    const begun = stepState(state, step.id)
    const left = begun.deadlineAt ? this.#world.clock.now().until(Temporal.Instant.from(begun.deadlineAt)) : null
    const leftMs = Math.max(0, left?.total('milliseconds') ?? 0)
    const stop = this.#signal
    const { clock, chance, log } = this.#world
    const run = withDeadline(clock, leftMs + graceMs, stop, (last) =>
      withDeadline(clock, leftMs, stop, (deadline) =>
        step.kind === 'change'
          ? new ChangeRun(this.#world, claim, step).run(begun, resumed, { deadline, last, stop })
          : runChecks(this.#world, claim, state, step, begun, { deadline, last, stop }, this.#alerts),
      ),
    )
      .then(
        () => {
          this.#failures = 0
        },
        async (cause: unknown) => {
          this.#superseded ||= cause instanceof Superseded
          if (this.#superseded || stop.aborted) return
          log.error('step stopped being followed', { rollback: this.#id, step: step.id }, cause)
          await clock.sleep(backoffMs(this.#failures++, chance.number()), stop).catch(() => undefined)
        },
      )
      .finally(() => {
        this.#running.delete(step.id)
        this.poke()
      })
    this.#running.set(step.id, run)
  }

  /** On top of exactly this state; false when somebody was faster. */
  async #append(state: Rollback, events: readonly RollbackEvent[]): Promise<boolean> {
    if (events.length === 0) return true
    const appended = await this.#world.ledger.append([write(rollbackStream(this.#id), state.version, ...events)], {
      at: nowOf(this.#world),
      actor: astern,
      config: this.#world.config().digest,
    })
    return appended.status === 'appended'
  }

  async #end(
    state: Rollback,
    end: Extract<RollbackEvent, { type: 'rollback.ended' }>['data']['ending'] | 'expired',
  ): Promise<void> {
    await commit<never>(this.#world, { actor: astern }, async () => {
      const now = await loadRollback(this.#world, this.#id)
      if (!now || now.version !== state.version) return []
      // Whoever stopped it wants it over.
      const steps = end === 'restored' && !now.abort ? await stepsFiredSince(this.#world, now) : []
      if (steps.length > 0)
        return [
          write(rollbackStream(this.#id), state.version, { type: 'rollback.checks-added', v: 1, data: { steps } }),
        ]
      const event: RollbackEvent =
        end === 'expired'
          ? { type: 'rollback.expired', v: 1, data: {} }
          : { type: 'rollback.ended', v: 1, data: { ending: end } }
      return [
        write(rollbackStream(this.#id), state.version, event),
        ...releases(state).map((release) => write(release.stream, 'any', release.event)),
      ]
    })
  }

  #lost(person: string, since: number): boolean {
    const accounts = this.#world.config().people.get(person)?.accounts ?? []
    return accounts.some((account) => this.#world.desk.accountLostSince(account, since))
  }

  async #rest(until: string | null): Promise<void> {
    const { clock } = this.#world
    const ms = until ? clock.now().until(Temporal.Instant.from(until)).total('milliseconds') : 3_600_000
    const { over, wake } = nap(clock, Math.max(1, ms), this.#signal)
    this.#wake = wake
    await over
  }
}
