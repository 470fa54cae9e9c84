import { Refusal, type Wire } from '../store/wire.ts'
import type { Usergroup, World } from '../store/world.ts'
import type { Call, Methods } from './method.ts'

function groupWire(world: World, group: Usergroup, include: { users: boolean; count: boolean }): Wire {
  return {
    id: group.id,
    team_id: world.team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 0,
    date_update: group.updated,
    date_delete: 0,
    auto_type: null,
    prefs: { channels: [], groups: [] },
    ...(include.users ? { users: [...group.users] } : {}),
    ...(include.count ? { user_count: group.users.length } : {}),
  }
}

function requirePlan(world: World): void {
  if (world.team.plan === 'free') throw new Refusal('plan_upgrade_required')
}

function listAll({ world, args }: Call): Wire {
  const include = { users: args.flag('include_users'), count: args.flag('include_count') }
  return { usergroups: [...world.usergroups.values()].map((group) => groupWire(world, group, include)) }
}

function existing({ world, args }: Call): Usergroup {
  const group = world.usergroups.get(args.need('usergroup', 'no_such_subteam'))
  if (!group) throw new Refusal('no_such_subteam')
  return group
}

function listUsers(call: Call): Wire {
  return { users: [...existing(call).users] }
}

function updateUsers(call: Call): Wire {
  const { world, args } = call
  requirePlan(world)
  const group = existing(call)
  const users = args.ids('users')
  if (users.length === 0) throw new Refusal('no_users_provided')
  for (const id of users) {
    const setup = world.users.get(id)?.setup
    if (!setup || setup.deleted) throw new Refusal('invalid_users')
    if (setup.isUltraRestricted) throw new Refusal('single_channel_guests_cannot_be_added')
    if (setup.isRestricted || setup.isBot || setup.isStranger) throw new Refusal('invalid_user')
  }
  group.users = users
  group.updated = world.seconds()
  const subteam = groupWire(world, group, { users: true, count: true })
  world.publish({ type: 'subteam_updated', subteam })
  return { usergroup: subteam }
}

/** https://docs.slack.dev/reference/methods?family=usergroups */
export const usergroupMethods: Methods = {
  'usergroups.list': { scopes: ['usergroups:read'], tier: 2, formOnly: true, run: listAll },
  'usergroups.users.list': { scopes: ['usergroups:read'], tier: 2, formOnly: true, run: listUsers },
  'usergroups.users.update': { scopes: ['usergroups:write'], tier: 2, run: updateUsers },
}
