import type { Recorded } from '../event.ts'
import { type Score, type Stage, type StageScore, stages } from './stage.ts'

/**
 * Scores a drill from what the ledger has of its incident, the incident's pages and its rollbacks. Each stage counts from the fault:
 * noticed when the incident opened; acknowledged at the first answer to a page, or the first thing anybody did; decided when the last
 * consent was there; rolled back when the last region had settled; verified when the rollback ended as restored. `goal`: how far it has to
 * come; where nothing is broken, nothing is to be rolled back. Later stages count where something is asked of them.
 */
export function score(
  faultAt: string,
  events: readonly Recorded[],
  expected: Readonly<Partial<Record<Stage, number>>>,
  goal: Stage = 'verify',
): Score {
  const reached = new Map<Stage, string>()
  const changes = new Set(
    events.flatMap(({ event, stream }) =>
      event.type === 'rollback.proposed'
        ? event.data.plan.steps.filter(({ kind }) => kind === 'change').map(({ id }) => `${stream}/${id}`)
        : [],
    ),
  )
  const first = (stage: Stage, at: string) => {
    if (!reached.has(stage)) reached.set(stage, at)
  }
  for (const { event, stream, at, actor } of [...events].sort((a, b) => a.position - b.position)) {
    if (ms(at) < ms(faultAt)) continue
    switch (event.type) {
      case 'incident.opened':
        first('notice', at)
        if (actor.kind === 'person') first('acknowledge', at)
        break
      case 'page.acknowledged':
      case 'incident.closed':
      case 'rollback.proposed':
        first('acknowledge', at)
        break
      case 'rollback.approved':
        first('acknowledge', at)
        reached.set('decide', at)
        break
      case 'step.started':
        // What needed nobody's consent, or broke the glass, was decided when it began.
        first('decide', at)
        break
      case 'step.settled':
        if (changes.has(`${stream}/${event.data.step}`) && !reached.has('verify')) reached.set('roll-back', at)
        break
      case 'rollback.ended':
        if (event.data.ending === 'restored') first('verify', at)
        break
      default:
        break
    }
  }
  const scored = Object.fromEntries(
    stages.map((stage): [Stage, StageScore] => {
      const at = reached.get(stage)
      const tookMs = at === undefined ? null : ms(at) - ms(faultAt)
      const withinMs = expected[stage] ?? null
      return [stage, { tookMs, withinMs, met: tookMs !== null && (withinMs === null || tookMs <= withinMs) }]
    }),
  ) as Record<Stage, StageScore>
  const last = stages.findLastIndex((stage) => reached.has(stage))
  return {
    stages: scored,
    skipped: stages.filter((stage, index) => index < last && !reached.has(stage)),
    passed: stages.every((stage, index) => {
      const { met, withinMs } = scored[stage]
      return met || (index > stages.indexOf(goal) && withinMs === null)
    }),
  }
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
