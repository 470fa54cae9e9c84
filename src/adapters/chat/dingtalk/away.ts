import type { Away } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Log } from '../../../ports/log.ts'
import type { ValueStore } from '../../../ports/store.ts'

/** Robot messages are sent once, to whoever listens. Shorter gaps happen at every start. */
export const awayMs = 60_000
/** How often the sign of life is written down. */
const writeEveryMs = 10_000
const name = 'dingtalk/heard'

/** Notices when nobody listened for more than a minute: what people said to the bot then is lost. Survives a restart. */
export class Hearing {
  readonly #clock: Clock
  readonly #values: ValueStore | null
  readonly #log: Log
  readonly #away: (gap: Away) => Promise<void>
  #heardMs: number | null
  #writtenMs = Number.NEGATIVE_INFINITY
  #telling = false

  constructor(parts: { clock: Clock; values: ValueStore | null; log: Log; away: (gap: Away) => Promise<void> }) {
    this.#clock = parts.clock
    this.#values = parts.values
    this.#log = parts.log
    this.#away = parts.away
    this.#heardMs = this.#kept()
  }

  #kept(): number | null {
    const kept = this.#values?.get(name)
    return typeof kept === 'number' ? kept : null
  }

  /** A line has just proved to be alive. */
  alive(): void {
    const now = this.#clock.now().epochMilliseconds
    const last = this.#heardMs
    if (this.#telling) return
    // Another replica may have listened meanwhile.
    const from = last !== null && now - last > awayMs ? Math.max(last, this.#kept() ?? last) : now
    if (now - from <= awayMs) this.#heard(now)
    else {
      this.#telling = true
      void this.#tell(from, now)
    }
  }

  /** The sign of life moves on once the gap is durable: else the next one tells it again, and the ledger takes it once. */
  async #tell(from: number, until: number): Promise<void> {
    const iso = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
    try {
      await this.#away({ from: iso(from), until: iso(until) })
      this.#heard(until)
    } catch (error) {
      this.#log.error('that nobody listened could not be recorded', {}, error)
    } finally {
      this.#telling = false
    }
  }

  #heard(now: number): void {
    this.#heardMs = now
    if (now - this.#writtenMs < writeEveryMs) return
    this.#writtenMs = now
    this.#values?.set(name, now)
  }
}
