import type { Incident } from '../core/incident/state.ts'
import { asItHappened } from '../core/incident/timeline.ts'
import type { Paging } from '../core/paging/state.ts'
import { changeSteps, type Glass, type Rollback, regionsOf, stepState } from '../core/rollback/state.ts'
import { clock } from '../text/format.ts'
import type { Language } from '../text/language.ts'
import { plain, sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { impactLines, measuresOf } from './metrics.ts'
import { momentLines, type Told } from './moments.ts'
import { stepTitle } from './rollback-steps.ts'
import type { Document } from './view.ts'
import { ageMs, type Voice, versions, voice } from './words.ts'

export interface PostMortem extends Told {
  readonly incident: Incident
  readonly dueAt: string | null
  readonly pagings?: readonly Paging[]
}

/** The draft: facts by Astern, refreshed; causes and lessons by people, never touched. Blameless: systems and decisions. */
export function postMortem(of: PostMortem, language: Language): Document {
  const v = voice(language)
  const { incident } = of
  const rollbacks = [...of.rollbacks.values()]
  const people = (id: string, heading: string) => ({
    id,
    heading,
    by: 'people' as const,
    lines: [v.say('pm.for-people')],
  })
  const facts = (id: string, heading: string, lines: readonly Text[]) => ({
    id,
    heading,
    by: 'astern' as const,
    lines: lines.length > 0 ? lines : [v.say('pm.none-yet')],
  })
  return {
    kind: 'document',
    language,
    title: v.plain('pm.title', { id: incident.id, service: incident.service }),
    sections: [
      facts('summary', v.plain('pm.summary'), summary(v, of, rollbacks)),
      facts('impact', v.plain('pm.impact'), impact(v, incident, rollbacks)),
      facts('timeline', v.plain('pm.timeline'), momentLines(v, { ...of, moments: asItHappened(of.moments) })),
      facts(
        'rollback',
        v.plain('pm.rollback'),
        rollbacks.flatMap((rollback) => steps(v, rollback)),
      ),
      facts(
        'decisions',
        v.plain('pm.decisions'),
        rollbacks.flatMap((rollback) => decisions(v, rollback)),
      ),
      facts('times', v.plain('pm.times'), [
        ...(of.pagings ?? []).flatMap((paging) => answered(v, paging)),
        ...rollbacks.flatMap((rollback) => times(v, rollback)),
        v.say('pm.target'),
      ]),
      people('questions', v.plain('pm.questions')),
      people('lessons', v.plain('pm.lessons')),
      people('actions', v.plain('pm.actions')),
    ],
  }
}

function summary(v: Voice, { incident, dueAt }: PostMortem, rollbacks: readonly Rollback[]): Text[] {
  const { service, title, opener, openedAt, closed, owner } = incident
  return [
    opener === null
      ? v.say('pm.summary-by-alert', { service, title, at: { at: openedAt, show: 'datetime' } })
      : v.say('pm.summary-1', { service, title, person: { person: opener }, at: { at: openedAt, show: 'datetime' } }),
    ...rollbacks.map((rollback) =>
      v.say('pm.summary-rollback', {
        id: rollback.id,
        from: versions(changeSteps(rollback.plan).map((step) => step.from)),
        to: versions(changeSteps(rollback.plan).map((step) => step.to)),
        regions: { list: [...regionsOf(rollback.plan)] },
        outcome: v.plain(`outcome.${rollback.outcome ?? 'running'}`),
      }),
    ),
    closed ? closedText(v, closed) : v.say('pm.summary-open'),
    ...(owner && dueAt ? [v.say('pm.owner', { person: { person: owner }, due: { at: dueAt, show: 'date' } })] : []),
  ]
}

function impact(v: Voice, incident: Incident, rollbacks: readonly Rollback[]): Text[] {
  const restored = rollbacks.find((rollback) => rollback.outcome === 'restored')?.endedAt
  const measured = rollbacks.flatMap(measuresOf)
  return [
    ...(restored ? [v.say('pm.impact-length', { clock: clock(ageMs(incident.openedAt, restored)) })] : []),
    ...(measured.length > 0 ? impactLines(v, measured) : [v.say('pm.impact-unknown')]),
  ]
}

const steps = (v: Voice, rollback: Rollback): Text[] =>
  rollback.plan.steps.flatMap((step) => {
    const { state, tookMs, code, seen } = stepState(rollback, step.id)
    const words = v.plain(`step-state.${state}`, { took: { ms: tookMs ?? 0 }, code: code ?? '' })
    const line = v.say('pm.step', { id: rollback.id, step: plain(stepTitle(v, step)), state: words })
    // What was measured stands under the impact.
    const told = step.kind === 'check' && step.alerts ? seen.filter(({ measured }) => !measured) : []
    return [line, ...told.map(({ wording }): Text => sayWording(v.language, wording))]
  })

type Line = (at: string, person: string, what: string) => Text

function decisions(v: Voice, rollback: Rollback): Text[] {
  const hash = rollback.hash.slice(0, 7)
  const preview = rollback.preview.slice(0, 4)
  const from = versions(changeSteps(rollback.plan).map((step) => step.from))
  const to = versions(changeSteps(rollback.plan).map((step) => step.to))
  const line: Line = (at, person, what) => v.say('pm.decision', { at: { at }, person: { person }, what })
  return [
    line(
      rollback.proposedAt,
      rollback.requester,
      rollback.automatic
        ? v.plain('pm.decision-automatic', { from, to, hash, reason: rollback.reason, line: rollback.automatic.line })
        : v.plain('pm.decision-asked', { from, to, hash, reason: rollback.reason }),
    ),
    ...rollback.approvals.map(({ person, at }) => line(at, person, v.plain('pm.decision-approved', { hash, preview }))),
    ...(rollback.rejected && rollback.endedAt
      ? [
          line(
            rollback.endedAt,
            rollback.rejected.person,
            v.plain('pm.decision-rejected', { reason: rollback.rejected.reason }),
          ),
        ]
      : []),
    ...(rollback.atOnce
      ? [line(rollback.atOnce.at, rollback.atOnce.person, v.plain('pm.decision-at-once', { hash }))]
      : []),
    ...(rollback.glass ? glass(v, rollback.glass, line) : []),
    ...(rollback.abort ? [line(rollback.abort.at, rollback.abort.person, v.plain('pm.decision-aborted'))] : []),
  ]
}

function glass(v: Voice, { person, reason, at, reviewed }: Glass, line: Line): Text[] {
  return [
    line(at, person, v.plain('pm.decision-glass', { reason })),
    reviewed
      ? line(reviewed.at, reviewed.person, v.plain('pm.decision-reviewed', { note: reviewed.note }))
      : v.say('pm.review-open'),
  ]
}

/** How long it took until somebody answered; nothing of what nobody was woken for. */
function answered(v: Voice, { id, about, acknowledged, openedAt, sent, escalation }: Paging): Text[] {
  if (about === 'glass' || sent.length === 0) return []
  if (!acknowledged) return [v.say('pm.time-unanswered', { id })]
  const { person, name, at } = acknowledged
  return [
    v.say('pm.time-acknowledged', {
      id,
      person: person ? { person } : (name ?? '?'),
      took: { ms: ageMs(openedAt, at) },
      limit: { ms: escalation.acknowledgeMs },
    }),
  ]
}

function times(v: Voice, rollback: Rollback): Text[] {
  const approved = rollback.approvals.at(-1)?.at
  const { id, proposedAt, endedAt } = rollback
  return [
    ...(approved ? [v.say('pm.time-approval', { id, took: { ms: ageMs(proposedAt, approved) } })] : []),
    ...(approved && endedAt ? [v.say('pm.time-run', { id, took: { ms: ageMs(approved, endedAt) } })] : []),
  ]
}

function closedText(v: Voice, { person, at: closedAt, note, into }: NonNullable<Incident['closed']>): Text {
  const at = { at: closedAt, show: 'datetime' } as const
  if (into !== undefined) return v.say('pm.summary-joined', { at, into })
  return person === null
    ? v.say('pm.summary-drill-over', { at })
    : v.say('pm.summary-closed', { person: { person }, at, note })
}
