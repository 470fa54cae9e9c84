import type { Language } from '../text/language.ts'
import { sayPlain } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import type { View } from './view.ts'

/** What stands before everything that is of a drill. */
export const drillMark = (language: Language, drill: string): string =>
  `${sayPlain(language, 'drill.mark', { id: drill })}${language === 'zh-CN' ? '' : ' '}`

/** A view that says, before anything else, that it is of a drill. Marked twice it is marked once. */
export function drillMarked<V extends View>(view: V, drill: string): V {
  const mark = drillMark(view.language, drill)
  switch (view.kind) {
    case 'card':
      return { ...view, title: before(view.title, mark) }
    case 'note': {
      const [first = [], ...others] = view.lines
      return { ...view, lines: [before(first, mark), ...others] }
    }
    case 'document':
      return view.title.startsWith(mark) ? view : { ...view, title: `${mark}${view.title}` }
    case 'form': {
      // A dialog's title is too short for it.
      const text = [sayPlain(view.language, 'drill.banner', { id: drill })]
      return { ...view, blocks: [{ kind: 'text', text }, ...view.blocks] }
    }
    case 'home':
    case 'members':
      return view
  }
}

/** A line of a list that is about a drill among lines that are not. */
export const markedLine = (language: Language, drill: string | null | undefined, line: Text): Text =>
  drill ? before(line, drillMark(language, drill)) : line

function before(text: Text, mark: string): Text {
  const [first] = text
  return typeof first === 'string' && first.startsWith(mark) ? text : [mark, ...text]
}
