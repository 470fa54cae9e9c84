import { Fault } from '../../../core/fault.ts'
import type { Chance } from '../../../ports/clock.ts'
import { Line, type LineParts } from './line.ts'

const firstWaitMs = 500
const longestWaitMs = 30_000
/** Refused credentials do not mend themselves in seconds. */
const refusedWaitMs = 60_000
/** An announced line may still bring what was under way; DingTalk closes it after about ten seconds. */
const lingerMs = 12_000

/** Keeps one stream line up until the signal aborts; at a disconnect frame the next one is opened at once. */
export class Lines {
  readonly #parts: LineParts
  readonly #chance: Chance
  #running: Promise<void> = Promise.resolve()

  constructor(parts: LineParts, chance: Chance) {
    this.#parts = parts
    this.#chance = chance
  }

  /** Resolves when the first line is up. Rejects when DingTalk refuses it (retry `no`), or with the signal's reason. */
  async start(signal: AbortSignal): Promise<void> {
    const line = await this.#next(signal, 0, true)
    this.#running = this.#keep(line, signal).catch((error: unknown) => {
      this.#parts.log.error('the stream is given up', {}, error)
    })
  }

  /** Resolves when every line is closed; abort the signal first. */
  async stopped(): Promise<void> {
    await this.#running
  }

  async #keep(first: Line, signal: AbortSignal): Promise<void> {
    const { log } = this.#parts
    const lingering = new Set<Promise<void>>()
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    for (let line = first; ; ) {
      const ending = await Promise.race([line.ended, aborted])
      const old = line
      if (signal.aborted || ending === undefined) {
        old.close()
        break
      }
      log.info('the stream line ends', { ending })
      const linger = this.#linger(old, ending === 'announced' ? lingerMs : 0, signal)
      lingering.add(linger)
      void linger.finally(() => lingering.delete(linger))
      const next = await this.#next(signal, 0, false).catch((error: unknown) => {
        if (!signal.aborted) throw error
        return null
      })
      if (!next) break
      line = next
    }
    await Promise.all(lingering)
  }

  async #linger(line: Line, ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await this.#parts.clock.sleep(ms, signal).catch(() => undefined)
    line.close()
  }

  /** Tries until a line is up, one at a time. The wait grows, with jitter, so that many replicas do not come back at once. */
  async #next(signal: AbortSignal, waitMs: number, refusedEnds: boolean): Promise<Line> {
    const { clock, log } = this.#parts
    for (let wait = waitMs; ; ) {
      if (wait > 0) await clock.sleep(wait * (0.5 + this.#chance.number()), signal)
      signal.throwIfAborted()
      const line = new Line(this.#parts)
      try {
        await line.open(signal)
        if (signal.aborted) line.close()
        signal.throwIfAborted()
        log.info('the stream is connected')
        return line
      } catch (error) {
        signal.throwIfAborted()
        const fault = error instanceof Fault ? error : null
        if (fault?.retry === 'no' && refusedEnds) throw fault
        log.warn('the stream does not connect', { code: fault?.code ?? 'unknown' })
        const grown = Math.min(longestWaitMs, Math.max(firstWaitMs, wait * 2))
        wait = Math.max(fault?.retry === 'no' ? refusedWaitMs : grown, fault?.retryAfterMs ?? 0)
      }
    }
  }
}
