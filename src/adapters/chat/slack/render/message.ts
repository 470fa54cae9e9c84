import type { Card, Note, Block as ViewBlock } from '../../../../view/view.ts'
import { drawBlocks } from './blocks.ts'
import { drawButtons } from './buttons.ts'
import { clean, cut } from './cut.ts'
import type { Ink } from './ink.ts'
import { entities } from './mrkdwn.ts'
import { type Block, inlines, Rich } from './rich.ts'

/** What chat.postMessage, chat.update and response_url take. `text` without `blocks` would remove the blocks: both, always. */
export interface Message {
  readonly text: string
  readonly blocks: readonly Block[]
}

/** What a notification, a screen reader and an old client show. */
const textChars = 1500

export function drawMessage(view: Card | Note, ink: Ink): Message {
  const head = new Rich()
  if (view.kind === 'card') head.line(inlines(view.title, ink, true))
  const blocks: readonly ViewBlock[] =
    view.kind === 'card' ? view.blocks : view.lines.map((text) => ({ kind: 'text', text }))
  const body = drawBlocks(head, blocks, ink)
  const more = view.kind === 'card' ? view.more : []
  const words = view.kind === 'card' ? [view.title] : view.lines
  const text = words.map((line) => ink.plain(line, textChars)).join('\n')
  return { text: entities(cut(clean(text), textChars)), blocks: [...body, ...drawButtons(view.buttons, more)] }
}
