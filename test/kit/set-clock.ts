import { systemClock } from '../../src/adapters/system/clock.ts'
import type { Alarm } from '../../src/ports/alarm.ts'
import type { Clock } from '../../src/ports/clock.ts'

/**
 * Real time whose wall clock can be set, as on a machine that slept: timers do not notice, alarms ring. The same for a process and the
 * one after it.
 */
export function settableClock(): {
  readonly clock: Clock
  readonly alarm: Alarm
  /** Alarms that are set. */
  readonly alarms: () => readonly string[]
  set(instant: Temporal.Instant): void
} {
  let aheadMs = 0
  const rings = new Map<() => void, string>()
  const now = () => systemClock.now().add({ milliseconds: aheadMs })
  return {
    clock: { ...systemClock, now },
    alarm(cron, timeZone, ring) {
      const own = () => ring()
      rings.set(own, `${cron} ${timeZone}`)
      return () => void rings.delete(own)
    },
    alarms: () => [...rings.values()],
    set(instant) {
      aheadMs = instant.epochMilliseconds - systemClock.now().epochMilliseconds
      for (const ring of rings.keys()) ring()
    },
  }
}
