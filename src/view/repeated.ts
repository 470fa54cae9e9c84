import { say } from '../text/say.ts'
import type { View } from './view.ts'

/** An answer to a delivery that a process left when it died: nobody can know whether she has seen it, so it says so. */
export function perhapsRepeated(view: View): View {
  const text = say(view.language, 'answer.perhaps-repeated')
  if (view.kind === 'note') return { ...view, lines: [text, ...view.lines] }
  if (view.kind === 'card') return { ...view, blocks: [{ kind: 'muted', text }, ...view.blocks] }
  return view
}
