import type { Measure } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ValueStore } from '../../../ports/store.ts'

/** The organisation's month, as DingTalk counts it. */
const zone = 'Asia/Shanghai'

const free = new Set(['token', 'stream.open', 'person'])

/** Counts the calls of the month: they are the organisation's, and few. Survives a restart where values are kept. */
export class Usage {
  readonly #clock: Clock
  readonly #values: ValueStore | null
  readonly #limit: number
  #month = ''
  #count = 0

  constructor(clock: Clock, values: ValueStore | null, limit: number) {
    this.#clock = clock
    this.#values = values
    this.#limit = limit
  }

  /** Tokens, the gateway and the address book are free. */
  add(call: string): void {
    if (free.has(call)) return
    this.#turn()
    this.#count += 1
    this.#values?.set(this.#name, this.#count)
  }

  /** Calls since the month began, as far as this bot made them. */
  get count(): number {
    this.#turn()
    return this.#count
  }

  get limit(): number {
    return this.#limit
  }

  measures(): readonly Measure[] {
    return [
      {
        name: 'astern_dingtalk_month_calls',
        help: 'API calls of DingTalk made this month (Asia/Shanghai).',
        read: () => this.count,
      },
      {
        name: 'astern_dingtalk_month_calls_limit',
        help: 'API calls a month that the edition allows.',
        read: () => this.#limit,
      },
    ]
  }

  get #name(): string {
    return `dingtalk/calls/${this.#month}`
  }

  #turn(): void {
    const month = this.#clock.now().toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString()
    if (month === this.#month) return
    this.#month = month
    this.#count = Number(this.#values?.get(this.#name) ?? 0)
  }
}
