import { checkBlocks, problemTexts, type Surface, textLength } from '../blocks/surface.ts'
import { completed } from '../blocks/walk.ts'
import { checkSlackFiles } from '../store/files.ts'
import { isWire, Refusal, type Wire, wires } from '../store/wire.ts'
import type { World } from '../store/world.ts'
import type { Arguments } from './arguments.ts'

/** Slack cuts longer texts of new messages and refuses them in edits. */
const longestText = 40_000
const longestEdit = 4_000
const mostBlockText = 13_200
const mostAttachments = 100
const mostMetadataBytes = 16_000

/** What a message says, checked. */
export interface Content {
  text: string
  blocks?: Wire[]
  attachments?: Wire[]
  metadata?: Wire
  /** Whether the call named blocks at all; edits need to know. */
  named: { text: boolean; blocks: boolean; attachments: boolean }
}

/** Checks blocks for a surface and fills in what Slack fills in. Refuses with `invalid_blocks`. */
function checkedBlocks(value: unknown, surface: Surface, world: World): Wire[] {
  const problems = checkBlocks(value, surface)
  if (problems.length > 0) {
    const messages = problemTexts(problems)
    const errors = messages.map((message) => message.replace('[ERROR] ', ''))
    throw new Refusal('invalid_blocks', { errors, response_metadata: { messages } })
  }
  const given = wires(value)
  if (textLength(given) > mostBlockText) throw new Refusal('msg_blocks_too_long')
  checkSlackFiles(world, given, '/blocks')
  return completed(given, world.ids)
}

/** Reads text, blocks, attachments and metadata of a call that writes a message. */
export function readContent(args: Arguments, world: World, kind: 'new' | 'edit'): Content {
  const text = args.text('text') ?? ''
  const blocks = args.json('blocks', 'invalid_blocks_format')
  if (blocks !== undefined && !Array.isArray(blocks)) throw new Refusal('invalid_blocks_format')
  const attachments = args.array('attachments', 'invalid_attachments')
  const named = {
    text: typeof args.given.text === 'string',
    blocks: blocks !== undefined,
    attachments: attachments !== undefined,
  }
  if (text === '' && !blocks?.length && !attachments?.length) {
    const clears = kind === 'edit' && (named.blocks || named.attachments)
    if (!clears) throw new Refusal('no_text')
  }
  if (kind === 'edit' && text.length > longestEdit) throw new Refusal('msg_too_long')
  if (attachments && attachments.length > mostAttachments) throw new Refusal('too_many_attachments')
  const content: Content = { text: text.slice(0, longestText), named }
  if (blocks?.length) content.blocks = checkedBlocks(blocks, 'message', world)
  if (attachments?.length) content.attachments = attachments.map((one) => checkedAttachment(one, world))
  const metadata = readMetadata(args)
  if (metadata) content.metadata = metadata
  return content
}

function checkedAttachment(value: unknown, world: World): Wire {
  if (!isWire(value)) throw new Refusal('invalid_attachments')
  if (value.blocks === undefined) return { fallback: '[no preview available]', ...value, id: 1 }
  return { fallback: '[no preview available]', ...value, id: 1, blocks: checkedBlocks(value.blocks, 'message', world) }
}

function readMetadata(args: Arguments): Wire | undefined {
  const metadata = args.object('metadata', 'invalid_metadata_format')
  if (!metadata) return undefined
  const { event_type, event_payload } = metadata
  if (typeof event_type !== 'string' || event_type === '' || !isWire(event_payload))
    throw new Refusal('invalid_metadata_schema')
  for (const value of Object.values(event_payload))
    if (isWire(value) || (Array.isArray(value) && value.some((v) => typeof v === 'object')))
      throw new Refusal('invalid_metadata_schema')
  if (Buffer.byteLength(JSON.stringify(metadata)) > mostMetadataBytes) throw new Refusal('metadata_too_large')
  return { event_type, event_payload }
}
