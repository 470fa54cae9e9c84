import { write } from '../app/commit.ts'
import { loadPaging, tookMs } from '../app/paging.ts'
import { awakeFor, levelFacts, matterOf } from '../app/paging-facts.ts'
import { nowOf, type World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import type { PagingEvent } from '../core/paging/events.ts'
import { next } from '../core/paging/next.ts'
import { raise } from '../core/paging/raise.ts'
import { isRinging, type Paging, pageKey, pagingStream } from '../core/paging/state.ts'
import { nap } from '../ports/nap.ts'
import { backoffMs } from './backoff.ts'
import { calm, sendPage, type Task } from './page-tasks.ts'

/** One paging's loop: load, ask the core what is due, do it, wait for something to happen. */
export class Ringing {
  readonly #world: World
  readonly #id: string
  readonly #mark: string
  readonly #signal: AbortSignal
  readonly #tasks = new Map<string, Promise<void>>()
  /** Levels that were raised by this process: only it can have sent their pages. */
  readonly #own = new Set<string>()
  readonly #failures = new Map<string, number>()
  #poked = false
  #wake: () => void = () => undefined

  constructor(world: World, id: string, mark: string, signal: AbortSignal) {
    this.#world = world
    this.#id = id
    this.#mark = mark
    this.#signal = signal
  }

  /** Something changed: look now. */
  poke(): void {
    this.#poked = true
    this.#wake()
  }

  /** Until it is over and every pager knows, or the signal aborts. */
  async run(): Promise<void> {
    const { clock, chance, log } = this.#world
    try {
      for (let failures = 0; !this.#signal.aborted; ) {
        this.#poked = false
        try {
          const rest = await this.#step()
          failures = 0
          if (rest === 'over') return
          if (rest !== 'again' && !this.#poked) await this.#rest(rest.until)
        } catch (cause) {
          if (this.#signal.aborted) return
          log.error('paging could not be driven on', { paging: this.#id }, cause)
          await clock.sleep(backoffMs(failures++, chance.number()), this.#signal).catch(() => undefined)
        }
      }
    } finally {
      await Promise.allSettled(this.#tasks.values())
    }
  }

  async #step(): Promise<'over' | 'again' | { readonly until: string | null }> {
    const state = await loadPaging(this.#world, this.#id)
    if (!state) return 'over'
    if (!state.over) {
      const events = await this.#became(state)
      if (events.length > 0) return this.#append(state, events)
    }
    const due = next(state, nowOf(this.#world))
    if (due.raise) {
      const { level } = due.raise
      const facts = await levelFacts(this.#world, state, level)
      this.#own.add(`${state.opening}/${level}`)
      return this.#append(state, [raise(state, due.raise, facts, nowOf(this.#world))])
    }
    // Who answered for something else of the same incident meanwhile is not called again for this.
    const awake = due.send.length > 0 ? await awakeFor(this.#world, state) : []
    for (const page of due.send) {
      if (awake.includes(page.person)) continue
      const key = pageKey(this.#mark, state, page)
      const known = this.#own.has(`${state.opening}/${page.level}`)
      this.#launch(`send ${key}`, (task) => sendPage(task, { state, page, key, perhaps: !known }))
    }
    for (const { sent, as } of due.calm) this.#launch(`${as} ${sent.key}`, (task) => calm(task, sent, as))
    if (state.over && due.calm.length === 0 && this.#tasks.size === 0) return 'over'
    return { until: due.waitUntil }
  }

  /** What the matter itself says: it is over, or somebody does something about it. */
  async #became(state: Paging): Promise<readonly PagingEvent[]> {
    const { over, acted } = await matterOf(this.#world, state)
    const answered: PagingEvent[] =
      acted && isRinging(state)
        ? [
            {
              type: 'page.acknowledged',
              v: 1,
              data: { person: acted, by: 'acted', tookMs: tookMs(this.#world, state) },
            },
          ]
        : []
    return over ? [...answered, { type: 'page.ended', v: 1, data: { over } }] : answered
  }

  /** On top of exactly this state; a lost race is decided anew. */
  async #append(state: Paging, events: readonly PagingEvent[]): Promise<'again'> {
    const appended = await this.#world.ledger.append([write(pagingStream(this.#id), state.version, ...events)], {
      at: nowOf(this.#world),
      actor: astern,
      config: this.#world.config().digest,
    })
    const last = appended.status === 'appended' ? appended.events.at(-1) : null
    if (last) await this.#world.caughtUp(last.position)
    return 'again'
  }

  #launch(name: string, work: (task: Task) => Promise<void>): void {
    if (this.#tasks.has(name)) return
    const { clock, chance, log } = this.#world
    const task = work({ world: this.#world, id: this.#id, signal: this.#signal })
      .then(
        () => void this.#failures.delete(name),
        async (cause: unknown) => {
          if (this.#signal.aborted) return
          // For example a full disk: it is begun again, under the same key.
          log.error('page', { page: name }, cause)
          const failures = this.#failures.get(name) ?? 0
          this.#failures.set(name, failures + 1)
          await clock.sleep(backoffMs(failures, chance.number()), this.#signal).catch(() => undefined)
        },
      )
      .finally(() => {
        this.#tasks.delete(name)
        this.poke()
      })
    this.#tasks.set(name, task)
  }

  async #rest(until: string | null): Promise<void> {
    const { clock } = this.#world
    const ms = until ? clock.now().until(Temporal.Instant.from(until)).total('milliseconds') : 3_600_000
    // A day of sleep is more than a timer may be asked for; it looks again before.
    const { over, wake } = nap(clock, Math.min(Math.max(1, ms), 3_600_000), this.#signal)
    this.#wake = wake
    await over
  }
}
