/**
 * Rings by the clock on a wall, also after that clock was set or the machine had slept, until the answered function is called. `cron`:
 * five fields, `0 10 * * 2,3`. It only wakes: what is due is decided by whoever wakes.
 */
export type Alarm = (cron: string, timeZone: string, ring: () => void) => () => void
