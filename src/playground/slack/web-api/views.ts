import { Refusal, type Wire } from '../store/wire.ts'
import type { View } from '../store/world.ts'
import { type CheckedView, checkView } from '../views/check.ts'
import { openView, publishHome, pushView, replaceView, viewWire } from '../views/stack.ts'
import { invalidArguments } from './arguments.ts'
import type { Call, Methods } from './method.ts'

function given({ args, world }: Call, type: 'modal' | 'home'): CheckedView {
  if (!args.has('view')) throw invalidArguments('missing required field: view')
  return checkView(world, args.object('view'), type)
}

function trigger({ args, world }: Call): string {
  const id = args.text('trigger_id')
  if (id === undefined) throw invalidArguments('missing required field: trigger_id')
  return world.triggers.exchange(id)
}

function open(call: Call): Wire {
  const view = given(call, 'modal')
  return { view: viewWire(call.world, openView(call.world, trigger(call), view)) }
}

function push(call: Call): Wire {
  const view = given(call, 'modal')
  return { view: viewWire(call.world, pushView(call.world, trigger(call), view)) }
}

function existing({ args, world }: Call): View {
  const id = args.text('view_id')
  const external = args.text('external_id')
  if (id === undefined && external === undefined) throw invalidArguments('missing required field: view_id')
  for (const view of world.views.values())
    if (view.id === id || (external !== undefined && view.body.external_id === external)) return view
  throw new Refusal('not_found')
}

function update(call: Call): Wire {
  const view = existing(call)
  const next = checkView(call.world, call.args.object('view'), view.type, view.id)
  const hash = call.args.text('hash')
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict')
  replaceView(call.world, view, next)
  return { view: viewWire(call.world, view) }
}

function publish(call: Call): Wire {
  const { world, args } = call
  const user = args.need('user_id', 'user_not_found')
  const setup = world.users.get(user)?.setup
  if (!setup || setup.deleted) throw new Refusal('user_not_found')
  const homeId = world.homes.get(user)
  const home = homeId === undefined ? undefined : world.views.get(homeId)
  const view = checkView(world, args.object('view'), 'home', homeId)
  const hash = args.text('hash')
  if (hash !== undefined && hash !== home?.hash) throw new Refusal('hash_conflict')
  return { view: viewWire(world, publishHome(world, user, view)) }
}

/** https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Methods = {
  'views.open': { tier: 4, run: open },
  'views.push': { tier: 4, run: push },
  'views.update': { tier: 4, run: update },
  'views.publish': { tier: 4, run: publish },
}
