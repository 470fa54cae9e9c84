import { durationMs } from './duration.ts'
import { type BadTime, endOf, startOf, type TimeGround, typedTime } from './typed-time.ts'

/** What somebody typed around a window of time, word by word. Null: that keyword was not there. */
export interface TypedSections {
  /** What stands before the first keyword. */
  readonly names: readonly string[]
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
  readonly for: readonly string[] | null
  readonly in: readonly string[] | null
}

const keywords: Readonly<Record<string, Exclude<keyof TypedSections, 'names'>>> = {
  from: 'from',
  to: 'to',
  until: 'to',
  till: 'to',
  for: 'for',
  in: 'in',
}
const chinese = [
  [/从|自/gu, ' from '],
  [/直?到|至/gu, ' to '],
  [/持续|时长/gu, ' for '],
  [/全部|所有|全站/gu, ' all '],
  [/(?<!现)在/gu, ' in '],
  [/起(?=\s|$|to)|开始/gu, ' '],
] as const

/** Takes the words of English or Chinese apart by their keywords; null where one stands twice. */
export function typedSections(text: string): TypedSections | null {
  const english = chinese.reduce((all, [word, key]) => all.replace(word, key), text)
  const found: Partial<Record<keyof TypedSections, string[]>> = { names: [] }
  let at: keyof TypedSections = 'names'
  for (const word of english.split(/[\s,，、]+/u).filter((one) => one !== '')) {
    const key = keywords[word.toLowerCase()]
    if (!key) found[at]?.push(word)
    else if (found[key]) return null
    else {
      at = key
      found[key] = []
    }
  }
  const { names = [], from = null, to = null, for: lasts = null, in: place = null } = found
  return { names, from, to, for: lasts, in: place }
}

export interface TypedWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

/**
 * The window that was meant: from now on where nothing else was said, until a time or for a while. Times without a zone are in the
 * asker's own; a zone at one of the two holds for the other too.
 */
export function typedWindow(
  typed: Pick<TypedSections, 'from' | 'to' | 'for'>,
  { now, timeZone: own }: Omit<TimeGround, 'after'>,
): TypedWindow | BadTime {
  const typedFrom = typed.from ? typedTime(typed.from) : null
  if (typedFrom && 'bad' in typedFrom) return typedFrom
  const typedTo = typed.to ? typedTime(typed.to) : null
  if (typedTo && 'bad' in typedTo) return typedTo
  const timeZone = typedFrom?.timeZone ?? typedTo?.timeZone ?? own
  const from = typedFrom ? startOf(typedFrom, { now, timeZone }) : now
  const to = typedTo ? endOf(typedTo, { now, timeZone, after: from }) : lasting(typed.for ?? [], from)
  return to ? { from, to } : { bad: 'time', word: (typed.for ?? []).join(' ') }
}

/** `2h`, `1h30m`, `3d`, `2小时`. */
function lasting(words: readonly string[], from: Temporal.Instant): Temporal.Instant | null {
  const text = words
    .join('')
    .replace(/个?小时|hours?|hrs?/giu, 'h')
    .replace(/分钟?|min(ute)?s?/giu, 'm')
    .replace(/天|days?/giu, 'd')
  const ms = text === '' ? null : durationMs(text)
  return ms ? from.add({ milliseconds: ms }) : null
}

/** Takes the reason off the end of what was typed; the rest is empty of it. */
export function typedReason(text: string): { readonly head: string; readonly reason: string } {
  const [, head = text, reason = ''] =
    /^([\s\S]*?)(?:(?:^|\s)(?:reason|because)(?=[\s:]|$)|(?:原因|因为))[\s:：]*([\s\S]*)$/iu.exec(text) ?? []
  return { head, reason: reason.trim() }
}

/** Times that would be read now, in a zone. */
export function typedExample(
  now: Temporal.Instant,
  timeZone: string,
): { readonly plain: string; readonly zoned: string } {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const plain = `from ${today.add({ days: 1 })} 18:00 to ${today.add({ days: 2 })} 09:00`
  return { plain, zoned: `${plain} ${timeZone}` }
}
