/** Where a process can die: each point has a name and is counted, so that a run can be told to die at exactly one of them. */
export class Points {
  readonly #counts = new Map<string, number>()
  readonly #passed: string[] = []
  readonly #killAt: string | null

  /** `kept` false: for a life that is too long to remember every point. */
  readonly #kept: boolean

  constructor(killAt: string | null, kept = true) {
    this.#killAt = killAt
    this.#kept = kept
  }

  /** Every point so far, in order, each named with its number: `before append step.started 2`. */
  get passed(): readonly string[] {
    return this.#passed
  }

  /** Before and after something; after also when it failed. */
  async around<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#pass(`before ${name}`)
    try {
      return await work()
    } finally {
      this.#pass(`after ${name}`)
    }
  }

  #pass(name: string): void {
    if (!this.#kept) return
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    const point = `${name} ${count}`
    this.#passed.push(point)
    // Nothing runs after this line: no handler, no flush, as when the machine's power goes.
    if (point === this.#killAt) process.kill(process.pid, 'SIGKILL')
  }
}
