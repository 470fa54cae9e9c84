import { receiveAlerts } from '../app/alerts.ts'
import { refused } from '../app/chosen.ts'
import type { Command, Input, Reply } from '../app/command.ts'
import { commit, write } from '../app/commit.ts'
import { mark } from '../app/notes.ts'
import { renderHome } from '../app/render.ts'
import { understood } from '../app/sentence.ts'
import { wantHome } from '../app/wants.ts'
import { languageOf, type Who, whoIs } from '../app/who.ts'
import { nowOf, type World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import type { Delivery } from '../core/delivery/delivery.ts'
import { Fault } from '../core/fault.ts'
import { nearest } from '../core/nearest.ts'
import { withDeadline } from '../ports/deadline.ts'
import { plain, say, sayWording } from '../text/say.ts'
import { note } from '../view/incident.ts'
import { answer } from './answering.ts'
import { backoffMs } from './backoff.ts'
import { Decided, isNothing } from './decided.ts'

const patienceMs = 30_000
const cursorName = 'deliveries'
/** So many events a start reads again at most, so that the cursor need not be written at each. */
const mostBehind = 500
/** So many run at a time, so that acknowledging what comes meanwhile never waits for more than that. */
const mostAtOnce = 8
/** Who has run so long waits for others, and no longer counts. */
const briefMs = 100

interface Taken {
  readonly delivery: Delivery
  readonly position: number
}

/** Takes what the chats deliver: durable first, then run; what a crash left without an outcome is run again. */
export class Deliveries {
  readonly #world: World
  readonly #commands: readonly Command[]
  readonly #signal: AbortSignal
  readonly #pending = new Map<string, number>()
  /** Left by a process that died: their answer may have been sent. */
  readonly #resumed = new Set<string>()
  readonly #decided: Decided
  readonly #running = new Set<Promise<void>>()
  /** Taken and not begun: all of a moment are acknowledged before the first of them is run. */
  #taken: Taken[] = []
  /** How many of them are begun. */
  #begun = 0
  /** Begun lately, and not over. */
  #brief = 0
  #wave = 0
  #held = false
  /** Up to where the ledger's followers were told. */
  #told = 0
  /** The cursor as it is kept. */
  #kept = 0

  constructor(world: World, commands: readonly Command[], signal: AbortSignal) {
    this.#world = world
    this.#commands = commands
    this.#signal = signal
    this.#decided = new Decided(world)
    const stop = world.ledger.follow(({ position }) => {
      this.#told = position
      this.#begin()
    })
    signal.addEventListener('abort', stop, { once: true })
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Resolves when the delivery is in the ledger; a second time with the same id does nothing, but for a form that came to nothing. */
  async receive(delivery: Delivery): Promise<void> {
    const { id } = delivery
    const mine = !this.#pending.has(id)
    // From before it is durable, so that the cursor never passes it.
    if (mine) this.#pending.set(id, 0)
    const taken = await this.#take(delivery).catch((cause: unknown) => {
      if (mine) this.#pending.delete(id)
      throw cause
    })
    if (taken === null) {
      if (mine) this.#pending.delete(id)
      if (await this.#cameToNothing(delivery)) await this.receive({ ...delivery, id: `${id}+` })
      return
    }
    this.#pending.set(id, taken)
    this.#taken.push({ delivery, position: taken })
    if (taken <= this.#told) this.#begin()
  }

  #begin(): void {
    while (this.#brief < mostAtOnce && this.#begun < this.#taken.length) {
      const { delivery, position } = this.#taken[this.#begun++] as Taken
      const wave = this.#wave
      this.#brief += 1
      this.#dispatch(delivery, position, () => {
        if (wave === this.#wave) this.#brief -= 1
        this.#begin()
      })
    }
    if (this.#begun === this.#taken.length) {
      this.#taken = []
      this.#begun = 0
      return
    }
    if (this.#held) return
    this.#held = true
    const freed = () => {
      this.#held = false
      this.#wave += 1
      this.#brief = 0
      this.#begin()
    }
    this.#world.clock.sleep(briefMs, this.#signal).then(freed, () => undefined)
  }

  /** Its position; null when it is known already. */
  async #take(delivery: Delivery): Promise<number | null> {
    const { account } = delivery
    const actor = { kind: 'person' as const, person: this.#world.config().personOf(account), account }
    const appended = await this.#world.ledger.append(
      [write(`delivery/${delivery.id}`, 'any', { type: 'delivery.received', v: 1, data: delivery })],
      { at: nowOf(this.#world), actor, config: this.#world.config().digest, dedupe: `received:${delivery.id}` },
    )
    return appended.status === 'appended' ? (appended.events[0]?.position ?? 0) : null
  }

  /** A form whose acknowledgement was lost stands open still: where she was refused meanwhile, sending it again is another try. */
  async #cameToNothing({ id, deed }: Delivery): Promise<boolean> {
    if (deed.kind !== 'submit') return false
    const known = await this.#world.ledger.stream(`delivery/${id}`)
    return known.some(({ event }) => event.type === 'delivery.handled' && isNothing(event.data.outcome))
  }

  /** Runs again what has no outcome yet, once `ready` resolves; called once at start. */
  async resume(ready: Promise<void>): Promise<void> {
    const { ledger, store } = this.#world
    const { position: head } = await ledger.head()
    let after = Number(store.values.get(cursorName) ?? 0)
    this.#kept = after
    const open = new Map<string, { delivery: Delivery; position: number }>()
    for (;;) {
      const events = await ledger.read(after, 500, ['delivery.received', 'delivery.handled'])
      for (const { event, position } of events) {
        if (event.type === 'delivery.received') open.set(event.data.id, { delivery: event.data, position })
        if (event.type === 'delivery.handled') open.delete(event.data.id)
      }
      const last = events.at(-1)
      if (!last) break
      after = last.position
    }
    // To the end, not to the last delivery: the next start need not read again what stands between.
    if (open.size === 0) this.#passed(Math.max(after, head))
    for (const { delivery, position } of open.values()) {
      this.#resumed.add(delivery.id)
      // From now on, so that the cursor never passes it.
      this.#pending.set(delivery.id, position)
      void ready.then(() => this.#dispatch(delivery, position))
    }
  }

  /** Waits for what is running. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  #dispatch(delivery: Delivery, position: number, over: () => void = () => undefined): void {
    this.#pending.set(delivery.id, position)
    const run = this.#handle(delivery, position)
      .catch((cause: unknown) => this.#world.log.error('delivery', { delivery: delivery.id }, cause))
      .finally(() => {
        this.#running.delete(run)
        over()
      })
    this.#running.add(run)
  }

  async #handle(delivery: Delivery, position: number): Promise<void> {
    const world = this.#world
    const { id } = delivery
    const run = (signal: AbortSignal) => this.#reply(delivery, position, signal)
    const reply = this.#decided.of(id) ?? (await withDeadline(world.clock, patienceMs, this.#signal, run))
    if (this.#signal.aborted) return
    this.#decided.keep(id, reply)
    await answer(world, delivery, reply, { resumed: this.#resumed.has(id), signal: this.#signal })
    if (!(await this.#record(id, reply.outcome))) return
    this.#decided.drop(id)
    this.#pending.delete(id)
    if (this.#pending.size > 0) return
    const { position: all } = await world.ledger.head()
    if (this.#pending.size === 0) this.#passed(all)
  }

  #passed(position: number): void {
    if (position - this.#kept <= mostBehind) return
    this.#kept = position
    this.#world.store.values.set(cursorName, position)
  }

  /** Until the ledger takes it, or this process stops: the next one then runs the delivery again. */
  async #record(id: string, outcome: string): Promise<boolean> {
    const { clock, chance, log } = this.#world
    for (let failures = 0; !this.#signal.aborted; failures++) {
      try {
        await commit<never>(this.#world, { actor: astern, dedupe: `handled:${id}` }, async () => [
          write(`delivery/${id}`, 'any', { type: 'delivery.handled', v: 1, data: { id, outcome } }),
        ])
        return true
      } catch (cause) {
        if (!(cause instanceof Fault)) throw cause
        log.warn('outcome of a delivery was not recorded', { delivery: id, code: cause.code })
        await clock.sleep(backoffMs(failures, chance.number()), this.#signal).catch(() => undefined)
      }
    }
    return false
  }

  async #reply(delivery: Delivery, position: number, signal: AbortSignal): Promise<Reply> {
    const world = this.#world
    const language = languageOf(world, delivery)
    let asked: Promise<Who> | null = null
    const who = () => {
      asked ??= whoIs(world, delivery, signal)
      return asked
    }
    const input: Input = { world, delivery, language, who, signal }
    try {
      return await this.#run(input, position)
    } catch (cause) {
      if (this.#signal.aborted) return { view: null, outcome: 'interrupted' }
      if (cause instanceof Fault) {
        const hint = plain(sayWording(language, cause.hint))
        const line = say(language, 'refusal.fault', { hint, code: cause.code })
        return { view: note(language, [line]), outcome: `fault:${cause.code}` }
      }
      if (signal.aborted) return { view: note(language, [say(language, 'refusal.slow')]), outcome: 'fault:slow' }
      world.log.error('command', { delivery: delivery.id }, cause)
      return { view: note(language, [say(language, 'refusal.bug', { id: delivery.id })]), outcome: 'fault:bug' }
    }
  }

  async #run(input: Input, position: number): Promise<Reply> {
    const { deed, account } = input.delivery
    switch (deed.kind) {
      case 'home':
        if (input.world.chats.get(account.chat)?.can.home === false)
          return { view: await renderHome(input.world, account, input.language), outcome: 'shown' }
        wantHome(input.world, account, position)
        return { view: null, outcome: 'shown' }
      case 'mark': {
        const { who, delivery, world, signal } = input
        if (!delivery.place) return { view: null, outcome: 'elsewhere' }
        const dedupe = `${delivery.id}:mark`
        const asked = { chat: account.chat, place: delivery.place, message: deed.message, who, dedupe, signal }
        const outcome = await mark(world, asked)
        return outcome.status === 'refused' ? refused(input, outcome.no) : { view: null, outcome: outcome.status }
      }
      case 'alert-message': {
        const { source, alerts } = deed
        await receiveAlerts(input.world, source, { alerts, left: 0 }, `${input.delivery.id}:alerts`)
        return { view: null, outcome: 'taken' }
      }
      case 'account-lost':
        await commit<never>(input.world, { actor: astern, dedupe: `${input.delivery.id}:lost` }, async () => [
          write('accounts', 'any', { type: 'account.lost', v: 1, data: { account } }),
        ])
        return { view: null, outcome: 'noted' }
      case 'press': {
        const press = this.#commands.find((command) => command.presses?.[deed.action])?.presses?.[deed.action]
        return press ? press({ ...input, ...deed }) : refused(input, { refused: 'stale-button' })
      }
      case 'submit': {
        const form = this.#commands.find((command) => command.forms?.[deed.form])?.forms?.[deed.form]
        return form ? form({ ...input, ...deed }) : refused(input, { refused: 'stale-button' })
      }
      case 'command': {
        const meant = understood(deed, this.#commands)
        if (meant) return meant.command.run({ ...input, text: meant.text })
        const names = this.#commands.map(({ name }) => name)
        return refused(input, { refused: 'unknown-command', name: deed.name, nearest: nearest(deed.name, names, 2) })
      }
    }
  }
}
