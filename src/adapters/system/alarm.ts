import { schedule } from 'node-cron'
import type { Alarm } from '../../ports/alarm.ts'

/** By node-cron, whose timers look at the wall's clock again every second or so. */
export const systemAlarm: Alarm = (cron, timeZone, ring) => {
  const task = schedule(cron, () => ring(), { timezone: timeZone })
  return () => void task.destroy()
}
