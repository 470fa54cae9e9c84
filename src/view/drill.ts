import type { PersonId } from '../core/actor.ts'
import type { NoticeOf } from '../core/drill/announce.ts'
import type { Moved } from '../core/drill/events.ts'
import type { DrillFault } from '../core/drill/fault.ts'
import { type Score, stages } from '../core/drill/stage.ts'
import type { Drill } from '../core/drill/state.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { timeText } from './drill-score.ts'
import { note } from './incident.ts'
import type { Button, Note } from './view.ts'
import { dotted, type Voice, voice } from './words.ts'

/** What is told of a drill: its notices, its start and end, and what came in between. */
export type DrillNews = NoticeOf | 'moved' | 'started' | 'stopped' | 'ended'

export interface DrillOf {
  readonly drill: Drill
  /** As it is in force, or was when the drill began; null where its scenario is gone. */
  readonly fault: DrillFault | null
  /** Who is on call for its services when it begins; who takes part beside them. */
  readonly onDuty: readonly PersonId[]
  readonly takesPart: readonly PersonId[]
}

const datetime = (at: string) => ({ at, show: 'datetime' }) as const

/** One announcement in the channels of its services. */
export function drillNote(news: DrillNews, of: DrillOf, language: Language): Note {
  const v = voice(language)
  const { drill } = of
  return note(language, newsLines(v, news, of), news === 'started' && !drill.stopped ? [stopButton(v, drill)] : [])
}

function newsLines(v: Voice, news: DrillNews, of: DrillOf): readonly Text[] {
  const { drill } = of
  const { id, scenario, at } = drill
  const what = whatText(v, of)
  switch (news) {
    case 'week':
    case 'day':
    case 'hour':
      return [
        v.say(`drill.in-${news}`, { id, at: datetime(at), what }),
        ...dutyLines(v, of),
        ...drill.moved.map((one) => movedText(v, one)),
        ...(drill.late ? [v.say('drill.late-told')] : []),
        v.say('drill.how-off', { id }),
      ]
    case 'moved':
      return [
        v.say('drill.moved', { id, scenario, at: datetime(at) }),
        ...drill.moved.map((one) => movedText(v, one)),
        ...(drill.late ? [v.say('drill.late-told')] : []),
      ]
    case 'started':
      return [
        v.say('drill.begins', { id, what }),
        ...(drill.stopped ? [overText(v, drill.stopped)] : [...dutyLines(v, of), v.say('drill.how-act', { id })]),
      ]
    case 'stopped':
      return stoppedLines(v, drill)
    case 'ended':
      return [
        v.say('drill.over', { id }),
        ...restoredLines(v, drill),
        // Somebody has to see to what is left.
        ...(drill.restored?.ok === false ? [v.say('drill.see-to', { people: everyone(v, whoSees(of), true) })] : []),
        ...scoreLines(v, drill.scores ?? {}),
      ]
  }
}

function whatText(v: Voice, { drill, fault }: DrillOf): Text {
  if (!fault) return [drill.scenario]
  const { environment, regions, scenario, lengthMs } = drill
  const kind = v.say(`drill.kind-${fault.kind}`, { service: fault.service })
  return v.say('drill.what', { kind, environment, regions: { list: regions }, scenario, length: { ms: lengthMs } })
}

const movedText = (v: Voice, { from, why }: Moved): Text =>
  v.say('drill.was-meant', { from: datetime(from), why: sayWording(v.language, why) })

const whoSees = ({ onDuty, takesPart }: DrillOf): readonly PersonId[] => (onDuty.length > 0 ? onDuty : takesPart)

function dutyLines(v: Voice, { onDuty, takesPart }: DrillOf): readonly Text[] {
  const others = takesPart.filter((person) => !onDuty.includes(person))
  return [
    onDuty.length > 0 ? v.say('drill.on-duty', { people: everyone(v, onDuty, true) }) : v.say('drill.on-duty-nobody'),
    ...(others.length > 0 ? [v.say('drill.takes-part', { people: everyone(v, others, false) })] : []),
  ]
}

/** All of them, by name. */
const everyone = (v: Voice, people: readonly PersonId[], mention: boolean): Text =>
  people.flatMap(
    (person, index): Text => [
      ...(index === 0 ? [] : [v.language === 'zh-CN' ? '、' : ', ']),
      { kind: 'person', person, mention },
    ],
  )

function stoppedLines(v: Voice, { id, scenario, at, stopped, startedAt }: Drill): readonly Text[] {
  if (!stopped) return []
  const { why, by, incident, reason } = stopped
  const person = { person: by ?? '' }
  const because = reason === '' ? [] : [v.say('drill.reason', { reason })]
  if (startedAt === null)
    return why === 'hand'
      ? [v.say('drill.off-hand', { id, scenario, at: datetime(at), person }), ...because]
      : [v.say('drill.off-gone', { id, scenario, at: datetime(at) })]
  const line =
    why === 'done'
      ? v.say('drill.over', { id })
      : v.say(`drill.stopped-${why}`, { id, person, incident: incident ?? '' })
  return [line, ...because, v.say('drill.being-put-back')]
}

const overText = (v: Voice, { at, why, by, incident, reason }: NonNullable<Drill['stopped']>): Text =>
  dotted(
    v.say('drill.over-since', { at: { at } }),
    why === 'done'
      ? v.say('drill.over-done')
      : v.say(`drill.stopped-${why}`, { person: { person: by ?? '' }, incident: incident ?? '' }),
    reason === '' ? null : v.say('drill.reason', { reason }),
  )

function restoredLines(v: Voice, { restored }: Drill): readonly Text[] {
  if (!restored) return []
  if (restored.ok) return [v.say('drill.put-back')]
  return restored.left.map(({ service, region, wording }) =>
    v.say('drill.not-put-back', { service, region, why: sayWording(v.language, wording) }),
  )
}

/** How each service did: one line with its times, and one with what was skipped. */
export function scoreLines(v: Voice, scores: Readonly<Record<string, Score>>): readonly Text[] {
  return Object.entries(scores).flatMap(([service, score]) => {
    const last = stages.findLastIndex(
      (stage) => score.stages[stage].tookMs !== null || score.stages[stage].withinMs !== null,
    )
    const times = stages.slice(0, last + 1).map((stage) => timeText(v, score, stage))
    const skipped = { list: score.skipped.map((stage) => v.plain(`drill.stage-${stage}`)) }
    return [
      dotted(v.say(score.passed ? 'drill.score-passed' : 'drill.score-failed', { service }), ...times),
      ...(score.skipped.length > 0 ? [v.say('drill.skipped', { stages: skipped })] : []),
    ]
  })
}

export const stopButton = (v: Voice, { id }: Pick<Drill, 'id'>): Button => ({
  action: 'drill.stop',
  value: id,
  label: v.plain('button.stop-drill', { id }),
  tone: 'danger',
})

/** `/drill list` and a person's page: what runs and what is to come. */
export function drillRows(v: Voice, drills: readonly Drill[]): readonly Text[] {
  return drills.flatMap(({ id, scenario, phase, at, startedAt, services, environment }): Text[] => {
    if (phase === 'ended') return []
    const of = { id, scenario, at: datetime(startedAt ?? at), services: { list: services }, environment }
    return [v.say(`drill.row-${phase}`, of)]
  })
}

/** `unplanned`: scenarios for which no day is free. */
export function drillList(
  of: { readonly drills: readonly Drill[]; readonly unplanned: readonly string[] },
  language: Language,
): Note {
  const v = voice(language)
  const open = of.drills
    .filter(({ phase }) => phase !== 'ended')
    .sort((a, b) => Temporal.Instant.compare(a.startedAt ?? a.at, b.startedAt ?? b.at))
  const lines = [...drillRows(v, open), ...of.unplanned.map((scenario) => v.say('drill.row-unplanned', { scenario }))]
  return note(language, lines.length > 0 ? lines : [v.say('drill.none')])
}
