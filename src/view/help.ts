import type { Language } from '../text/language.ts'
import type { TextKey } from '../text/say.ts'
import { note } from './incident.ts'
import type { Note } from './view.ts'
import { bold, voice } from './words.ts'

/** `/help`: made of the commands themselves. */
export function helpNote(
  commands: readonly { readonly usage: string; readonly summary: TextKey }[],
  language: Language,
): Note {
  const v = voice(language)
  return note(language, [
    bold(v.plain('help.title')),
    ...commands.map(({ usage, summary }) => v.say('help.line', { usage, summary: v.plain(summary) })),
    v.say('help.mention'),
  ])
}
