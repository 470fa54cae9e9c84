import type { PersonId } from '../core/actor.ts'
import { drillStream } from '../core/drill/events.ts'
import { type Drill, drillFrom } from '../core/drill/state.ts'
import type { Recorded } from '../ports/ledger.ts'
import { type DrillNews, drillNote } from '../view/drill.ts'
import { takingPart } from './drills.ts'
import { onCallFor } from './on-call.ts'
import { type Posting, rowOf, type Wish } from './rows.ts'
import type { World } from './world.ts'

/** Tells a channel what happened to a drill, as it stood right then. */
export interface DrillSpec {
  readonly view: 'drill'
  readonly id: string
  /** Of the event in the drill's stream; that it began is told anew once it is over. */
  readonly version: number | 'started'
  readonly channel: string
}

/** The channels of its services, each once, hear of a drill. */
export function drillWishes(world: World, recorded: Recorded): readonly Wish[] {
  const { event, position, stream, version } = recorded
  const news = newsOf(event)
  const isOver = event.type === 'drill.stopped'
  if (news === null && !isOver) return []
  const id = stream.slice('drill/'.length)
  // Where it says that it began nothing is to be stopped any more.
  const began = news === 'started' || (isOver && world.desk.drill(id)?.startedAt)
  const versions = [...(began ? (['started'] as const) : []), ...(news && news !== 'started' ? [version] : [])]
  const services = world.desk.drill(id)?.services ?? []
  return [...world.chats.keys()].flatMap((chat) => {
    const channels = new Set(services.flatMap((name) => world.config().service(name)?.channels[chat] ?? []))
    return [...channels].flatMap((channel) =>
      versions.map((one) =>
        rowOf(
          chat,
          `drill:${id}:${one}:${channel}`,
          { view: 'drill', id, version: one, channel } satisfies DrillSpec,
          position,
        ),
      ),
    )
  })
}

function newsOf(event: Recorded['event']): DrillNews | null {
  switch (event.type) {
    case 'drill.announced':
      return event.data.notice
    case 'drill.moved':
      return 'moved'
    case 'drill.started':
      return 'started'
    case 'drill.stopped':
      return event.data.why === 'done' ? null : 'stopped'
    case 'drill.ended':
      return event.data.started ? 'ended' : null
    default:
      return null
  }
}

/** What was to come and could not be told in time is told no more. */
export async function drillPosting(world: World, chat: string, spec: DrillSpec): Promise<Posting> {
  const events = await world.ledger.stream(drillStream(spec.id))
  const isStart = spec.version === 'started'
  const version = isStart ? events.findIndex(({ event }) => event.type === 'drill.started') + 1 : Number(spec.version)
  const recorded = events[version - 1]
  const news = recorded && newsOf(recorded.event)
  // As it stood right then: what came after has a message of its own.
  const drill = drillFrom(isStart ? events : events.slice(0, version))
  if (!news || !drill) return 'never'
  const told = world.store.outbox.get(`${chat}/drill:${spec.id}:${spec.version}:${spec.channel}`)?.ref
  const changed = events
    .slice(version)
    .some(({ event }) => event.type === 'drill.moved' || event.type === 'drill.stopped')
  if (!told && isStale(news, drill, changed, world)) return 'never'
  const scenario = world.config().drills.get(drill.scenario)
  const fault = drill.fault ?? scenario?.fault ?? null
  const at = Temporal.Instant.from(drill.startedAt ?? drill.at)
  const onDuty = new Set(drill.services.flatMap((service) => onCallFor(world, service, at)?.people ?? []))
  const takesPart: readonly PersonId[] = scenario ? takingPart(world, scenario, at) : []
  const language = world.config().languageOf(chat, spec.channel)
  const view = drillNote(news, { drill, fault, onDuty: [...onDuty], takesPart }, language)
  return { view, room: { kind: 'channel', channel: spec.channel } }
}

const isStale = (news: DrillNews, drill: Drill, changed: boolean, { clock }: World): boolean =>
  (news === 'week' || news === 'day' || news === 'hour') &&
  (changed || Temporal.Instant.compare(drill.at, clock.now()) <= 0)
