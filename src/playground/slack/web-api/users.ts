import { userWire } from '../store/users.ts'
import { Refusal, type Wire } from '../store/wire.ts'
import type { Call, Methods } from './method.ts'
import { page } from './paging.ts'

function info({ world, args }: Call): Wire {
  const user = world.users.get(args.need('user', 'user_not_found'))
  if (!user) throw new Refusal('user_not_found')
  const locale = args.flag('include_locale') ? { locale: user.setup.locale ?? 'en-US' } : {}
  return { user: { ...userWire(world, user), ...locale } }
}

function listAll({ world, args }: Call): Wire {
  const here = [...world.users.values()].filter((user) => !user.setup.isStranger)
  const { items, rest } = page(args, here, 1000, 1000)
  return { members: items.map((user) => userWire(world, user)), cache_ts: world.seconds(), ...rest }
}

function lookupByEmail({ world, args }: Call): Wire {
  const email = args.need('email').toLowerCase()
  for (const user of world.users.values())
    if (user.setup.email?.toLowerCase() === email && !user.setup.deleted) return { user: userWire(world, user) }
  throw new Refusal('users_not_found')
}

function teamInfo({ world }: Call): Wire {
  const { id, name, domain } = world.team
  return { team: { id, name, domain, url: `https://${domain}.slack.com/`, email_domain: '', icon: {} } }
}

/** https://docs.slack.dev/reference/methods?family=users */
export const userMethods: Methods = {
  'users.info': { scopes: ['users:read'], tier: 4, formOnly: true, run: info },
  'users.list': { scopes: ['users:read'], tier: 2, formOnly: true, run: listAll },
  'users.lookupByEmail': { scopes: ['users:read.email'], tier: 3, formOnly: true, run: lookupByEmail },
  'team.info': { scopes: ['team:read'], tier: 3, formOnly: true, run: teamInfo },
}
