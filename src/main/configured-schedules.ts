import type { Config } from '../config/config.ts'
import { astern } from '../core/actor.ts'
import { canonicalJson, type Json } from '../core/canonical.ts'
import { scheduleStream } from '../core/oncall/roster.ts'
import type { Schedule } from '../core/oncall/schedule.ts'
import type { Desk } from '../projection/desk.ts'

/** Lets a desk that was read from a file know the schedules as the configuration has them now, as a start would record them. */
export function withSchedules(desk: Desk, config: Config, now: string): Desk {
  const common = { version: 0, at: now, actor: astern, config: config.digest, hash: '' }
  for (const [schedule, definition] of config.schedules) {
    if (json(desk.roster(schedule)?.versions.at(-1)?.definition) === json(definition)) continue
    const event = { type: 'schedule.changed', v: 1, data: { schedule, definition } } as const
    desk.apply({ ...common, position: desk.position + 1, stream: scheduleStream(schedule), event })
  }
  return desk
}

const json = (definition: Schedule | null | undefined): string => canonicalJson((definition ?? null) as unknown as Json)
