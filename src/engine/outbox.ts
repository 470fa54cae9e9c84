import { commit, write } from '../app/commit.ts'
import { filledCards } from '../app/filled.ts'
import { askForPostMortem, ownerOf } from '../app/follow-ups.ts'
import { loadIncident } from '../app/load.ts'
import { ledgerMark } from '../app/mark.ts'
import { posting } from '../app/posting.ts'
import type { Posting } from '../app/rows.ts'
import { type Spec, wish } from '../app/wants.ts'
import type { World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import { digestOf, type Json } from '../core/canonical.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import { Fault } from '../core/fault.ts'
import { incidentStream } from '../core/incident/state.ts'
import type { Chat, ChatCan, MessageRef } from '../ports/chat.ts'
import { withDeadline } from '../ports/deadline.ts'
import { nap } from '../ports/nap.ts'
import type { OutboxRow } from '../ports/store.ts'
import { backoffMs } from './backoff.ts'

const turns = new Set([
  'rollback.approved',
  'rollback.approval-voided',
  'rollback.acted-at-once',
  'rollback.glass-broken',
  'rollback.reviewed',
  'rollback.rejected',
  'rollback.expired',
  'rollback.abort-asked',
  'rollback.ended',
])
/** Where nothing waits, rows are looked at this often all the same. */
const idleMs = 60_000
/** Moments that come together are told together. */
const gatherMs = 2_000
const sendTimeoutMs = 20_000
/** A long text is written line by line, at the platform's rate: cut short, it would begin anew each time and never be done. */
const documentTimeoutMs = 300_000
/** What a platform refuses for good (a channel that is archived, a missing right) is tried again this seldom. */
const refusedMs = 120_000
/** A conversation is there within that. */
const roomMs = 500
const forgetAfterMs = 600_000

/** Keeps what is said in chat in step with the ledger: one sender a row, coalesced, caught up after any trouble. */
export class Outbox {
  readonly #world: World
  readonly #notBefore = new Map<string, number>()
  readonly #busy = new Set<string>()
  readonly #sends = new Set<Promise<void>>()
  /** Conversations that are being made: whatever else is to stand there waits until it is known where. */
  readonly #opening = new Set<string>()
  #mark = ''
  #wake: () => void = () => undefined
  #dirty = false

  constructor(world: World) {
    this.#world = world
  }

  /** Reads new events, wishes what follows from them and sends what is due, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const stops = [
      this.#world.ledger.follow(() => this.poke(), deliveryEvents),
      // Some things are wished for by a command that leaves no event.
      this.#world.store.outbox.follow(() => this.poke()),
    ]
    for (let failures = 0; !signal.aborted; ) {
      this.#dirty = false
      try {
        this.#mark ||= await ledgerMark(this.#world)
        await this.#wishAll()
        const nextMs = this.#sendDue(signal)
        failures = 0
        if (!this.#dirty) await this.#rest(nextMs, signal)
      } catch (cause) {
        if (signal.aborted) break
        this.#world.log.error('outbox', {}, cause)
        await this.#rest(backoffMs(failures++, this.#world.chance.number()), signal)
      }
    }
    for (const stop of stops) stop()
    await Promise.allSettled(this.#sends)
  }

  /** Something changed: look now. */
  poke(): void {
    this.#dirty = true
    this.#wake()
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    const { over, wake } = nap(this.#world.clock, ms, signal)
    this.#wake = wake
    await over
  }

  async #wishAll(): Promise<void> {
    const { ledger, store } = this.#world
    for (;;) {
      const events = await ledger.read(store.outbox.cursor(), 500)
      const last = events.at(-1)
      if (!last) return
      await this.#world.caughtUp(last.position)
      wish(this.#world, events, (key) => this.#busy.has(key))
      for (const { event, stream } of events) if (turns.has(event.type)) this.#turned(stream.slice('rollback/'.length))
    }
  }

  /** A turn people wait for is shown at once. */
  #turned(rollback: string): void {
    for (const chat of this.#world.chats.keys()) this.#notBefore.delete(`${chat}/card:${rollback}`)
  }

  /** Starts every row that is due; answers in how many milliseconds to look again. */
  #sendDue(signal: AbortSignal): number {
    const now = this.#world.clock.monotonicMs()
    const moves = this.#world.desk.unfinished().length > 0 || filledCards(this.#world).length > 0
    let nextMs = moves ? idleMs / 4 : idleMs
    this.#forget(now)
    // Rows that wait for another try must not keep others from being seen.
    for (const row of [...this.#world.store.outbox.due(200 + this.#notBefore.size), ...this.#quiet(now)]) {
      if (this.#busy.has(row.key)) continue
      // What failed may have been more than progress.
      const lazy = (row.spec as unknown as { lazy?: true }).lazy === true && row.failures === 0
      const at = (this.#notBefore.get(row.key) ?? this.#first(row, now)) + (lazy ? this.#canOf(row).lazyMs : 0)
      if (at > now) {
        nextMs = Math.min(nextMs, at - now)
        continue
      }
      this.#busy.add(row.key)
      const send = this.#send(row, signal).finally(() => {
        this.#busy.delete(row.key)
        this.#sends.delete(send)
        this.poke()
      })
      this.#sends.add(send)
    }
    return nextMs
  }

  /** Cards on which nothing moved for a while: their clock runs on, and they go on saying what is waited for. */
  #quiet(now: number): OutboxRow[] {
    const { chats, desk, store } = this.#world
    return [...desk.unfinished().map((id) => `card:${id}`), ...filledCards(this.#world)]
      .flatMap((key) => [...chats.keys()].map((chat) => store.outbox.get(`${chat}/${key}`)))
      .filter((row) => row !== null)
      .filter((row) => {
        const { tickMs } = this.#canOf(row)
        if (tickMs === null || row.delivered !== row.wanted) return false
        return (this.#notBefore.get(row.key) ?? 0) + tickMs <= now
      })
  }

  #canOf({ chat }: OutboxRow): Pick<ChatCan, 'lazyMs' | 'tickMs'> {
    return this.#world.chats.get(chat)?.can ?? { lazyMs: 0, tickMs: null }
  }

  #forget(now: number): void {
    for (const [key, at] of this.#notBefore)
      if (at < now - forgetAfterMs && !this.#busy.has(key)) this.#notBefore.delete(key)
  }

  #first(row: OutboxRow, now: number): number {
    const { view } = row.spec as unknown as Spec
    const at = view === 'moments' && !row.sending ? now + gatherMs : now
    this.#notBefore.set(row.key, at)
    return at
  }

  async #send(row: OutboxRow, signal: AbortSignal): Promise<void> {
    const { store, clock, log, chance } = this.#world
    const chat = this.#world.chats.get(row.chat)
    const later = (ms: number) => this.#notBefore.set(row.key, clock.monotonicMs() + ms)
    if (!chat) return void later(60_000)
    try {
      const due = await posting(this.#world, row, signal)
      if (due === 'later') return void later(500)
      const position = Math.max(row.wanted, store.outbox.cursor())
      if (due === 'never') {
        store.outbox.delivered(row.key, { position, digest: row.digest ?? '', ref: row.ref })
        return
      }
      const digest = digestOf(due.view as unknown as Json)
      if (digest !== row.digest) {
        const opened = due.room.kind === 'incident' ? due.room.key : null
        if (opened !== null && this.#opening.has(opened)) return void later(roomMs)
        const ref = await this.#standing(chat, row, due, opened, signal)
        store.outbox.delivered(row.key, { position: row.wanted, digest, ref: ref as unknown as Json })
      } else store.outbox.delivered(row.key, { position: row.wanted, digest, ref: row.ref })
      later(chat.can.updateEveryMs)
    } catch (cause) {
      if (signal.aborted) return
      const fault = cause instanceof Fault ? cause : null
      // A full disk is nothing that the platform refused.
      const refused = fault?.retry === 'no' && !fault.code.startsWith('ledger.')
      const againMs = refused ? refusedMs : backoffMs(row.failures, chance.number())
      // Before what may fail as well: without it the row would be due at once, for ever.
      later(fault?.retryAfterMs ?? againMs)
      this.#failed(row)
      log.warn('chat did not take a message', { key: row.key, code: fault?.code ?? 'bug', failures: row.failures + 1 })
      if (!fault) log.error('outbox', { key: row.key }, cause)
    }
  }

  /** Counts a failure, where the disk takes it. */
  #failed(row: OutboxRow): void {
    try {
      this.#world.store.outbox.failed(row.key)
    } catch (cause) {
      this.#world.log.error('outbox', { key: row.key }, cause)
    }
  }

  /** Sent or updated, and what follows from that recorded. */
  async #standing(
    chat: Chat,
    row: OutboxRow,
    due: Exclude<Posting, string>,
    opened: string | null,
    signal: AbortSignal,
  ): Promise<MessageRef> {
    const limitMs = due.view.kind === 'document' ? documentTimeoutMs : sendTimeoutMs
    if (opened !== null) this.#opening.add(opened)
    try {
      const ref = await withDeadline(this.#world.clock, limitMs, signal, (limit) =>
        this.#deliver(chat, row, due, limit),
      )
      // Before the row is done with: a crash in between finds the message again, and comes back to this.
      await this.#after(chat, row, due, ref)
      return ref
    } finally {
      if (opened !== null) this.#opening.delete(opened)
    }
  }

  /** Updates what stands; else looks for what a crash or a lost answer left behind; else sends. */
  async #deliver(chat: Chat, row: OutboxRow, due: Exclude<Posting, string>, signal: AbortSignal): Promise<MessageRef> {
    const ref = row.ref as unknown as MessageRef | null
    if (ref) return chat.update(ref, due.view, signal)
    const key = `${this.#mark}/${row.key}`
    if (row.sending) {
      const found = await chat.find(due.room, key, signal)
      if (found) return (row.spec as unknown as Spec).view === 'moments' ? found : chat.update(found, due.view, signal)
    }
    await this.#world.store.outbox.sending(row.key)
    return chat.send(due.room, due.view, key, signal)
  }

  async #after(chat: Chat, row: OutboxRow, due: Exclude<Posting, string>, ref: MessageRef): Promise<void> {
    const spec = row.spec as unknown as Spec
    if (spec.view === 'post-mortem') await this.#ask(spec.incident, ref)
    if (spec.view !== 'rollback' && spec.view !== 'incident') return
    const incident = spec.view === 'incident' ? spec.id : spec.incident
    if (this.#world.desk.incident(incident)?.rooms.some((room) => room.chat === row.chat)) return
    await commit<never>(this.#world, { actor: astern, dedupe: `room:${incident}:${row.chat}` }, async () => {
      const state = await loadIncident(this.#world, incident)
      if (!state || state.rooms.some((room) => room.chat === row.chat)) return []
      const own = due.room.kind === 'incident' || (state.home === 'channel' && chat.can.rooms)
      const data = { chat: row.chat, channel: ref.channel, own }
      return [write(incidentStream(incident), state.version, { type: 'incident.room-opened', v: 1, data })]
    })
  }

  async #ask(incident: string, ref: MessageRef): Promise<void> {
    const state = await loadIncident(this.#world, incident)
    if (!state || state.postMortem) return
    const owner = ownerOf(this.#world, state)
    if (owner !== null) await askForPostMortem(this.#world, incident, owner, ref.link ?? null)
  }
}
