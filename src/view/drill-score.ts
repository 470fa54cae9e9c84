import { type Score, type Stage, stages } from '../core/drill/stage.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import type { Block, Card, Plot } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

/** A drill that was scored for a service. */
export interface Scored {
  readonly id: string
  readonly scenario: string
  /** When its fault was made: an ISO instant. */
  readonly at: string
  readonly score: Score
}

export interface ServiceScores {
  readonly service: string
  /** Oldest first. */
  readonly held: readonly Scored[]
  readonly planned: { readonly id: string; readonly at: string } | null
}

/** Drills that a card and a picture have room for. */
const mostShown = 10
/** What the product promises; where a scenario asks nothing. */
const usualMs = 5 * 60_000
/** In a picture; the others lie between them. Its letters are Latin ones, so the stages have their own names there. */
const drawn: readonly Stage[] = ['acknowledge', 'decide', 'roll-back', 'verify']

/** Every service that is or could be rehearsed, one line each. */
export function scoresCard(all: readonly ServiceScores[], language: Language): Card {
  const v = voice(language)
  const items = all.map(({ service, held, planned }): Text => {
    const last = held.at(-1)
    const next = planned ? v.say('drill.score-next', { id: planned.id, at: { at: planned.at, show: 'date' } }) : null
    if (!last) return dotted(v.say('drill.score-never', { service }), next)
    const result = v.say(last.score.passed ? 'drill.score-passed' : 'drill.score-failed', { service })
    return dotted(result, whenText(v, last), timeText(v, last.score, furthest(last.score)), trendText(v, held), next)
  })
  return {
    kind: 'card',
    language,
    title: v.say('drill.scores'),
    blocks: items.length > 0 ? [{ kind: 'list', items }] : [{ kind: 'text', text: v.say('drill.none') }],
    buttons: [],
    more: [],
  }
}

/** One service over time: each drill with its times, newest first, and a picture. */
export function serviceScoresCard({ service, held, planned }: ServiceScores, language: Language): Card {
  const v = voice(language)
  const shown = held.slice(-mostShown)
  const blocks: Block[] = [
    ...(held.length === 0 ? [{ kind: 'text', text: v.say('drill.score-never', { service }) } as const] : []),
    ...[...shown].reverse().flatMap((one): Block[] => drillBlocks(v, one)),
    ...plotBlocks(v, service, shown),
    ...(planned
      ? [
          {
            kind: 'muted',
            text: v.say('drill.score-next', { id: planned.id, at: { at: planned.at, show: 'datetime' } }),
          } as const,
        ]
      : []),
  ]
  return { kind: 'card', language, title: v.say('drill.scores-of', { service }), blocks, buttons: [], more: [] }
}

function drillBlocks(v: Voice, one: Scored): Block[] {
  const { scenario, score } = one
  const skipped = score.skipped.map((stage) => v.plain(`drill.stage-${stage}`))
  const asked = stages.filter((stage) => score.stages[stage].tookMs !== null || score.stages[stage].withinMs !== null)
  const items = asked.map((stage) => timeText(v, score, stage))
  return [
    {
      kind: 'text',
      text: dotted(v.say(score.passed ? 'drill.result-passed' : 'drill.result-failed'), whenText(v, one), [scenario]),
    },
    ...(items.length > 0 ? [{ kind: 'muted', text: dotted(...items) } as const] : []),
    ...(skipped.length > 0
      ? [{ kind: 'muted', text: v.say('drill.skipped', { stages: { list: skipped } }) } as const]
      : []),
  ]
}

/** Where nothing was broken it did not have to be verified. */
const furthest = ({ stages: all, passed }: Score): Stage =>
  (passed ? stages.findLast((stage) => all[stage].tookMs !== null) : null) ?? 'verify'

const whenText = (v: Voice, { id, at }: Scored): Text => v.say('drill.score-when', { id, at: { at, show: 'date' } })

/** `verified 3 min 41 s (limit 5 min)`: the limit where it was not kept. */
export function timeText(v: Voice, score: Score, stage: Stage): Text {
  const { tookMs, withinMs, met } = score.stages[stage]
  const name = v.plain(`drill.stage-${stage}`)
  if (tookMs === null) return v.say('drill.stage-missed', { stage: name })
  const took = { ms: tookMs }
  return met || withinMs === null
    ? v.say('drill.stage-took', { stage: name, took })
    : v.say('drill.stage-late', { stage: name, took, within: { ms: withinMs } })
}

/** From the drill before to this one, where both came to an end. */
function trendText(v: Voice, held: readonly Scored[]): Text | null {
  const [before, last] = held.slice(-2).map(({ score }) => score.stages.verify.tookMs)
  if (before === undefined || last === undefined || before === null || last === null) return null
  if (before === last) return null
  const by = { ms: Math.abs(last - before) }
  return v.say(last < before ? 'drill.score-faster' : 'drill.score-slower', { by })
}

/** One point says no more than its words: a picture needs two. */
function plotBlocks(v: Voice, service: string, shown: readonly Scored[]): Block[] {
  if (shown.length < 2) return []
  const limitMs = shown.at(-1)?.score.stages.verify.withinMs ?? usualMs
  const seconds = (one: Scored, stage: Stage): number | null => {
    const { tookMs } = one.score.stages[stage]
    return tookMs === null ? null : tookMs / 1000
  }
  const plot: Plot = {
    unit: 'seconds',
    limit: limitMs / 1000,
    broken: 'above',
    baseline: null,
    names: shown.map(({ id }) => id),
    lines: drawn
      .filter((stage) => shown.some((one) => one.score.stages[stage].tookMs !== null))
      .map((stage) => ({ name: stage, fromMs: 0, stepMs: 1000, values: shown.map((one) => seconds(one, stage)) })),
    marks: [],
  }
  if (plot.lines.length === 0) return []
  return [
    { kind: 'plot', plot, alt: v.plain('drill.score-plot', { service, count: shown.length, limit: { ms: limitMs } }) },
  ]
}
