import type { Delivery } from '../core/delivery/delivery.ts'
import { isWithin } from '../core/drill/scenario.ts'
import type { Room } from '../ports/chat.ts'
import { drillMark, drillMarked } from '../view/drill-mark.ts'
import type { View } from '../view/view.ts'
import { drillOfIncident, drillOfRollback, runningDrills } from './drills.ts'
import { rollbackWords } from './rollback-words.ts'
import type { Posting } from './rows.ts'
import { findScope } from './scope.ts'
import type { Spec } from './wants.ts'
import type { World } from './world.ts'

type Known = Pick<World, 'desk' | 'config'>

/** The drill that breaks something somewhere now. */
const drillAt = (world: Known, service: string, environment: string, regions: readonly string[] | null) =>
  runningDrills(world).find((drill) =>
    (regions ?? [null]).every((region) => isWithin(drill, { service, environment, region })),
  )?.id ?? null

/** What goes out of a drill says so: here, for everything that is posted. */
export function marked(world: Known, spec: Spec, due: Posting): Posting {
  const drill = typeof due === 'string' ? null : drillOfSpec(world, spec)
  if (typeof due === 'string' || drill === null) return due
  return { view: drillMarked(due.view, drill), room: markedRoom(due.room, due.view, drill) }
}

function drillOfSpec(world: Known, spec: Spec): string | null {
  switch (spec.view) {
    case 'drill':
      return spec.id
    case 'incident':
      return drillOfIncident(world, spec.id)
    case 'glass':
      return drillOfRollback(world, spec.id)
    case 'alarm':
      return drillOfIncident(world, world.desk.pagings.get(spec.id)?.incident)
    case 'please':
      return drillAt(world, spec.service, spec.environment, null)
    default:
      return 'incident' in spec ? drillOfIncident(world, spec.incident) : null
  }
}

/** A channel of its own shows it in the list of channels already. */
function markedRoom(room: Room, { language }: View, drill: string): Room {
  if (room.kind !== 'incident') return room
  const mark = drillMark(language, drill)
  const { name, topic, link } = room
  return { ...room, name: `drill-${name}`, topic: `${mark}${topic}`, link: { ...link, title: `${mark}${link.title}` } }
}

/** The drill that somebody's words, click or dialog are about; null: none. */
export function drillOfDelivery(world: Known, { deed, place, account }: Delivery): string | null {
  const lives = place && world.desk.incidentIn(account.chat, place.channel)
  if (lives?.drill !== undefined && lives.rooms.some(({ channel, own }) => own && channel === place?.channel))
    return lives.drill
  if (deed.kind === 'press' || deed.kind === 'submit') return drillOfValue(world, deed.value)
  return deed.kind === 'command' ? drillOfWords(world, deed.text) : null
}

/** What a button or dialog is bound to. Never trusted: it only names things. */
function drillOfValue(world: Known, text: string): string | null {
  const value = parsed(text)
  const word = (key: string): string => (typeof value[key] === 'string' ? value[key] : '')
  const named = drillOfRollback(world, word('id')) ?? drillOfIncident(world, word('i')) ?? drillOfName(world, text)
  if (named !== null) return named
  const service = world.config().service(word('s'))
  if (!service) return null
  const regions = Array.isArray(value.r) ? value.r.filter((one): one is string => typeof one === 'string') : null
  return drillAt(world, service.name, word('e') || service.defaultEnvironment.name, regions)
}

function drillOfWords(world: Known, text: string): string | null {
  const [name] = /\b(?:INC|R)-\d+\b/i.exec(text) ?? []
  if (name) return drillOfName(world, name.toUpperCase())
  const words = runningDrills(world).length > 0 ? rollbackWords(text) : null
  const scope = words?.service ? findScope(world.config(), words.service, words.place) : null
  if (!scope || 'refused' in scope) return null
  const regions = [...new Set(scope.targets.map(({ ref }) => ref.region))]
  return drillAt(world, scope.service.name, scope.environment.name, regions)
}

const drillOfName = (world: Known, name: string): string | null =>
  name.startsWith('R-') ? drillOfRollback(world, name) : drillOfIncident(world, name)

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
