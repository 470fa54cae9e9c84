import type { Language } from '../text/language.ts'
import type { Text } from '../text/span.ts'
import { markedLine } from './drill-mark.ts'
import type { Button, Note } from './view.ts'
import { voice } from './words.ts'

/** `/incident list`. */
export function incidentList(
  incidents: readonly {
    readonly id: string
    readonly service: string
    readonly title: string
    readonly openedAt: string
    readonly drill?: string
  }[],
  language: Language,
): Note {
  const v = voice(language)
  const lines =
    incidents.length === 0
      ? [v.say('incident.list-none')]
      : incidents.map(({ id, service, title, openedAt, drill }) =>
          markedLine(
            language,
            drill,
            v.say('incident.list-row', { id, service, title, at: { at: openedAt, show: 'datetime' } }),
          ),
        )
  return note(language, lines)
}

/** A short message of some lines. */
export const note = (language: Language, lines: readonly Text[], buttons: readonly Button[] = []): Note => ({
  kind: 'note',
  language,
  lines,
  buttons,
})
