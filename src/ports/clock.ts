/** Time is an input: nothing outside `adapters/system` reads the clock or sets a timer. */
export interface Clock {
  now(): Temporal.Instant
  /** Milliseconds of a clock that never jumps. */
  monotonicMs(): number
  /** Resolves after `ms`, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Ids and randomness. */
export interface Chance {
  uuid(): string
  /** In [0, 1). */
  number(): number
  bytes(length: number): Uint8Array
}
