import { realIncidents, runningDrills } from '../app/drills.ts'
import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import type { Deliveries } from '../engine/deliveries.ts'
import type { Metrics } from '../web/metrics.ts'

const endings = ['rollback.ended', 'rollback.rejected', 'rollback.expired'] as const

/** What `/metrics` tells of the bot itself. */
export function measure(metrics: Metrics, world: World, deliveries: Deliveries): void {
  const { desk, store, ledger } = world
  metrics.measured('astern_ledger_position', 'Position of the newest event.', () => desk.position)
  metrics.measured('astern_rollbacks_open', 'Rollbacks that have not ended.', () => desk.unfinished().length)
  metrics.measured(
    'astern_incidents_open',
    'Incidents that are not closed, without those of drills.',
    () => realIncidents(world).length,
  )
  metrics.measured('astern_drills_running', 'Drills that are under way.', () => runningDrills(world).length)
  metrics.measured(
    'astern_outbox_waiting',
    'Messages still to be sent or changed.',
    () => store.outbox.due(1_000).length,
  )
  metrics.measured('astern_deliveries_pending', 'Deliveries without an outcome.', () => deliveries.pending)
  metrics.measured('astern_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  const ended = metrics.counter('astern_rollbacks_total', 'Rollbacks that ended since the start.', ['outcome'])
  let after = desk.position
  const count = async (from: number) => {
    for (const { event } of await ledger.read(from, 1_000, endings))
      ended.add(1, {
        outcome: event.type === 'rollback.ended' ? event.data.ending : event.type.slice('rollback.'.length),
      })
  }
  ledger.follow(({ position }) => {
    const from = after
    after = Math.max(after, position)
    void count(from).catch((cause: unknown) => world.log.error('endings were not counted', {}, cause))
  }, deliveryEvents)
}
