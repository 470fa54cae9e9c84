import type { Config } from './config.ts'
import type { Loaded } from './load.ts'

/** The configuration in force, and the way to the next one. */
export interface LiveConfig {
  readonly current: Config
  /**
   * Loads anew: validated whole, then swapped at once. A bad file changes nothing and its problems come back. Calls that
   * overlap follow each other, so that the newest file wins.
   */
  reload(): Promise<Loaded>
  /** Called after each swap. Returns the way to stop. */
  follow(listener: (config: Config, before: Config) => void): () => void
}

export function reloadable(first: Config, load: () => Promise<Loaded>): LiveConfig {
  let current = first
  let last: Promise<unknown> = Promise.resolve()
  const listeners = new Set<(config: Config, before: Config) => void>()
  const reload = async (): Promise<Loaded> => {
    const loaded = await load()
    if (!loaded.ok) return loaded
    const before = current
    current = loaded.config
    for (const listener of listeners) listener(current, before)
    return loaded
  }
  return {
    get current() {
      return current
    },
    reload() {
      const next = last.then(reload, reload)
      last = next
      return next
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The sections that differ: what was opened from them at the start must be opened again. */
export const changedSections = (before: Config, after: Config): string[] =>
  [...new Set([...Object.keys(before.effective), ...Object.keys(after.effective)])].filter(
    (section) => JSON.stringify(before.effective[section]) !== JSON.stringify(after.effective[section]),
  )
