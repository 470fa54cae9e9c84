import type { PersonSetup } from '../setup.ts'
import type { World } from './world.ts'

/** The organisation of a person. */
export function corpOf(world: World, person: PersonSetup): string {
  return person.corpId ?? world.corpId
}

/** Somebody whom the interfaces know: of this organisation, and still there. */
export function staffOf(world: World, userId: string): PersonSetup | undefined {
  const person = world.people.get(userId)
  if (!person || person.hasLeft || corpOf(world, person) !== world.corpId) return undefined
  return person
}

/** The id under which messages name their sender, which apps cannot read. */
export function hiddenId(userId: string): string {
  return `$:LWCP_v1:$${Buffer.from(userId).toString('base64')}`
}

/** The id of a person across the developer's apps. */
export function unionId(userId: string): string {
  return `${Buffer.from(`union:${userId}`).toString('base64url')}iEiE`
}
