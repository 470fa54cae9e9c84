import { Fault } from '../../../core/fault.ts'
import type { Chance } from '../../../ports/clock.ts'
import { Line, type LineParts } from './socket.ts'

const firstWaitMs = 250
const longestWaitMs = 30_000
/** How long an announced line may still bring something; Slack closes it after about ten seconds. */
const lingerMs = 15_000
/** A refused token or a disabled Socket Mode does not mend itself in seconds. */
const refusedWaitMs = 60_000

/** Keeps a Socket Mode line up until the signal aborts. */
export class Lines {
  readonly #parts: LineParts
  readonly #chance: Chance
  #running: Promise<void> = Promise.resolve()

  constructor(parts: LineParts, chance: Chance) {
    this.#parts = parts
    this.#chance = chance
  }

  /** Resolves when the first line is up. Rejects when Slack refuses it (retry `no`), or with the signal's reason. */
  async start(signal: AbortSignal): Promise<void> {
    const line = await this.#next(signal, 0, true)
    this.#running = this.#keep(line, signal).catch((error: unknown) => {
      this.#parts.log.error('Socket Mode is given up', {}, error)
    })
  }

  /** Resolves when every line is closed; abort the signal first. */
  async stopped(): Promise<void> {
    await this.#running
  }

  async #keep(first: Line, signal: AbortSignal): Promise<void> {
    const { log } = this.#parts
    const closing = new Set<Promise<void>>()
    const close = (line: Line, lingers = false) => {
      const work = (lingers ? this.#linger(line, signal) : Promise.resolve())
        .then(() => line.close())
        .finally(() => closing.delete(work))
      closing.add(work)
    }
    let line = first
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    while (!signal.aborted) {
      const ending = await Promise.race([line.ended, aborted])
      if (signal.aborted || ending === undefined) break
      log.info('the Socket Mode line ends', { ending })
      // Announced: the old line carries on until the new one is up, so that nothing is missed. Too many: it makes room first.
      const announced = ending === 'warning' || ending === 'refresh_requested'
      if (!announced) close(line)
      const next = await this.#next(signal, announced || ending === 'lost' ? 0 : firstWaitMs * 8, false).catch(
        (error: unknown) => {
          if (!signal.aborted) throw error
          return null
        },
      )
      if (announced) close(line, true)
      if (!next) break
      line = next
    }
    close(line)
    await Promise.all(closing)
  }

  async #linger(line: Line, signal: AbortSignal): Promise<void> {
    const over = this.#parts.clock.sleep(lingerMs, signal).catch(() => undefined)
    await Promise.race([line.gone, over])
  }

  /** Tries until a line is up. The wait grows, with jitter, so that many replicas do not come back at once. */
  async #next(signal: AbortSignal, waitMs: number, refusedEnds: boolean): Promise<Line> {
    const { clock, log } = this.#parts
    for (let wait = waitMs; ; ) {
      if (wait > 0) await clock.sleep(wait * (0.5 + this.#chance.number()), signal)
      signal.throwIfAborted()
      const line = new Line(this.#parts)
      try {
        await line.open(signal)
        log.info('Socket Mode connected')
        return line
      } catch (error) {
        signal.throwIfAborted()
        const fault = error instanceof Fault ? error : null
        if (fault?.retry === 'no' && refusedEnds) throw fault
        log.warn('Socket Mode does not connect', { code: fault?.code ?? 'unknown' })
        const grown = Math.min(longestWaitMs, Math.max(firstWaitMs, wait * 2))
        wait = Math.max(fault?.retry === 'no' ? refusedWaitMs : grown, fault?.retryAfterMs ?? 0)
      }
    }
  }
}
