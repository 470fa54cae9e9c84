import { joinedChannel } from '../store/channels.ts'
import { canvasWire, fileWire, mimetype } from '../store/files.ts'
import { appendMessage } from '../store/messages.ts'
import { isWire, Refusal, type Wire } from '../store/wire.ts'
import type { File, World } from '../store/world.ts'
import { invalidArguments } from './arguments.ts'
import type { Call, Methods } from './method.ts'

const longestAlt = 1000

function getUploadUrl({ world, args }: Call): Wire {
  const name = args.need('filename')
  const declaredLength = args.integer('length', 0)
  if (declaredLength <= 0) throw new Refusal('missing_argument')
  const altText = args.text('alt_txt') ?? args.text('alt_text')
  if (altText && altText.length > longestAlt) throw new Refusal('alt_txt_too_large')
  const file: File = {
    id: world.ids.id('F'),
    name,
    title: name,
    mimetype: mimetype(name),
    bytes: Buffer.alloc(0),
    user: world.botUser,
    created: world.seconds(),
    channels: [],
    complete: false,
    declaredLength,
    ...(altText ? { altText } : {}),
  }
  world.files.set(file.id, file)
  const upload_url = `${world.origin}/upload/v1/${world.uploads.issue(file.id)}`
  return { upload_url, file_id: file.id }
}

function namedFiles(call: Call): { file: File; title: string | undefined }[] {
  const given = call.args.array('files')
  if (!given || given.length === 0) throw invalidArguments('missing required field: files')
  return given.map((entry) => {
    const file = isWire(entry) ? call.world.files.get(String(entry.id)) : undefined
    if (!file || file.complete || file.bytes.length === 0) throw new Refusal('file_not_found')
    return { file, title: isWire(entry) && typeof entry.title === 'string' ? entry.title : undefined }
  })
}

function completeUpload(call: Call): Wire {
  const { world, args } = call
  const named = namedFiles(call)
  const targets = [args.text('channel_id'), ...args.ids('channels')].filter((id) => id !== undefined)
  const threadTs = args.text('thread_ts')
  if (threadTs !== undefined && targets.length !== 1) throw new Refusal('invalid_thread_ts')
  const channels = targets.map((id) => joinedChannel(world, id))
  for (const channel of channels) {
    if (channel.isArchived) throw new Refusal('is_archived')
    if (threadTs !== undefined && !channel.messages.has(threadTs)) throw new Refusal('thread_not_found')
  }
  for (const { file, title } of named) {
    file.complete = true
    file.title = title ?? file.name
    file.channels = channels.map((channel) => channel.id)
    world.changes.emit({ kind: 'file', file: file.id })
  }
  const files = named.map(({ file }) => file.id)
  const made = {
    user: world.botUser,
    byApp: true,
    subtype: 'file_share',
    text: args.text('initial_comment') ?? '',
    files,
  }
  for (const channel of channels) appendMessage(world, channel, { ...made, ...(threadTs ? { threadTs } : {}) })
  return { files: named.map(({ file }) => shownFile(world, file)) }
}

/** A file with where it is shared, as files.info tells it. */
function shownFile(world: World, file: File): Wire {
  const shares: Record<string, Record<string, Wire[]>> = {}
  for (const id of file.channels) {
    const channel = world.channels.get(id)
    if (!channel) continue
    const kind = channel.isPrivate || channel.isIm ? 'private' : 'public'
    const messages = [...channel.messages.values()].filter((message) => message.files.includes(file.id))
    const places = messages.map((message) => ({
      ts: message.ts,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    }))
    shares[kind] = { ...shares[kind], [id]: places }
  }
  return { ...fileWire(world, file), shares }
}

function existing({ world, args }: Call): File {
  const file = world.files.get(args.need('file', 'file_not_found'))
  if (!file?.complete) throw new Refusal('file_not_found')
  return file
}

function info(call: Call): Wire {
  const canvas = call.world.canvases.get(call.args.text('file') ?? '')
  if (canvas) return { file: canvasWire(call.world, canvas), comments: [] }
  return { file: shownFile(call.world, existing(call)), comments: [], response_metadata: { next_cursor: '' } }
}

function remove(call: Call): Wire {
  const { world } = call
  const file = existing(call)
  if (file.user !== world.botUser) throw new Refusal('cant_delete_file')
  world.files.delete(file.id)
  for (const channel of world.channels.values())
    for (const message of channel.messages.values()) message.files = message.files.filter((id) => id !== file.id)
  world.changes.emit({ kind: 'file', file: file.id })
  return {}
}

/** https://docs.slack.dev/reference/methods?family=files */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': { scopes: ['files:write'], tier: 4, formOnly: true, run: getUploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], tier: 4, run: completeUpload },
  'files.info': { scopes: ['files:read'], tier: 4, formOnly: true, run: info },
  'files.delete': { scopes: ['files:write'], tier: 3, run: remove },
}
