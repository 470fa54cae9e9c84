import type { PersonId } from '../core/actor.ts'
import type { Drill } from '../core/drill/state.ts'
import type { Freeze } from '../core/freeze/freeze.ts'
import { changeSteps, type Rollback, regionsOf } from '../core/rollback/state.ts'
import type { Language } from '../text/language.ts'
import { drillRows } from './drill.ts'
import { markedLine } from './drill-mark.ts'
import { freezeBlocks } from './freeze.ts'
import { calendarButton, datetime, type OwnShifts, ownShiftLines } from './on-call.ts'
import { swapButtons, takeButton } from './on-call-cards.ts'
import { reviewButton, rollbackValue } from './rollback-buttons.ts'
import type { Block, Home } from './view.ts'
import { type Voice, versions, voice } from './words.ts'

export interface HomeOf {
  /** That stand now, wherever. */
  readonly freezes: readonly Freeze[]
  readonly waiting: readonly Rollback[]
  readonly owed: readonly {
    readonly what: 'post-mortem' | 'review'
    readonly incident: string
    readonly dueAt: string
    readonly rollback?: string
    readonly of?: PersonId
  }[]
  readonly open: readonly {
    readonly id: string
    readonly service: string
    readonly title: string
    readonly openedAt: string
    readonly drill?: string
  }[]
  /** That run and are to come. */
  readonly drills: readonly Drill[]
  /** The drill that an incident is of; null: it is real. */
  readonly drillOf: (incident: string) => string | null
  /** Of whom the configuration knows. */
  readonly shifts: OwnShifts | null
  /** Swaps and covers that she could answer; `name` is who asks. */
  readonly asked: readonly (Asked & { readonly name: string })[]
}

interface Asked {
  readonly what: 'swap' | 'cover'
  readonly schedule: string
  readonly id: string
  readonly by: PersonId
  readonly from: string
  readonly to: string
}

/** Somebody asks her to swap or to cover. */
function asking(v: Voice, { what, schedule, id, by, from, to, name }: HomeOf['asked'][number]) {
  const values = { schedule, person: { person: by }, from: datetime(from), to: datetime(to) }
  const of = { schedule, id, name }
  return {
    heading: v.say(`home.asked-${what}`, values),
    blocks: [] as Block[],
    buttons: what === 'swap' ? swapButtons(v, of) : [takeButton(v, of)],
  }
}

/** Her shifts of the next weeks, in her time zone. */
function shiftSections(v: Voice, shifts: OwnShifts | null): Home['sections'] {
  if (!shifts) return []
  const rows = ownShiftLines(v, shifts).map((text): Block => ({ kind: 'text', text }))
  const none: Block = { kind: 'muted', text: v.say('home.shifts-none') }
  return [
    {
      heading: [{ kind: 'bold', text: v.plain('home.shifts') }],
      blocks: rows.length > 0 ? rows.slice(0, shownShifts) : [none],
      buttons: [calendarButton(v, shifts.calendar)],
    },
  ]
}

const shownShifts = 15

/** A review she owes, with the button that closes it. */
function review(v: Voice, { rollback, of: person, dueAt }: HomeOf['owed'][number]): Home['sections'] {
  if (rollback === undefined || person === undefined) return []
  const heading = v.say('home.owed-review', { id: rollback, person: { person }, due: { at: dueAt, show: 'date' } })
  return [{ heading, blocks: [], buttons: [reviewButton(v, { id: rollback, hash: '', preview: '' })] }]
}

/** A person's own page: what waits for her, what she owes, what is open. */
export function homePage(of: HomeOf, language: Language): Home {
  const v = voice(language)
  const rollbacks = of.waiting.map((rollback) => ({
    heading: markedLine(
      language,
      of.drillOf(rollback.incident),
      v.say('home.waiting-row', {
        id: rollback.id,
        service: rollback.plan.service,
        version: versions(changeSteps(rollback.plan).map((step) => step.to)),
        regions: { list: [...regionsOf(rollback.plan)] },
        person: { person: rollback.requester },
        reason: rollback.reason,
      }),
    ),
    blocks: [] as Block[],
    buttons: [
      {
        action: 'rollback.show',
        value: rollbackValue(rollback),
        label: v.plain('button.show', { id: rollback.id }),
        tone: 'primary' as const,
      },
    ],
  }))
  const waiting = [...rollbacks, ...of.asked.map((one) => asking(v, one))]
  const section = (heading: string, blocks: readonly Block[]) => ({
    heading: [{ kind: 'bold' as const, text: heading }],
    blocks,
    buttons: [],
  })
  const list = (items: Block[], none: string): Block[] => (items.length > 0 ? items : [{ kind: 'muted', text: [none] }])
  return {
    kind: 'home',
    language,
    title: v.say('home.title'),
    sections: [
      section(v.plain('home.waiting'), waiting.length === 0 ? list([], v.plain('home.waiting-none')) : []),
      ...waiting,
      ...shiftSections(v, of.shifts),
      ...(of.owed.length > 0
        ? [
            section(
              v.plain('home.owed'),
              of.owed
                .filter(({ what }) => what === 'post-mortem')
                .map(
                  ({ incident, dueAt }): Block => ({
                    kind: 'text',
                    text: markedLine(
                      language,
                      of.drillOf(incident),
                      v.say('home.owed-row', { id: incident, due: { at: dueAt, show: 'date' } }),
                    ),
                  }),
                ),
            ),
            ...of.owed.flatMap((owed) => review(v, owed)),
          ]
        : []),
      ...(of.freezes.length > 0
        ? [
            section(
              v.plain('home.freezes'),
              of.freezes.flatMap((freeze) => freezeBlocks(v, [freeze])),
            ),
          ]
        : []),
      ...(of.drills.length > 0
        ? [
            section(
              v.plain('home.drills'),
              drillRows(v, of.drills).map((text): Block => ({ kind: 'text', text })),
            ),
          ]
        : []),
      section(
        v.plain('home.open'),
        list(
          of.open.map(
            ({ id, service, title, openedAt, drill }): Block => ({
              kind: 'text',
              text: markedLine(
                language,
                drill,
                v.say('incident.list-row', { id, service, title, at: { at: openedAt, show: 'datetime' } }),
              ),
            }),
          ),
          v.plain('incident.list-none'),
        ),
      ),
    ],
  }
}
