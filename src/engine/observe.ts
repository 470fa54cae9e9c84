import { commit, write } from '../app/commit.ts'
import type { World } from '../app/world.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { astern } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import type { ReleaseEvent } from '../core/release/events.ts'
import type { Release } from '../core/release/release.ts'

const settleMs = 300

/** Keeps in the ledger what was on each target, so that a pruned release can still be a candidate. */
export class Observer {
  readonly #world: World
  readonly #due = new Set<string>()
  readonly #signal: AbortSignal
  #running: Promise<void> | null = null

  constructor(world: World, signal: AbortSignal) {
    this.#world = world
    this.#signal = signal
  }

  /** Something changed at a target: look at it soon, once for many changes. */
  changed(targetId: string): void {
    this.#due.add(targetId)
    this.#begin()
  }

  #begin(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = null
      if (this.#due.size > 0 && !this.#signal.aborted) this.#begin()
    })
  }

  async settle(): Promise<void> {
    await this.#running
  }

  async #work(): Promise<void> {
    while (this.#due.size > 0 && !this.#signal.aborted) {
      await this.#world.clock.sleep(settleMs, this.#signal).catch(() => undefined)
      const batch = [...this.#due]
      this.#due.clear()
      const configured = [...this.#world.config().connections.values()].flatMap(({ targets }) => targets)
      const byId = new Map(configured.map((target) => [target.id, target]))
      for (const id of batch) await this.#look(id, byId.get(id))
    }
  }

  async #look(id: string, target: ConfiguredTarget | undefined): Promise<void> {
    const handle = this.#world.estate().target(id)
    if (!target || !handle || this.#signal.aborted) return
    try {
      const [snapshot, history] = await Promise.all([handle.read(this.#signal), handle.history(20, this.#signal)])
      if (snapshot.stale) return
      const healthy =
        snapshot.pods.wanted > 0 &&
        snapshot.pods.ready >= snapshot.pods.wanted &&
        snapshot.pods.updated >= snapshot.pods.wanted
      const events = this.#news(target, snapshot.release, history, healthy)
      if (events.length === 0) return
      await commit<never>(this.#world, { actor: astern }, async () => [write(`releases/${id}`, 'any', ...events)])
    } catch (cause) {
      if (this.#signal.aborted) return
      this.#world.log.warn('target could not be observed', {
        target: id,
        code: cause instanceof Fault ? cause.code : 'bug',
      })
      if (!(cause instanceof Fault)) this.#world.log.error('observer', { target: id }, cause)
    }
  }

  #news(target: ConfiguredTarget, current: Release, history: readonly Release[], healthy: boolean): ReleaseEvent[] {
    const past = this.#world.desk.past(target.id)
    const { ref } = target
    const events: ReleaseEvent[] = []
    for (const release of [...history].reverse().concat(current)) {
      const known = past.releases.get(release.id)
      const resolved = release.images.some(
        (image) =>
          image.digest && known?.images.find((other) => other.container === image.container)?.digest !== image.digest,
      )
      if (!known || resolved) events.push({ type: 'release.seen', v: 1, data: { target: ref, release } })
    }
    if (past.spans.at(-1)?.id !== current.id)
      events.push({ type: 'release.became-current', v: 1, data: { target: ref, id: current.id } })
    if (healthy && past.releases.get(current.id)?.available !== true)
      events.push({ type: 'release.became-available', v: 1, data: { target: ref, id: current.id } })
    return events
  }
}
