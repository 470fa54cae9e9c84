import type { types } from '@slack/bolt'
import type { Home } from '../../../../view/view.ts'
import { drawBlocks } from './blocks.ts'
import { drawButtons } from './buttons.ts'
import { Ink } from './ink.ts'
import { type Block, inlines, Rich } from './rich.ts'

/** 100 blocks fit in a view; a section cut off is one that the commands still show. */
const mostBlocks = 100

/** https://docs.slack.dev/surfaces/app-home */
export function drawHome(home: Home, ink: Ink): types.HomeView {
  const onPage = new Ink({ names: ink.names, language: ink.language, plans: false })
  const title = new Rich()
  title.line(inlines(home.title, onPage, true))
  const blocks: Block[] = drawBlocks(title, [], onPage)
  for (const section of home.sections) {
    const head = new Rich()
    head.line(inlines(section.heading, onPage, true))
    const drawn: Block[] = [
      { type: 'divider' },
      ...drawBlocks(head, section.blocks, onPage),
      ...drawButtons(section.buttons, []),
    ]
    if (blocks.length + drawn.length > mostBlocks) break
    blocks.push(...drawn)
  }
  return { type: 'home', blocks }
}
