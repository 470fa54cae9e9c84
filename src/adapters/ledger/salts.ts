import type { Chance } from '../../ports/clock.ts'

const saltBytes = 16
const saltsPerDraw = 256

/** 16 fresh random bytes per event, drawn in bulk: one event at a time, drawing costs more than hashing. */
export function saltsFrom(chance: Chance): () => Buffer {
  let pool = Buffer.alloc(0)
  return () => {
    if (pool.length === 0) pool = Buffer.from(chance.bytes(saltBytes * saltsPerDraw))
    const salt = pool.subarray(0, saltBytes)
    pool = pool.subarray(saltBytes)
    return salt
  }
}
