import { type Finding, found, type ReadinessFacts } from './facts.ts'

/** What was proven longer ago than this is stale: a quarter. */
const staleMs = 13 * 7 * 24 * 3_600_000

export function onCall({ schedule }: ReadinessFacts): Finding {
  if (!schedule) return found('on-call', 'missing', 'readiness.on-call-no-schedule', {}, 'readiness.next-schedule')
  const { name, staffed, stale, gap } = schedule
  if (!staffed)
    return found('on-call', 'missing', 'readiness.on-call-nobody', { schedule: name }, 'readiness.next-staff')
  if (stale)
    return found('on-call', 'doubtful', 'readiness.on-call-stale', { schedule: name }, 'readiness.next-calendar')
  if (!gap) return found('on-call', 'ready', 'readiness.on-call-yes', { schedule: name })
  const { from, to } = gap
  const values = { schedule: name, from: { at: from, show: 'datetime' }, to: { at: to, show: 'datetime' } } as const
  return found('on-call', 'doubtful', 'readiness.on-call-gap', values, 'readiness.next-staff')
}

/** A pager is proven by somebody who answered it. */
export function paging({ paging: { pagers, acknowledgedAt }, now, service }: ReadinessFacts): Finding {
  if (pagers.length === 0) return found('paging', 'missing', 'readiness.paging-none', {}, 'readiness.next-pager')
  if (acknowledgedAt === null)
    return found('paging', 'doubtful', 'readiness.paging-unproven', { pagers: { list: pagers } }, 'readiness.next-page')
  const values = { at: { at: acknowledgedAt, show: 'date' }, service } as const
  if (since(acknowledgedAt, now) > staleMs)
    return found('paging', 'doubtful', 'readiness.paging-stale', values, 'readiness.next-page')
  return found('paging', 'ready', 'readiness.paging-yes', values)
}

/** When it was last rehearsed, and how well. Who only heard alerts has rehearsed no rollback. */
export function drilled({ drill: { last, planned, scenarios }, now, service }: ReadinessFacts): Finding {
  const coming = planned
    ? 'readiness.next-drill-planned'
    : scenarios.length > 0
      ? 'readiness.next-drill-plan'
      : 'readiness.next-drill-scenario'
  const values = {
    service,
    scenario: scenarios[0] ?? '',
    ...(planned && { planned: planned.id, plannedAt: { at: planned.at, show: 'date' as const } }),
    ...(last && { drill: last.id, at: { at: last.at, show: 'date' as const } }),
  }
  if (!last) return found('drilled', 'missing', 'readiness.drilled-never', values, coming)
  if (since(last.at, now) > staleMs) return found('drilled', 'missing', 'readiness.drilled-stale', values, coming)
  const { score } = last
  const took = score.stages.verify.tookMs
  const answered = score.stages.acknowledge.tookMs
  if (took === null && score.passed && answered !== null)
    return found('drilled', 'doubtful', 'readiness.drilled-alerts', { ...values, took: { ms: answered } }, coming)
  if (took === null) return found('drilled', 'doubtful', 'readiness.drilled-unfinished', values, coming)
  const timed = { ...values, took: { ms: took } }
  if (!score.passed) return found('drilled', 'doubtful', 'readiness.drilled-slow', timed, coming)
  return found('drilled', 'ready', 'readiness.drilled-yes', timed)
}

const since = (at: string, now: string): number =>
  Temporal.Instant.from(now).epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds
