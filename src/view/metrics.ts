import { isBroken, type Measured, worseOf } from '../core/release/measured.ts'
import { type Rollback, stepState } from '../core/rollback/state.ts'
import { baselineOf, changeOf, limitOf, quantityOf } from '../text/measured.ts'
import { plain } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import type { Block, Plot } from './view.ts'
import type { Voice } from './words.ts'

/** What one metric said in one region after the change. */
export interface RegionMeasure {
  readonly region: string
  readonly measured: Measured
  readonly link: string | null
}

/** A card has room for so many. */
const mostLines = 2
const mostRegions = 4

/** Every metric that a rollback's checks measured, in the order of its plan. */
export const measuresOf = (rollback: Rollback): readonly RegionMeasure[] =>
  rollback.plan.steps.flatMap((step) =>
    step.kind === 'check'
      ? stepState(rollback, step.id).seen.flatMap(({ measured, link }) =>
          measured ? [{ region: step.region, measured, link: link ?? null }] : [],
        )
      : [],
  )

const byName = (measures: readonly RegionMeasure[]): readonly (readonly RegionMeasure[])[] => [
  ...Map.groupBy(measures, ({ measured: { name, unit, limit } }) => JSON.stringify([name, unit, limit])).values(),
]

/** `5xx 12.4 % → 0.1 % (limit 5 %, in the hour before the release 0.1 %) ↗`; of several regions each has its own numbers. */
export const metricLines = (v: Voice, measures: readonly RegionMeasure[]): readonly Text[] =>
  byName(measures)
    .slice(0, mostLines)
    .map((same) => {
      const link = same.find(({ link: url }) => url !== null)?.link
      return link ? [...lineOf(v, same), ' ', { kind: 'link', url: link, text: '↗' }] : lineOf(v, same)
    })

function lineOf(v: Voice, same: readonly RegionMeasure[]): Text {
  const change = ({ region, measured }: RegionMeasure): Text =>
    same.length === 1
      ? v.say('metric.now', { now: changeOf(measured) })
      : v.say('metric.region', { region, change: changeOf(measured) })
  const changes = same.slice(0, mostRegions).flatMap((one, at): Text => [...(at === 0 ? [] : [', ']), ...change(one)])
  const { measured } = same.reduce(worseBefore)
  const values = { limit: limitOf(measured), baseline: baselineOf(measured) }
  return v.say('metric.line', { name: measured.name, changes, ...values })
}

/** Of several regions the one with the worse past: nothing is made to look better than it was. */
function worseBefore(a: RegionMeasure, b: RegionMeasure): RegionMeasure {
  const [of, or] = [a.measured.baseline, b.measured.baseline]
  if (!of || !or) return of ? a : b
  return worseOf(a.measured.limit, of.value, or.value) === of.value ? a : b
}

/** Those that are broken now: the change back did not help. */
export const stillBurning = (measures: readonly RegionMeasure[]): readonly RegionMeasure[] =>
  measures.filter(({ measured }) => isBroken(measured.limit, measured.now))

/** What is no answer to whether a metric is well. A monitor's own troubles begin with its name. */
const noAnswers = new Set([
  'check.metric-no-data',
  'check.metric-stale',
  'check.metric-gaps',
  'check.metric-waiting',
  'check.gone',
  'check.alert-not-ended',
  'check.alert-just-ended',
  'check.alert-only-ended',
])

/** True when the checks did not pass because they got no answer: that is no sign of trouble, and none of health. */
export const nobodyKnows = (rollback: Rollback): boolean =>
  rollback.plan.steps
    .filter((step) => step.kind === 'check' && stepState(rollback, step.id).state === 'failed')
    .every((step) =>
      stepState(rollback, step.id).seen.every(({ code }) => noAnswers.has(code) || code.startsWith('monitor.')),
    )

/** `5xx is still 11 % in eu-1`. */
export const stillText = (v: Voice, { region, measured }: RegionMeasure): Text =>
  v.say('metric.still', { name: measured.name, region, now: quantityOf(measured, measured.now) })

/** What it cost, for the post-mortem. */
export const impactLines = (v: Voice, measures: readonly RegionMeasure[]): readonly Text[] =>
  measures.map(({ region, measured, link }) => {
    const { name, worst, limit, brokenMs, now } = measured
    const values = {
      name,
      region,
      limit: limitOf(measured),
      now: quantityOf(measured, now),
      baseline: baselineOf(measured),
      link: link ? { url: link, text: '↗' } : '',
    }
    if (!worst || !isBroken(limit, worst.value)) return v.say('metric.never-broken', values)
    const numbers = { worst: quantityOf(measured, worst.value), at: { at: worst.at }, broken: { ms: brokenMs } }
    return v.say('metric.impact', { ...values, ...numbers })
  })

/** One picture of the first metric, a line for each region; its words say the same. */
export function metricPlot(v: Voice, measures: readonly RegionMeasure[]): readonly Block[] {
  const [same] = byName(measures)
  const [first] = same ?? []
  if (!same || !first || same.every(({ measured }) => measured.trace.values.length < 2)) return []
  const regions = { list: same.map(({ region }) => region) }
  const alt = v.plain('metric.plot', { regions, line: plain(lineOf(v, same)) })
  return [{ kind: 'plot', plot: plotOf(v, same.slice(0, mostRegions), first.measured), alt }]
}

const ms = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds

const plotOf = (v: Voice, shown: readonly RegionMeasure[], { unit, limit }: Measured): Plot => ({
  unit,
  limit: limit.value,
  broken: limit.side,
  baseline: shown.reduce(worseBefore).measured.baseline?.value ?? null,
  lines: shown.map(({ region, measured: { trace } }) => ({
    name: region,
    fromMs: ms(trace.from),
    stepMs: trace.stepMs,
    values: trace.values,
  })),
  marks: shown.flatMap(({ measured }) => [
    { kind: 'release', atMs: ms(measured.releasedAt), label: v.plain('metric.mark-release') },
    { kind: 'change', atMs: ms(measured.settledAt), label: v.plain('metric.mark-change') },
  ]),
})
