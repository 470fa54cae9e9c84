import { digestOf } from '../../../../core/canonical.ts'
import { sayPlain } from '../../../../text/say.ts'
import type { Block, Button, Card, Home, Note, Plot } from '../../../../view/view.ts'
import { clean, type Ink, markdown } from './markdown.ts'
import {
  blank,
  buttonSlots,
  bytesOf,
  cutBytes,
  moreSlots,
  type Params,
  pour,
  slotParts,
  textParams,
  valueBytes,
} from './params.ts'

const labelBytes = 120
const rawLines = 12
const glyphs = { pending: '○', running: '◐', done: '●', failed: '✕' } as const

/** DingTalk's media ids of plots that were uploaded. */
export type Pictures = ReadonlyMap<Plot, string>

/** A view as the public parameters of the card. All of them, always: what is not sent would stay as it was. */
export function drawCard(view: Card | Note | Home, space: string, ink: Ink, pictures: Pictures = new Map()): Params {
  const title = view.kind === 'note' ? '' : markdown(view.title, ink)
  const texts = pour(linesOf(view, ink, pictures), textParams.length, sayPlain(ink.language, 'dingtalk.cut'))
  const { buttons, more } = buttonsOf(view)
  const shown: Params = {
    title: cutBytes(title, valueBytes),
    ...Object.fromEntries(textParams.map((name, index) => [name, texts[index] ?? ''])),
    ...slots(buttonSlots, buttons),
    ...slots(moreSlots, more),
    more: more.length > 0 ? sayPlain(ink.language, 'dingtalk.more') : '',
    busy: sayPlain(ink.language, 'dingtalk.busy-card'),
    space,
    summary: cutBytes(clean(title || (texts[0] ?? '')).replaceAll('**', ''), 200),
  }
  return { ...shown, rev: digestOf({ ...shown }).slice(0, 12) }
}

function linesOf(view: Card | Note | Home, ink: Ink, pictures: Pictures): string[] {
  switch (view.kind) {
    case 'note':
      return view.lines.map((line) => markdown(line, ink)).filter((line) => line !== '')
    case 'card':
      return blocksOf(view.blocks, ink, pictures)
    case 'home':
      return view.sections.flatMap((section) => [
        `**${markdown(section.heading, ink).replaceAll('**', '')}**`,
        ...blocksOf(section.blocks, ink, pictures),
      ])
  }
}

/** Blocks as Markdown paragraphs; what follows each other closely is one paragraph with breaks, so that a card stays short. */
export function blocksOf(blocks: readonly Block[], ink: Ink, pictures: Pictures): string[] {
  return blocks.flatMap((block) => linesOfBlock(block, ink, pictures))
}

function linesOfBlock(block: Block, ink: Ink, pictures: Pictures): string[] {
  switch (block.kind) {
    case 'text':
      return said(markdown(block.text, ink))
    case 'muted':
      return said(markdown(block.text, ink)).map((line) => `> ${line}`)
    case 'list':
      return block.items.map((item) => `- ${markdown(item, ink)}`)
    case 'tasks':
      return [
        ...said(markdown(block.title, ink)).map((line) => `**${line.replaceAll('**', '')}**`),
        ...block.tasks.map((task) => {
          const detail = task.detail ? ` — ${markdown(task.detail, ink)}` : ''
          return `${glyphs[task.state]} ${markdown(task.title, ink)}${detail}`
        }),
      ]
    case 'raw':
      return block.lines.slice(-rawLines).map((line) => `> ${markdown([line], ink)}`)
    case 'plot': {
      const media = pictures.get(block.plot)
      return media === undefined ? [] : [`![${markdown([block.alt], ink).slice(0, 100)}](${media})`]
    }
    case 'divider':
      return []
  }
}

const said = (line: string): string[] => (line === '' ? [] : [line])

/**
 * Two stand out; the others, and what is one too many, are under "more". A place is what a press is bound to, and a card may change while
 * the client still asks whether it is meant: what only stops something never takes the place where consent to it stood.
 */
function buttonsOf(view: Card | Note | Home): {
  buttons: readonly (Button | undefined)[]
  more: readonly Button[]
} {
  const all = view.kind === 'home' ? view.sections.flatMap(({ buttons }) => buttons) : view.buttons
  const [only, ...others] = all
  const more = view.kind === 'card' ? view.more : []
  return {
    buttons: only?.tone === 'danger' && others.length === 0 ? [undefined, only] : all.slice(0, buttonSlots.length),
    more: [...all.slice(buttonSlots.length), ...more].slice(0, moreSlots.length),
  }
}

export function slots(names: readonly string[], buttons: readonly (Button | undefined)[]): Params {
  return Object.assign({}, ...names.map((name, index) => slot(name, buttons[index])))
}

function slot(name: string, button: Button | undefined): Params {
  const empty = blank(slotParts.map((part) => `${name}_${part}`))
  if (!button) return empty
  if (bytesOf(button.value) > valueBytes)
    throw new TypeError(`the value of button ${button.action} is too long for DingTalk`)
  const { confirm } = button
  return {
    ...empty,
    [`${name}_label`]: cutBytes(clean(button.label), labelBytes),
    [`${name}_color`]: button.tone === 'primary' ? 'blue' : button.tone === 'danger' ? 'red' : 'gray',
    ...(button.url
      ? { [`${name}_url`]: button.url }
      : { [`${name}_action`]: button.action, [`${name}_value`]: button.value }),
    ...(confirm && {
      [`${name}_ask_title`]: cutBytes(clean(confirm.title), labelBytes),
      [`${name}_ask_text`]: cutBytes(clean(confirm.text), valueBytes),
      [`${name}_ask_yes`]: cutBytes(clean(confirm.yes), labelBytes),
      [`${name}_ask_no`]: cutBytes(clean(confirm.no), labelBytes),
    }),
  }
}
