import { headingLevel, splitSections } from '../store/canvas-text.ts'
import { joinedChannel, visibleChannel } from '../store/channels.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { Canvas, World } from '../store/world.ts'
import { type Arguments, invalidArguments } from './arguments.ts'
import type { Call, Methods } from './method.ts'

const mostBytes = 1024 * 1024

function markdownOf(content: unknown, at: string): string | undefined {
  if (content === undefined) return undefined
  if (!isWire(content)) throw invalidArguments(`must provide an object [json-pointer:${at}]`)
  if (content.type !== 'markdown') throw invalidArguments(`must be a valid enum value [json-pointer:${at}/type]`)
  if (typeof content.markdown !== 'string')
    throw invalidArguments(`missing required field: markdown [json-pointer:${at}]`)
  if (Buffer.byteLength(content.markdown) > mostBytes) throw new Refusal('canvas_creation_failed')
  return content.markdown
}

function sectionsOf(world: World, markdown: string): Canvas['sections'] {
  return splitSections(markdown).map((text) => ({ id: `temp:C:${world.ids.token(28)}`, markdown: text }))
}

function addCanvas(world: World, args: Arguments, channel: string | undefined): Canvas {
  const markdown = markdownOf(args.json('document_content'), '/document_content') ?? ''
  const canvas: Canvas = {
    id: world.ids.id('F'),
    title: args.text('title') ?? 'Untitled',
    sections: sectionsOf(world, markdown),
    owner: world.botUser,
    access: [],
    ...(channel === undefined ? {} : { channel }),
  }
  world.canvases.set(canvas.id, canvas)
  world.changes.emit({ kind: 'canvas', canvas: canvas.id })
  return canvas
}

function onTab(world: World, args: Arguments, id: string, taken: string): Canvas {
  const channel = joinedChannel(world, id)
  if (channel.isArchived) throw new Refusal('is_archived')
  if (channel.canvasId) throw new Refusal(taken)
  const canvas = addCanvas(world, args, channel.id)
  channel.canvasId = canvas.id
  world.changes.emit({ kind: 'channel', channel: channel.id })
  return canvas
}

function create({ world, args }: Call): Wire {
  const channel = args.text('channel_id')
  const isFree = world.team.plan === 'free'
  if (isFree && channel === undefined) throw new Refusal('free_teams_cannot_create_non_tabbed_canvases')
  if (isFree && channel !== undefined)
    return { canvas_id: onTab(world, args, channel, 'free_team_canvas_tab_already_exists').id }
  if (channel !== undefined) joinedChannel(world, channel)
  const canvas = addCanvas(world, args, undefined)
  if (channel !== undefined) canvas.access.push({ level: 'write', users: [], channels: [channel] })
  return { canvas_id: canvas.id }
}

function createForChannel({ world, args }: Call): Wire {
  return {
    canvas_id: onTab(world, args, args.need('channel_id', 'channel_not_found'), 'channel_canvas_already_exists').id,
  }
}

function existing({ world, args }: Call): Canvas {
  const canvas = world.canvases.get(args.need('canvas_id'))
  if (!canvas) throw new Refusal('canvas_not_found')
  return canvas
}

function edit(call: Call): Wire {
  const { world, args } = call
  const canvas = existing(call)
  if (world.team.plan === 'free' && canvas.channel === undefined)
    throw new Refusal('free_teams_cannot_edit_standalone_canvases')
  const changes = args.array('changes')
  if (!changes || changes.length === 0) throw invalidArguments('missing required field: changes')
  if (changes.length > 1) throw invalidArguments('no more than 1 items allowed [json-pointer:/changes]')
  const [change] = changes
  if (!isWire(change)) throw invalidArguments('must provide an object [json-pointer:/changes/0]')
  applyChange(world, canvas, change)
  world.changes.emit({ kind: 'canvas', canvas: canvas.id })
  return {}
}

function applyChange(world: World, canvas: Canvas, change: Wire): void {
  const at = '/changes/0'
  const { operation } = change
  if (operation === 'rename') {
    const title = markdownOf(change.title_content, `${at}/title_content`)
    if (!title) throw invalidArguments(`missing required field: title_content [json-pointer:${at}]`)
    canvas.title = title
    return
  }
  const index = canvas.sections.findIndex((section) => section.id === change.section_id)
  const failed = new Refusal('canvas_editing_failed', { detail: `section ${String(change.section_id)} was not found` })
  if (change.section_id !== undefined && index < 0) throw failed
  if (operation === 'delete') {
    if (index < 0) throw failed
    canvas.sections.splice(index, 1)
    return
  }
  const markdown = markdownOf(change.document_content, `${at}/document_content`)
  if (markdown === undefined) throw invalidArguments(`missing required field: document_content [json-pointer:${at}]`)
  const made = sectionsOf(world, markdown)
  switch (operation) {
    case 'insert_at_start':
      canvas.sections.unshift(...made)
      return
    case 'insert_at_end':
      canvas.sections.push(...made)
      return
    case 'replace':
      if (index < 0) canvas.sections = made
      else canvas.sections.splice(index, 1, ...made)
      return
    case 'insert_before':
    case 'insert_after':
      if (index < 0) throw failed
      canvas.sections.splice(operation === 'insert_after' ? index + 1 : index, 0, ...made)
      return
    default:
      throw invalidArguments(`must be a valid enum value [json-pointer:${at}/operation]`)
  }
}

function remove(call: Call): Wire {
  const { world } = call
  const canvas = existing(call)
  world.canvases.delete(canvas.id)
  for (const channel of world.channels.values()) if (channel.canvasId === canvas.id) delete channel.canvasId
  world.changes.emit({ kind: 'canvas', canvas: canvas.id })
  return {}
}

const sectionTypes = ['h1', 'h2', 'h3', 'any_header']

function lookup(call: Call): Wire {
  const canvas = existing(call)
  const criteria = call.args.object('criteria')
  const text = criteria?.contains_text
  const types = Array.isArray(criteria?.section_types) ? criteria.section_types.map(String) : []
  if (typeof text !== 'string' && types.length === 0) throw invalidArguments('missing required field: criteria')
  if (types.some((type) => !sectionTypes.includes(type)))
    throw invalidArguments('must be a valid enum value [json-pointer:/criteria/section_types]')
  const sections = canvas.sections.filter(({ markdown }) => {
    const level = headingLevel(markdown)
    const ofType = types.length === 0 || types.includes(`h${level}`) || (level > 0 && types.includes('any_header'))
    return ofType && (typeof text !== 'string' || markdown.includes(text))
  })
  return { sections: sections.map(({ id }) => ({ id })) }
}

function accessSet(call: Call): Wire {
  const { world, args } = call
  const canvas = existing(call)
  const level = args.need('access_level')
  if (!['read', 'write', 'owner'].includes(level))
    throw invalidArguments('must be a valid enum value [json-pointer:/access_level]')
  const users = args.ids('user_ids')
  const channels = args.ids('channel_ids')
  if ((users.length === 0) === (channels.length === 0)) throw new Refusal('invalid_parameters')
  for (const id of channels) visibleChannel(world, id)
  for (const id of users) if (!world.users.has(id)) throw new Refusal('user_not_found')
  canvas.access.push({ level, users, channels })
  return { failed_to_update_channel_ids: [], failed_to_update_user_ids: [] }
}

/** https://docs.slack.dev/reference/methods?family=canvases */
export const canvasMethods: Methods = {
  'canvases.create': { scopes: ['canvases:write'], tier: 2, run: create },
  'canvases.edit': { scopes: ['canvases:write'], tier: 3, run: edit },
  'canvases.delete': { scopes: ['canvases:write'], tier: 3, run: remove },
  'canvases.sections.lookup': { scopes: ['canvases:read'], tier: 3, run: lookup },
  'canvases.access.set': { scopes: ['canvases:write'], tier: 3, run: accessSet },
  'conversations.canvases.create': { scopes: ['canvases:write'], tier: 2, run: createForChannel },
}
