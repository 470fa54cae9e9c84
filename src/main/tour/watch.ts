import type { Clock } from '../../ports/clock.ts'
import { clock as clockText } from '../../text/format.ts'

/** Something that the tour waited for did not come. */
export class Missed extends Error {
  override readonly name = 'Missed'
}

/** Prints moments with their time since the start, and waits for what must happen. */
export class Watch {
  readonly #clock: Clock
  readonly #print: (line: string) => void
  readonly #startedMs: number

  constructor(clock: Clock, print: (line: string) => void) {
    this.#clock = clock
    this.#print = print
    this.#startedMs = clock.monotonicMs()
  }

  get elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startedMs
  }

  say(line: string): void {
    const tenths = Math.floor((this.elapsedMs % 1000) / 100)
    this.#print(`${clockText(this.elapsedMs).padStart(5)}.${tenths}  ${line}`)
  }

  /** Asks until there is an answer, says it, and hands it on; throws Missed when time is over. */
  async for<T>(
    what: string,
    ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
    withinMs = 60_000,
  ): Promise<T> {
    const deadlineMs = this.#clock.monotonicMs() + withinMs
    for (;;) {
      const answer = await ask()
      if (answer) {
        this.say(what)
        return answer
      }
      if (this.#clock.monotonicMs() > deadlineMs) throw new Missed(`not seen within ${withinMs / 1000} s: ${what}`)
      await this.#clock.sleep(50)
    }
  }
}
