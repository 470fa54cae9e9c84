import type { Policy } from '../core/policy/policy.ts'
import { waitingFor } from '../core/rollback/decide.ts'
import type { ChangeStep } from '../core/rollback/plan.ts'
import { changeSteps, type Rollback, stepState, stillNeeds } from '../core/rollback/state.ts'
import { clock } from '../text/format.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { measuresOf, metricLines, metricPlot, nobodyKnows, stillBurning, stillText } from './metrics.ts'
import { names } from './names.ts'
import { peopleText, voidedText } from './people.ts'
import { shortPreview } from './preview.ts'
import { cardButtons } from './rollback-buttons.ts'
import { stepTask } from './rollback-steps.ts'
import type { Block, Card } from './view.ts'
import { ageMs, dotted, type Voice, voice } from './words.ts'

export interface RollbackCard {
  readonly rollback: Rollback
  /** The policy as the configuration has it now: who may approve at this moment. */
  readonly policy: Policy
  /** The incident's beginning: its clock runs from there. */
  readonly since: string
  readonly owner: string | null
  readonly evidence: string
  readonly now: string
}

/** The live card of one rollback: the same blocks in the same order through all its states. */
export function rollbackCard(of: RollbackCard, language: Language): Card {
  const v = voice(language)
  const title = titleOf(v, of)
  const blocks: Block[] = [
    ...head(v, of).map((text): Block => ({ kind: 'text', text })),
    {
      kind: 'tasks',
      title: v.say('rollback.steps'),
      tasks: of.rollback.plan.steps.map((step) => stepTask(v, of.rollback, step)),
    },
    ...trouble(v, of.rollback),
    ...(of.rollback.phase === 'ended' ? metricPlot(v, measuresOf(of.rollback)) : []),
    ...foot(v, of).map((text): Block => ({ kind: 'muted', text })),
  ]
  const { buttons, more } = cardButtons(v, of)
  return { kind: 'card', language, title, blocks, buttons, more }
}

/** Its first line: where it stands. */
export function titleOf(v: Voice, { rollback, since, now }: Pick<RollbackCard, 'rollback' | 'since' | 'now'>): Text {
  const { id, plan, outcome } = rollback
  const { service } = plan
  const { from, to, regions } = names(rollback)
  const restored = clock(ageMs(since, rollback.endedAt ?? now))
  switch (outcome) {
    case 'restored':
      return v.say('rollback.restored', { id, service, to, regions, clock: restored })
    case 'not-restored': {
      const [burning] = stillBurning(measuresOf(rollback))
      if (burning) return v.say('metric.still-burning', { id, service, to, regions, still: stillText(v, burning) })
      return v.say(nobodyKnows(rollback) ? 'metric.not-verified' : 'rollback.not-restored', {
        id,
        service,
        to,
        regions,
      })
    }
    case 'rejected':
      return v.say('rollback.rejected', { id, service, to, person: { person: rollback.rejected?.person ?? '?' } })
    case 'expired':
      return v.say('rollback.expired', { id, service, to })
    case 'aborted':
      return v.say('rollback.aborted', { id, service, places: placesOf(v, rollback) })
    case 'failed': {
      const [burning] = stillBurning(measuresOf(rollback))
      const places = placesOf(v, rollback)
      if (burning) return v.say('metric.still-burning-partly', { id, service, places, still: stillText(v, burning) })
      return changeSteps(plan).every((step) => stepState(rollback, step.id).at === 'from')
        ? v.say('rollback.failed-unchanged', { id, service })
        : v.say('rollback.failed', { id, service, places })
    }
    case null: {
      const glyph = rollback.phase === 'awaiting-approval' ? '⏳' : '🔄'
      const line = rollback.undoes
        ? v.say('rollback.title-undo', { glyph, id, service, from, to, regions, undoes: rollback.undoes })
        : v.say('rollback.title', { glyph, id, service, from, to, regions })
      return [...line, '   ', ...v.say('rollback.clock', { clock: clock(ageMs(since, now)) })]
    }
  }
}

function placesOf(v: Voice, rollback: Rollback): string {
  const place = (step: ChangeStep): string => {
    const { region } = step.target
    const places = {
      to: () => v.plain('rollback.place-to', { region, version: step.to.version }),
      from: () => v.plain('rollback.place-from', { region, version: step.from.version }),
      between: () => v.plain('rollback.place-between', { region }),
      elsewhere: () => v.plain('rollback.place-elsewhere', { region }),
    }
    return places[stepState(rollback, step.id).at]()
  }
  return changeSteps(rollback.plan).map(place).join(', ')
}

function head(v: Voice, { rollback, policy }: RollbackCard): Text[] {
  const { automatic, reason } = rollback
  const asked = automatic
    ? v.say('rollback.by-itself', { line: automatic.line, reason })
    : v.say('rollback.asked', { person: { person: rollback.requester }, reason })
  const approved = [
    ...rollback.approvals.map(({ person, at }) => v.say('rollback.approved-by', { person: { person }, at: { at } })),
    ...atOnce(v, rollback),
  ]
  const glass = brokenGlass(v, rollback)
  if (rollback.outcome === 'rejected' && rollback.rejected)
    return [v.say('rollback.rejected-why', { reason: rollback.rejected.reason }), asked]
  if (rollback.outcome === 'expired') return [v.say('rollback.expired-why'), ...glass, asked]
  if (rollback.phase === 'awaiting-approval') {
    const people = waitingFor(rollback, policy)
    const until = { at: rollback.expiresAt }
    const waiting =
      people.length === 0
        ? v.say('rollback.waiting-nobody', { until })
        : v.say('rollback.waiting', { people: peopleText(v, people, policy.roles, true), until })
    return [dotted(waiting, ...counted(v, rollback), ...approved), ...voided(v, rollback), ...glass, asked]
  }
  if (rollback.abort && rollback.outcome === null)
    return [v.say('rollback.aborting', { person: { person: rollback.abort.person } }), ...glass, asked]
  const state =
    rollback.phase === 'ended'
      ? null
      : rollback.startedAt
        ? v.say('rollback.running', { at: { at: rollback.startedAt } })
        : v.say('rollback.waiting-for-worker')
  return [...verified(v, rollback), dotted(state, ...approved), ...glass, asked].filter((text) => text.length > 0)
}

const atOnce = (v: Voice, { atOnce }: Rollback): Text[] =>
  atOnce ? [v.say('rollback.at-once-by', { person: { person: atOnce.person }, at: { at: atOnce.at } })] : []

/** Who ran it without approval, why, and what became of the review. */
function brokenGlass(v: Voice, { glass }: Rollback): Text[] {
  if (!glass) return []
  const { person, reason, at, via, reviewed } = glass
  const key = via === 'host' ? 'rollback.glass-host' : 'rollback.glass'
  const broken = v.say(key, { person: { person }, at: { at }, reason })
  const review = reviewed
    ? v.say('rollback.reviewed', { person: { person: reviewed.person }, note: reviewed.note })
    : v.say('rollback.review-open')
  return [dotted(broken, review)]
}

/** How much consent there is where more than one is needed, and which kinds are missing beside the plain one. */
function counted(v: Voice, rollback: Rollback): Text[] {
  const { approvals, kinds } = stillNeeds(rollback)
  const count = rollback.policy.approvals
  return [
    ...(count > 1 ? [v.say('rollback.counted', { given: count - approvals, count })] : []),
    ...(kinds.length > 0 ? [v.say('rollback.needs-kinds', { kinds: { list: kinds } })] : []),
  ]
}

/** The newest consent that counts no longer, and why it has to be given anew. */
function voided(v: Voice, rollback: Rollback): Text[] {
  const last = rollback.voided.at(-1)
  return last ? [['⚠ ', ...voidedText(v, last)]] : []
}

/** What the metrics say, with the numbers; the last of these lines counts the checks. */
function verified(v: Voice, rollback: Rollback): Text[] {
  const lines = rollback.outcome === 'restored' ? metricLines(v, measuresOf(rollback)) : []
  return lines.map((line, at) => (at === lines.length - 1 ? dotted(line, checksPassed(v, rollback)) : line))
}

function checksPassed(v: Voice, rollback: Rollback): Text | null {
  const count = rollback.plan.steps
    .filter((step) => step.kind === 'check')
    .filter((step) => stepState(rollback, step.id).state === 'settled')
    .reduce((sum, step) => sum + step.checks.length, 0)
  return count > 0 ? v.say('rollback.checks-passed', { count }) : null
}

function trouble(v: Voice, rollback: Rollback): Block[] {
  const bad = rollback.plan.steps
    .map((step) => ({ step, state: stepState(rollback, step.id) }))
    .find(({ state }) => state.state === 'failed' || (state.state !== 'settled' && state.seen.length > 0))
  if (!bad) return []
  const overdue: Block[] =
    bad.state.code === 'step.overdue'
      ? [{ kind: 'text', text: v.say('rollback.still-moving', { deadline: { ms: bad.step.deadlineMs } }) }]
      : []
  const burning = stillBurning(measuresOf(rollback)).length > 0
  const suspect: Block[] =
    bad.state.state === 'failed' && burning ? [{ kind: 'text', text: v.say('metric.wrong-suspect') }] : []
  return [
    ...overdue,
    ...suspect,
    ...bad.state.seen.slice(0, 3).flatMap((evidence): Block[] => {
      const text = sayWording(v.language, evidence.wording)
      const why = bad.state.state === 'started' ? v.say('rollback.retrying', { why: text }) : text
      const link: Text = evidence.link ? [' ', { kind: 'link', url: evidence.link, text: '↗' }] : []
      const line: Block = { kind: 'text', text: ['⚠ ', ...why, ...link] }
      return evidence.raw && evidence.raw.length > 0 ? [line, { kind: 'raw', lines: evidence.raw.slice(0, 8) }] : [line]
    }),
  ]
}

function foot(v: Voice, of: RollbackCard): Text[] {
  const { rollback } = of
  if (rollback.phase === 'ended') {
    const ran =
      rollback.startedAt && rollback.endedAt
        ? v.say(rollback.automatic ? 'rollback.ran-by-itself' : 'rollback.ran', {
            requester: { person: rollback.requester },
            asked: { at: rollback.proposedAt },
            ran: { ms: ageMs(rollback.startedAt, rollback.endedAt) },
          })
        : null
    const checked = verified(v, rollback).length > 0 ? null : checksPassed(v, rollback)
    const owed = of.owner && ran ? v.say('rollback.owed', { person: { person: of.owner } }) : null
    return [dotted(checked, ran, owed)].filter((text) => text.length > 0)
  }
  const changes = changeSteps(rollback.plan).map((step) => ({ region: step.id, lines: step.preview }))
  const warnings = changeSteps(rollback.plan).flatMap((step) => step.warnings.map((warning) => warning.wording))
  const said = [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()]
  return [
    ...shortPreview(v, changes, 3).map((line): Text => [line]),
    ...said.slice(0, 3).map((warning): Text => ['⚠ ', ...sayWording(v.language, warning)]),
    dotted(v.say('rollback.not-touched'), v.say('rollback.preview', { preview: rollback.preview.slice(0, 4) })),
  ].filter((text) => text.length > 0 && text[0] !== '')
}
