import type { types } from '@slack/bolt'
import type { Block as ViewBlock } from '../../../../view/view.ts'
import type { Ink } from './ink.ts'
import { mrkdwn } from './mrkdwn.ts'
import { type Block, inlines, Rich } from './rich.ts'

const rawChars = 2500
const contextChars = 2900
const altChars = 1900
/** Beside them the buttons and a last "…" must fit: 50 in a message, 100 in a view. */
const mostBlocks = 40

type Task = Extract<ViewBlock, { kind: 'tasks' }>['tasks'][number]

const statuses: Readonly<Record<Task['state'], types.TaskCardBlock['status']>> = {
  pending: 'pending',
  running: 'in_progress',
  done: 'complete',
  failed: 'error',
}
const glyphs: Readonly<Record<Task['state'], string>> = { pending: '○', running: '◐', done: '●', failed: '✕' }

/**
 * A view's blocks as Block Kit. What follows each other and reads as text becomes one rich text block, beginning with `head`, so
 * that a card stays compact on a phone. What no longer fits ends in "…".
 */
export function drawBlocks(head: Rich, blocks: readonly ViewBlock[], ink: Ink): Block[] {
  const drawn: Block[] = []
  let rich = head
  const flush = () => {
    const block = rich.block()
    if (block) drawn.push(block)
    rich = new Rich()
  }
  for (const block of blocks) {
    if (ink.dry || drawn.length >= mostBlocks) {
      rich.line([{ type: 'text', text: '…' }])
      break
    }
    switch (block.kind) {
      case 'text':
        rich.line(inlines(block.text, ink))
        break
      case 'list':
        rich.list(block.items.map((item) => inlines(item, ink)))
        break
      case 'raw':
        rich.raw(ink.write(block.lines.join('\n'), rawChars))
        break
      case 'tasks':
        if (ink.plans) {
          flush()
          drawn.push(plan(block, ink))
        } else taskLines(block, rich, ink)
        break
      case 'muted': {
        flush()
        const text = muted(block.text, ink)
        if (text) drawn.push({ type: 'context', elements: [text] })
        break
      }
      case 'plot': {
        const id = ink.pictures.get(block.plot)
        if (id === undefined) break
        flush()
        drawn.push({ type: 'image', slack_file: { id }, alt_text: ink.write(block.alt, altChars) || '…' })
        break
      }
      case 'divider':
        flush()
        drawn.push({ type: 'divider' })
    }
  }
  flush()
  return drawn
}

function muted(text: Extract<ViewBlock, { kind: 'muted' }>['text'], ink: Ink): types.TextObject | null {
  if (text.every((span) => typeof span === 'string')) {
    const words = ink.plain(text, contextChars)
    return words === '' ? null : { type: 'plain_text', text: words, emoji: false }
  }
  const marked = mrkdwn(text, ink, contextChars)
  return marked === '' ? null : { type: 'mrkdwn', text: marked, verbatim: true }
}

/** https://docs.slack.dev/reference/block-kit/blocks/plan-block/ */
function plan(block: Extract<ViewBlock, { kind: 'tasks' }>, ink: Ink): types.PlanBlock {
  const tasks = block.tasks.map((task): types.TaskCardBlock => {
    const rich = new Rich()
    if (task.detail) rich.line(inlines(task.detail, ink))
    const details = rich.block()
    return {
      type: 'task_card',
      task_id: task.id,
      title: ink.plain(task.title, 250) || '…',
      status: statuses[task.state],
      ...(details ? { details } : {}),
    }
  })
  return { type: 'plan', title: ink.plain(block.title, 250) || '…', tasks }
}

function taskLines(block: Extract<ViewBlock, { kind: 'tasks' }>, rich: Rich, ink: Ink): void {
  rich.line(inlines(block.title, ink, true))
  for (const task of block.tasks) {
    const detail = task.detail ? inlines([' — ', ...task.detail], ink) : []
    rich.line([{ type: 'text', text: `${glyphs[task.state]} ` }, ...inlines(task.title, ink), ...detail])
  }
}
