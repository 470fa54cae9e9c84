import type { AsternEvent, Recorded } from '../../../src/core/event.ts'
import type { Escalation, PagingEvent } from '../../../src/core/paging/events.ts'
import { next } from '../../../src/core/paging/next.ts'
import { type LevelFacts, raise } from '../../../src/core/paging/raise.ts'
import { type Paging, pageKey, pagingFrom } from '../../../src/core/paging/state.ts'

export const at = (clock: string): string => Temporal.Instant.from(`2026-03-02T${clock}Z`).toString()
const minute = 60_000

export const escalation = (more: Partial<Escalation> = {}): Escalation => ({
  acknowledgeMs: 5 * minute,
  delayMs: 0,
  levels: [
    { page: ['on-call'], waitMs: 5 * minute },
    { page: ['owners'], waitMs: 5 * minute },
    { page: ['commander'], waitMs: 5 * minute },
  ],
  repeat: null,
  quiet: null,
  ...more,
})

type People = Readonly<Record<string, readonly string[]>>

/** A paging that a world without I/O drives: what is due is done at once, unless it is told otherwise. */
export class Ringing {
  readonly events: Recorded[] = []
  people: People = { 'on-call': ['tom'], owners: ['tom', 'kai', 'lin'], commander: ['ana'] }
  zones: Readonly<Record<string, string>> = {}
  awake: readonly string[] = []
  /** Whom no pager reaches. */
  lost: readonly string[] = []
  /** While true nothing goes out. */
  down = false
  now: string

  constructor(of: Partial<Escalation> = {}, opened = '09:00:00', about: Paging['about'] = 'incident') {
    this.now = at(opened)
    this.append({
      type: 'page.opened',
      v: 1,
      data: {
        id: 'INC-1',
        about,
        incident: 'INC-1',
        rollback: null,
        service: 'checkout-svc',
        environment: null,
        tier: 'critical',
        escalation: escalation(of),
        awake: [],
      },
    })
  }

  get state(): Paging {
    const state = pagingFrom(this.events)
    if (!state) throw new Error('nothing was opened')
    return state
  }

  append(...events: readonly PagingEvent[]): void {
    for (const event of events)
      this.events.push({
        position: this.events.length + 1,
        stream: 'paging/INC-1',
        version: this.events.length + 1,
        at: this.now,
        actor: { kind: 'astern' },
        config: '',
        event: event as AsternEvent,
        hash: '',
      })
  }

  acknowledge(person: string | null = 'tom'): void {
    this.append({ type: 'page.acknowledged', v: 1, data: { person, by: 'button', tookMs: 0 } })
  }

  /** Does all that is due at an instant; tells who was paged: `tom`, or `tom#2` for the second repeat. */
  look(clock: string): readonly string[] {
    this.now = at(clock)
    const paged: string[] = []
    for (let turns = 0; ; turns++) {
      if (turns > 50) throw new Error('it never rests')
      const { state } = this
      const due = next(state, this.now)
      if (due.raise) {
        const roles = state.escalation.levels[due.raise.level]?.page ?? []
        const facts: LevelFacts = {
          people: roles.flatMap((role) => this.people[role] ?? []),
          timeZone: (person) => this.zones[person] ?? 'UTC',
          awake: this.awake,
        }
        this.append(raise(state, due.raise, facts, this.now))
        continue
      }
      const [one] = this.down ? [] : due.send
      if (one) {
        const { person, level, round } = one
        const key = pageKey('mark', state, one)
        if (this.lost.includes(person))
          this.append({
            type: 'page.failed',
            v: 1,
            data: { key, person, level, round, pager: null, code: 'pager.no-way', final: true },
          })
        else {
          const receipt = { at: this.now, data: null }
          this.append({ type: 'page.sent', v: 1, data: { key, person, level, round, pager: 'pd', receipt } })
          paged.push(round > 0 ? `${person}#${round}` : person)
        }
        continue
      }
      const [quiet] = due.calm
      if (!quiet) return paged
      this.append({ type: 'page.calmed', v: 1, data: { key: quiet.sent.key, as: quiet.as } })
    }
  }

  /** When it wants to be looked at again, as a clock. */
  get wakes(): string | null {
    const { waitUntil } = next(this.state, this.now)
    return waitUntil ? waitUntil.slice(11, 19) : null
  }

  /** Follows it from now on: what was paged when, until the clock. */
  run(until: string): readonly string[] {
    const told: string[] = []
    for (let clock = this.now.slice(11, 19); ; ) {
      const paged = this.look(clock)
      if (paged.length > 0) told.push(`${clock.slice(0, 5)} ${paged.join(' ')}`)
      const wakes = this.wakes
      if (!wakes || wakes > until) return told
      clock = wakes
    }
  }
}
