import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Chance } from '../../ports/clock.ts'

/** `randomInt` takes a range below 2^48. */
const steps = 2 ** 48 - 1

/** Ids and numbers nobody can guess. */
export const systemChance: Chance = {
  uuid: () => randomUUID(),
  number: () => randomInt(steps) / steps,
  bytes: (length) => new Uint8Array(randomBytes(length)),
}
