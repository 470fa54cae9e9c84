import { expect } from 'vitest'

/** Asks until the expectation holds; patient, for the machine may be busy. */
export const eventually = <Value>(read: () => Value, options = { timeout: 8000 }) => expect.poll(read, options)
