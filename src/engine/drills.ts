import { scoredEvents, stopWrites } from '../app/drill-end.ts'
import { drillWrite, factsFor, loadDrill, openDrillOf, planNext, slotAfter, startedEvent } from '../app/drills.ts'
import { ledgerMark } from '../app/mark.ts'
import { nowOf, type World } from '../app/world.ts'
import type { Config } from '../config/config.ts'
import { astern } from '../core/actor.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import type { DrillEvent } from '../core/drill/events.ts'
import { nextOf } from '../core/drill/next.ts'
import type { Drill } from '../core/drill/state.ts'
import type { EventType } from '../core/event.ts'
import type { Alarm } from '../ports/alarm.ts'
import type { FaultMaker } from '../ports/fault-maker.ts'
import type { Write } from '../ports/ledger.ts'
import { nap } from '../ports/nap.ts'
import { drillEvents } from '../projection/drills.ts'
import { backoffMs } from './backoff.ts'
import { makeFault, restore } from './drill-fault.ts'

/** However far the next drill is: windows of freezes come nearer without an event. */
const longestMs = 60 * 60_000
/** Of what happens at once only the last is looked at. */
const gatherMs = 200
/** What can make something due before its time. In a storm of alerts nothing else is worth a look. */
const movers = [
  'freeze.set',
  'freeze.lifted',
  'calendar.imported',
  'incident.opened',
  'incident.closed',
  'rollback.ended',
  ...drillEvents,
] as const satisfies readonly EventType[]
/** What could not be planned or moved is tried again. */
const stuckMs = 10 * 60_000

interface Task {
  readonly what: 'break' | 'restore'
  readonly stop: AbortController
  readonly done: Promise<void>
}

/**
 * Plans drills, announces, moves, begins and ends them, by the ledger alone: timers and alarms only wake. Every step is one append on top
 * of exactly the state it was decided from, so that a restart or a second process does nothing twice.
 */
export class Drills {
  readonly #world: World
  readonly #maker: FaultMaker
  readonly #alarm: Alarm | null
  readonly #signal: AbortSignal
  readonly #tasks = new Map<string, Task>()
  #alarms: { readonly of: Config; readonly off: readonly (() => void)[] } | null = null
  #wake: () => void = () => undefined
  /** Something came to the ledger; something else happened. */
  #dirty = false
  #poked = true
  /** Up to where the ledger was looked at, and until when nothing is due by that. */
  #seen = 0
  #until: Temporal.Instant | null = null

  constructor(world: World, maker: FaultMaker, alarm: Alarm | undefined, signal: AbortSignal) {
    this.#world = world
    this.#maker = maker
    this.#alarm = alarm ?? null
    this.#signal = signal
  }

  /** Until the signal aborts. What it leaves is picked up by the next start. */
  async run(): Promise<void> {
    const { ledger, clock, chance, log } = this.#world
    const stop = ledger.follow(() => {
      if (this.#dirty) return
      this.#dirty = true
      this.#wake()
    }, deliveryEvents)
    for (let failures = 0; !this.#signal.aborted; ) {
      this.#dirty = false
      let ms: number
      try {
        this.#setAlarms()
        ms = await this.#look()
        failures = 0
      } catch (cause) {
        if (this.#signal.aborted) break
        log.error('drills', {}, cause)
        // What came meanwhile was not looked at.
        this.#poked = true
        ms = backoffMs(failures++, chance.number())
      }
      if (this.#poked && failures === 0) continue
      const rest = nap(clock, this.#dirty ? Math.min(ms, gatherMs) : Math.max(1, ms), this.#signal)
      this.#wake = rest.wake
      await rest.over
    }
    stop()
    for (const off of this.#alarms?.off ?? []) off()
    for (const task of this.#tasks.values()) task.stop.abort()
    await Promise.allSettled([...this.#tasks.values()].map(({ done }) => done))
  }

  /** Something changed that is in no event: look now. */
  poke(): void {
    this.#poked = true
    this.#wake()
  }

  /** Answers in how many milliseconds to look again. */
  async #look(): Promise<number> {
    const { ledger, config, desk, clock } = this.#world
    const { drills } = config()
    const poked = this.#poked
    this.#poked = false
    // Most know of none: they are asked nothing more.
    if (drills.size === 0 && desk.drills().every(({ phase }) => phase === 'ended')) return longestMs
    const { position } = await ledger.head()
    if (!poked && this.#until && Temporal.Instant.compare(clock.now(), this.#until) < 0) {
      const moved = await ledger.read(this.#seen, 1, movers)
      if (moved.length === 0) {
        this.#seen = position
        return clock.now().until(this.#until).total('milliseconds')
      }
    }
    await this.#world.caughtUp(position)
    this.#seen = position
    let next = longestMs
    for (const scenario of drills.values()) {
      if (openDrillOf(this.#world, scenario.name)) continue
      if ((await planNext(this.#world, scenario)) === null) next = Math.min(next, stuckMs)
    }
    for (const { id, phase } of desk.drills()) {
      if (phase === 'ended') continue
      const until = await this.#drive(id)
      if (until !== null) next = Math.min(next, clock.now().until(until).total('milliseconds'))
    }
    this.#until = clock.now().add({ milliseconds: Math.max(1, Math.ceil(next)) })
    return next
  }

  /** One drill, as far as it goes now. Answers when to look again; null: when something happens. */
  async #drive(id: string): Promise<Temporal.Instant | null> {
    const { clock, log } = this.#world
    for (;;) {
      const drill = await loadDrill(this.#world, id)
      if (!drill || this.#signal.aborted) return null
      const due = nextOf(drill, await factsFor(this.#world, drill))
      switch (due.do) {
        case 'wait':
          return due.until === null ? null : Temporal.Instant.from(due.until)
        case 'announce':
          await this.#append(drill, { type: 'drill.announced', v: 1, data: { notice: due.notice } })
          break
        case 'move': {
          const slot = slotAfter(this.#world, drill, due.why)
          if (!slot) {
            log.warn('no day is free for a drill', { drill: id, scenario: drill.scenario })
            return clock.now().add({ milliseconds: stuckMs })
          }
          await this.#append(drill, { type: 'drill.moved', v: 1, data: { ...slot, by: null } })
          break
        }
        case 'start': {
          const scenario = this.#world.config().drills.get(drill.scenario)
          if (scenario) await this.#append(drill, startedEvent(scenario, null))
          break
        }
        case 'stop': {
          const { why, incident } = due
          await this.#write(await stopWrites(this.#world, drill, { why, by: null, ...(incident && { incident }) }))
          break
        }
        case 'break':
          this.#launch(id, 'break')
          // Real things stop it, and so does time, while its fault is being made.
          return Temporal.Instant.from(drill.startedAt ?? nowOf(this.#world)).add({ milliseconds: drill.lengthMs })
        case 'restore':
          this.#launch(id, 'restore')
          return null
        case 'end':
          await this.#append(drill, ...(await scoredEvents(this.#world, drill)), {
            type: 'drill.ended',
            v: 1,
            data: { started: true },
          })
          break
      }
    }
  }

  /** Never both at once: nothing is made any more while it is taken away. */
  #launch(id: string, what: Task['what']): void {
    const before = this.#tasks.get(id)
    if (before?.what === what) return
    before?.stop.abort()
    const own = new AbortController()
    const signal = AbortSignal.any([this.#signal, own.signal])
    const { clock, chance, log } = this.#world
    const work = async () => {
      await before?.done
      for (let failures = 0; !signal.aborted; failures++) {
        try {
          const task = { world: this.#world, maker: this.#maker, mark: await ledgerMark(this.#world), signal }
          return await (what === 'break' ? makeFault(task, id) : restore(task, id))
        } catch (cause) {
          if (signal.aborted) return
          log.error('drill', { drill: id, what }, cause)
          await clock.sleep(backoffMs(failures, chance.number()), signal).catch(() => undefined)
        }
      }
    }
    const done = work().finally(() => {
      if (this.#tasks.get(id)?.stop === own) this.#tasks.delete(id)
      this.poke()
    })
    this.#tasks.set(id, { what, stop: own, done })
  }

  #append(drill: Drill, ...events: readonly DrillEvent[]): Promise<void> {
    return this.#write([drillWrite(drill, ...events)])
  }

  /** Decided from exactly these versions; a lost race is decided anew. */
  async #write(writes: readonly Write[]): Promise<void> {
    const { ledger, config } = this.#world
    const appended = await ledger.append(writes, { at: nowOf(this.#world), actor: astern, config: config().digest })
    const last = appended.status === 'appended' ? appended.events.at(-1) : null
    await this.#world.caughtUp(last?.position ?? (await ledger.head()).position)
  }

  /** Rings when a drill of each scenario may begin. */
  #setAlarms(): void {
    const config = this.#world.config()
    if (!this.#alarm || this.#alarms?.of === config) return
    for (const off of this.#alarms?.off ?? []) off()
    const alarm = this.#alarm
    const off = [...config.drills.values()].map(({ habit: { at, weekdays, timeZone } }) => {
      const [hours = '0', minutes = '0'] = at.split(':')
      return alarm(`${Number(minutes)} ${Number(hours)} * * ${weekdays.join(',')}`, timeZone, () => this.poke())
    })
    this.#alarms = { of: config, off }
  }
}
