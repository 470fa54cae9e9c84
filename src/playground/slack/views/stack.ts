import { Refusal, type Wire } from '../store/wire.ts'
import type { View, World } from '../store/world.ts'
import type { CheckedView } from './check.ts'

const mostViews = 3

function newHash(world: World): string {
  return `${world.seconds()}.${world.ids.token(8)}`
}

function addView(world: World, user: string, checked: CheckedView, previous: View | undefined): View {
  const id = world.ids.id('V')
  const view: View = {
    id,
    user,
    type: checked.body.type === 'home' ? 'home' : 'modal',
    body: checked.body,
    hash: newHash(world),
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
    state: checked.state,
    errors: {},
  }
  world.views.set(id, view)
  return view
}

function changed(world: World, view: View): View {
  if (view.type === 'home') world.changes.emit({ kind: 'home', user: view.user })
  else world.changes.emit({ kind: 'view', user: view.user, view: view.id })
  return view
}

/** The view on top of the user's modal, if one is open. */
export function topView(world: World, user: string): View | undefined {
  const id = world.stacks.get(user)?.at(-1)
  return id === undefined ? undefined : world.views.get(id)
}

/** Opens a modal; what was open before is closed. */
export function openView(world: World, user: string, checked: CheckedView): View {
  closeAll(world, user)
  const view = addView(world, user, checked, undefined)
  world.stacks.set(user, [view.id])
  return changed(world, view)
}

/** Puts a view on top of the open modal. Refuses with `not_found` or `push_limit_reached`. */
export function pushView(world: World, user: string, checked: CheckedView): View {
  const top = topView(world, user)
  const stack = world.stacks.get(user) ?? []
  if (!top) throw new Refusal('not_found')
  if (stack.length >= mostViews) throw new Refusal('push_limit_reached')
  const view = addView(world, user, checked, top)
  stack.push(view.id)
  return changed(world, view)
}

/** Replaces what a view shows. Values survive where block_id and action_id stay, as in Slack. */
export function replaceView(world: World, view: View, checked: CheckedView): void {
  const kept: View['state'] = {}
  for (const [block, actions] of Object.entries(checked.state)) {
    kept[block] = {}
    for (const [action, value] of Object.entries(actions)) {
      const before = view.state[block]?.[action]
      kept[block][action] = before && before.type === value.type ? before : value
    }
  }
  view.body = checked.body
  view.state = kept
  view.errors = {}
  view.hash = newHash(world)
  changed(world, view)
}

/** Shows a home tab to a user; the first time it gets its id. */
export function publishHome(world: World, user: string, checked: CheckedView): View {
  const before = world.views.get(world.homes.get(user) ?? '')
  if (before) {
    replaceView(world, before, checked)
    return before
  }
  const view = addView(world, user, checked, undefined)
  world.homes.set(user, view.id)
  return changed(world, view)
}

/** Takes the top view away; what is below shows again. */
export function popView(world: World, user: string): void {
  const stack = world.stacks.get(user) ?? []
  const id = stack.pop()
  if (stack.length === 0) world.stacks.delete(user)
  if (id === undefined) return
  world.views.delete(id)
  world.changes.emit({ kind: 'view', user, view: id })
}

/** Closes the whole modal. */
export function closeAll(world: World, user: string): void {
  while (world.stacks.has(user)) popView(world, user)
}

/** Marks inputs with the texts the app answered. */
export function showErrors(world: World, view: View, errors: Record<string, string>): void {
  view.errors = errors
  changed(world, view)
}

/** A view as views.* and interaction payloads show it. */
export function viewWire(world: World, view: View): Wire {
  const { body } = view
  const shared = {
    id: view.id,
    team_id: world.team.id,
    type: view.type,
    blocks: structuredClone(body.blocks),
    private_metadata: body.private_metadata ?? '',
    callback_id: body.callback_id ?? '',
    state: { values: structuredClone(view.state) },
    hash: view.hash,
    title: body.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: body.clear_on_close ?? false,
    notify_on_close: body.notify_on_close ?? false,
    close: body.close ?? null,
    submit: body.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.app.appId,
    external_id: body.external_id ?? '',
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
  }
  return shared
}
