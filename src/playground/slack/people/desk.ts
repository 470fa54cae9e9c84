import type { ResponseUrls } from '../delivery/response-url.ts'
import type { Delivery, Receipt } from '../delivery/transport.ts'
import { actorWire } from '../store/users.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { User, World } from '../store/world.ts'

/** What people's actions need of the workspace. */
export interface Desk {
  readonly world: World
  readonly responseUrls: ResponseUrls
  readonly deliver: (delivery: Delivery) => Promise<Receipt>
}

/** A user who must exist. Throws `Refusal` otherwise. */
export function userOf(world: World, id: string): User {
  const user = world.users.get(id)
  if (!user) throw new Refusal('user_not_found')
  return user
}

/** What every interaction payload begins with. */
export function interactionHead(world: World, userId: string): Wire {
  const { team, app } = world
  return {
    user: actorWire(world, userOf(world, userId)),
    api_app_id: app.appId,
    token: 'verification',
    trigger_id: world.triggers.issue(userId),
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  }
}
