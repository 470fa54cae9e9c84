import type { Config } from '../config/config.ts'
import { gaps } from '../core/oncall/gaps.ts'
import { rosterOf } from '../core/oncall/roster.ts'

/** Schedules of the configuration by which nobody would be on call at times, with the first such time. */
export const uncovered = (config: Config, from: Temporal.Instant, to: Temporal.Instant): readonly string[] =>
  [...config.schedules.values()].flatMap((schedule) => {
    if (schedule.feed !== null) return []
    const found = gaps(rosterOf(schedule), from, to)
    const [first] = found
    if (!first) return []
    const hours = found.reduce((sum, gap) => sum + gap.to.since(gap.from).total('hours'), 0)
    const times = found.length === 1 ? 'once' : `${found.length} times`
    return [
      `by schedule ${schedule.id} nobody is on call ${times} within a year, ${Math.round(hours * 10) / 10} h in all, first from ${first.from} to ${first.to}`,
    ]
  })
