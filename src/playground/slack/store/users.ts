import type { Wire } from './wire.ts'
import type { User, World } from './world.ts'

const defaultZone = 'America/Los_Angeles'

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetSeconds(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

/** A user as users.* and events show them; the e-mail only where the app may read it. */
export function userWire(world: World, user: User): Wire {
  const { setup } = user
  const realName = setup.realName ?? setup.name
  const mayReadEmail = world.app.scopes.includes('users:read.email')
  const email = setup.email && mayReadEmail ? { email: setup.email } : {}
  const profile = { real_name: realName, display_name: setup.name, team: setup.teamId ?? world.team.id, ...email }
  const base = { id: setup.id, team_id: setup.teamId ?? world.team.id, name: setup.name, updated: user.updated }
  if (setup.deleted) return { ...base, deleted: true, profile, is_bot: setup.isBot ?? false, is_app_user: false }
  return {
    ...base,
    deleted: false,
    real_name: realName,
    tz: setup.tz ?? defaultZone,
    tz_offset: offsetSeconds(setup.tz ?? defaultZone, world.now()),
    profile,
    is_admin: setup.isAdmin ?? false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: setup.isRestricted ?? false,
    is_ultra_restricted: setup.isUltraRestricted ?? false,
    ...(setup.isStranger ? { is_stranger: true } : {}),
    is_bot: setup.isBot ?? false,
    is_app_user: false,
    is_email_confirmed: true,
  }
}

/** The user object inside interaction payloads. */
export function actorWire(world: World, user: User): Wire {
  const { id, name, teamId } = user.setup
  return { id, username: name, name, team_id: teamId ?? world.team.id }
}
