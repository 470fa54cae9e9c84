import type { World } from '../app/world.ts'
import { deliveryEvents } from '../core/delivery/events.ts'
import type { Metrics } from '../web/metrics.ts'

/** What `/metrics` tells of pages: how many went out, how many could not, and how long people needed to answer. */
export function measurePages(metrics: Metrics, { desk, ledger, log }: World): void {
  metrics.measured(
    'astern_pagings_ringing',
    'Matters for which people are being woken.',
    () => [...desk.pagings.values()].filter(({ ringing }) => ringing).length,
  )
  const sent = metrics.counter('astern_pages_sent_total', 'Pages that a pager took since the start.', ['pager'])
  const failed = metrics.counter('astern_pages_failed_total', 'Pages that could not be sent, or not at first.', [
    'pager',
  ])
  const answered = metrics.counter('astern_pages_acknowledged_total', 'Pagings that somebody answered.', ['by'])
  const took = metrics.histogram(
    'astern_page_acknowledge_seconds',
    'From the opening of a paging until somebody answered.',
    [15, 60, 120, 300, 600, 1800, 3600],
  )
  let after = desk.position
  const count = async (from: number) => {
    for (const { event } of await ledger.read(from, 1_000, ['page.sent', 'page.failed', 'page.acknowledged'])) {
      if (event.type === 'page.sent') sent.add(1, { pager: event.data.pager })
      if (event.type === 'page.failed') failed.add(1, { pager: event.data.pager ?? 'none' })
      if (event.type !== 'page.acknowledged') continue
      answered.add(1, { by: event.data.by })
      took.observe(event.data.tookMs / 1000)
    }
  }
  ledger.follow(({ position }) => {
    const from = after
    after = Math.max(after, position)
    void count(from).catch((cause: unknown) => log.error('pages were not counted', {}, cause))
  }, deliveryEvents)
}
