import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { EventType } from '../../src/core/event.ts'
import type { Answer, Question } from './bot-process.ts'
import type { Order } from './composed.ts'

const program = new URL('./bot-process.ts', import.meta.url)
/** Compiling is most of a start: what one child has compiled serves all that follow. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/chaos')

/** A process that has loaded the bot and waits to be told what to run. */
export class Child {
  readonly #process: ChildProcess
  readonly #exit: Promise<unknown>
  #said = ''

  constructor() {
    this.#process = fork(program, {
      silent: true,
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    })
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#said += String(text)
      })
    this.#exit = once(this.#process, 'exit')
  }

  /** Resolves with the address of the bot's HTTP server when it runs, or with null when it died before. */
  async start(order: Order): Promise<string | null> {
    return (await this.#ask({ order }, 'url'))?.url ?? null
  }

  /** How many events of a type its ledger holds; null when the process is gone. */
  async count(of: EventType): Promise<number | null> {
    return (await this.#ask({ count: of }, 'counted', (answer) => answer.of === of))?.counted ?? null
  }

  /** How much is still to be said or done; null when the process is gone. */
  async open(): Promise<number | null> {
    return (await this.#ask('quiet?', 'open'))?.open ?? null
  }

  async points(): Promise<readonly string[]> {
    return (await this.#ask('points?', 'points'))?.points ?? []
  }

  /** Resolves when all that was delivered has an outcome. */
  async handled(): Promise<void> {
    await this.#ask('handled?', 'handled')
  }

  async health() {
    return this.#ask('health?', 'heapMb')
  }

  /** Stops it as a signal to stop does. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.send('stop' satisfies Question)
    await this.#exit
  }

  /** Resolves with the signal that ended it, or null when it ended by itself; then `said` is what it printed. */
  async ended(): Promise<NodeJS.Signals | null> {
    await this.#exit
    return this.#process.signalCode
  }

  get said(): string {
    return this.#said
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  #ask<Key extends string>(
    question: Question,
    key: Key,
    isMeant: (answer: Extract<Answer, Record<Key, unknown>>) => boolean = () => true,
  ): Promise<Extract<Answer, Record<Key, unknown>> | null> {
    return new Promise((resolve) => {
      const done = (answer: Extract<Answer, Record<Key, unknown>> | null) => {
        this.#process.off('message', heard)
        this.#process.off('exit', gone)
        resolve(answer)
      }
      const heard = (message: unknown) => {
        if (typeof message !== 'object' || message === null || !(key in message)) return
        const answer = message as Extract<Answer, Record<Key, unknown>>
        if (isMeant(answer)) done(answer)
      }
      const gone = () => done(null)
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) return resolve(null)
      this.#process.on('message', heard)
      this.#process.once('exit', gone)
      this.#process.send(question, (failed) => failed && done(null))
    })
  }
}

/** Keeps one process loaded ahead, so that nobody waits for it. */
export class Nursery {
  #next: Child | null = null

  take(): Child {
    const child = this.#next ?? new Child()
    this.#next = new Child()
    return child
  }

  async close(): Promise<void> {
    this.#next?.kill()
    await this.#next?.ended()
    this.#next = null
  }
}
