import type { Platform } from '../../ports/adapter.ts'
import { systemAlarm } from './alarm.ts'
import { systemChance } from './chance.ts'
import { systemClock } from './clock.ts'
import { systemFetch } from './fetch.ts'
import { type LogOptions, systemLog } from './log.ts'

export interface SystemOptions {
  readonly log: LogOptions
  /** How long a response's head may take, in milliseconds. */
  readonly headTimeoutMs?: number
}

/** The real world: clock, randomness, fetch and log. */
export const systemPlatform = (options: SystemOptions): Platform => ({
  clock: systemClock,
  chance: systemChance,
  fetch: systemFetch(options.headTimeoutMs ?? 30_000),
  alarm: systemAlarm,
  log: systemLog(systemClock, options.log),
})
