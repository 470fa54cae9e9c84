import { begin } from './0001-begin.ts'

/** In order; the n-th brings a database to `user_version` n. A released one is never changed. */
export const migrations: readonly string[] = [begin]
