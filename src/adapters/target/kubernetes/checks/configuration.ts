import { Fault } from '../../../../core/fault.ts'
import type { Notice, Release } from '../../../../core/release/release.ts'
import { wording } from '../../../../text/say.ts'
import { type Ask, permissionOf } from '../fault.ts'
import type { Room } from '../room.ts'
import type { Template } from '../template.ts'
import { Bag } from '../wire.ts'
import { type Needed, neededBy } from './references.ts'

export interface Found {
  readonly blockers: readonly Notice[]
  readonly warnings: readonly Notice[]
}

const blocker = (notice: Notice): Found => ({ blockers: [notice], warnings: [] })
const warning = (notice: Notice): Found => ({ blockers: [], warnings: [notice] })
export const nothingFound: Found = { blockers: [], warnings: [] }
export const joined = (all: readonly Found[]): Found => ({
  blockers: all.flatMap((each) => each.blockers),
  warnings: all.flatMap((each) => each.warnings),
})

/** Whether what the template refers to is still there, and as it was. Secrets only where we may read them. */
export async function checkConfiguration(
  room: Room,
  release: Release,
  template: Template,
  signal: AbortSignal,
): Promise<Found> {
  const needed = neededBy(template)
  const maps = needed.filter((each) => each.kind === 'ConfigMap')
  const secrets = needed.filter((each) => each.kind === 'Secret')
  return joined(
    await Promise.all([
      ...maps.map((each) => checkOne(room, release, each, signal)),
      ...secrets.map((each) => checkSecret(room, release, each, signal)),
    ]),
  )
}

async function checkSecret(room: Room, release: Release, needed: Needed, signal: AbortSignal): Promise<Found> {
  // Asked first, so that a cluster that forbids it does not see us try.
  if (await room.api.allowed(askFor(room, needed), signal)) return checkOne(room, release, needed, signal)
  return notAllowed(room, needed)
}

async function checkOne(room: Room, release: Release, needed: Needed, signal: AbortSignal): Promise<Found> {
  const what = `${needed.kind} ${needed.name}`
  const id = `${needed.kind}/${needed.name}`
  let bag: Bag
  try {
    bag = await room.api.get(askFor(room, needed), Bag, signal)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.code === 'kubernetes.not-found')
      return blocker({ code: `kubernetes.missing:${id}`, wording: wording('kubernetes.missing', { what }) })
    if (error.code === 'kubernetes.forbidden') return notAllowed(room, needed)
    throw error
  }
  const present = new Set([...Object.keys(bag.data ?? {}), ...Object.keys(bag.binaryData ?? {})])
  const keys = needed.keys.filter((key) => !present.has(key))
  if (keys.length > 0)
    return blocker({
      code: `kubernetes.missing-key:${id}`,
      wording: wording('kubernetes.missing-key', { what, keys: { list: keys } }),
    })
  const changedAt = lastChange(bag)
  if (changedAt === null)
    return warning({
      code: `kubernetes.configuration-age-unknown:${id}`,
      wording: wording('kubernetes.configuration-age-unknown', { what }),
    })
  if (Temporal.Instant.compare(changedAt, Temporal.Instant.from(release.since)) <= 0) return nothingFound
  return warning({
    code: `kubernetes.configuration-changed:${id}`,
    wording: wording('kubernetes.configuration-changed', {
      what,
      at: { at: changedAt.toString(), show: 'datetime' },
    }),
  })
}

const askFor = (room: Room, needed: Needed): Ask => ({
  verb: 'get',
  group: '',
  resource: needed.kind === 'ConfigMap' ? 'configmaps' : 'secrets',
  namespace: room.unit.namespace,
  name: needed.name,
})

function notAllowed(room: Room, needed: Needed): Found {
  return warning({
    code: `kubernetes.not-checked:${needed.kind}/${needed.name}`,
    wording: wording('kubernetes.not-checked', {
      what: `${needed.kind} ${needed.name}`,
      permission: permissionOf(askFor(room, needed)),
    }),
  })
}

/** The latest write that managedFields knows of (their values are not kept, their times are), else the creation. */
function lastChange(bag: Bag): Temporal.Instant | null {
  const times = bag.metadata.managedFields.flatMap((field) => field.time ?? [])
  const last = [...times, bag.metadata.creationTimestamp ?? ''].sort().at(-1)
  return last ? Temporal.Instant.from(last) : null
}
