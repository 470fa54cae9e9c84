import { durationMs } from '../duration.ts'
import type { FreezeRefusal } from './refusal.ts'
import { type BadTime, endOf, startOf, typedTime } from './typed-time.ts'

/** What somebody typed after `/freeze`. */
export interface TypedFreeze {
  /** Services, environments, regions, or `all`. */
  readonly names: readonly string[]
  /** What stands after `in`. */
  readonly place: string | null
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly reason: string
}

type Refused =
  | Extract<FreezeRefusal, { refused: `freeze-${string}` }>
  | { readonly refused: 'no-reason' }
  | { readonly refused: 'usage' }

const keywords: Readonly<Record<string, 'from' | 'to' | 'for' | 'in'>> = {
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

const longestDays = 366

/**
 * Reads `NAMES [in PLACE] [from TIME] (to TIME | for DURATION) reason TEXT`, in English or Chinese. Times without a zone are in
 * `timeZone`, the asker's own; a zone at one of the two times holds for the other too.
 */
export function typedFreeze(
  text: string,
  ground: { readonly now: Temporal.Instant; readonly timeZone: string },
): TypedFreeze | Refused {
  const [, head = text, reason = ''] =
    /^([\s\S]*?)(?:(?:^|\s)(?:reason|because)(?=[\s:]|$)|(?:原因|因为))[\s:：]*([\s\S]*)$/iu.exec(text) ?? []
  const parts = sectioned(head)
  if (!parts || parts.names.length === 0 || (parts.to === null) === (parts.for === null)) return { refused: 'usage' }
  const example = exampleOf(ground.now, ground.timeZone)
  const wrong = ({ bad, word }: BadTime): Refused =>
    bad === 'zone'
      ? { refused: 'freeze-zone', word, example: example.zoned }
      : { refused: 'freeze-when', word, example: example.plain }
  const typedFrom = parts.from ? typedTime(parts.from) : null
  if (typedFrom && 'bad' in typedFrom) return wrong(typedFrom)
  const typedTo = parts.to ? typedTime(parts.to) : null
  if (typedTo && 'bad' in typedTo) return wrong(typedTo)
  const timeZone = typedFrom?.timeZone ?? typedTo?.timeZone ?? ground.timeZone
  const from = typedFrom ? startOf(typedFrom, { now: ground.now, timeZone }) : ground.now
  const to = typedTo ? endOf(typedTo, { now: ground.now, timeZone, after: from }) : lasting(parts.for ?? [], from)
  if (!to) return wrong({ bad: 'time', word: (parts.for ?? []).join(' ') })
  const no = wrongWindow(from, to, ground.now)
  if (no) return no
  if (reason.trim() === '') return { refused: 'no-reason' }
  return { names: parts.names, place: parts.in?.join(' ') ?? null, from, to, reason: reason.trim() }
}

interface Sections {
  readonly names: readonly string[]
  readonly from: readonly string[] | null
  readonly to: readonly string[] | null
  readonly for: readonly string[] | null
  readonly in: readonly string[] | null
}

function sectioned(head: string): Sections | null {
  const english = chinese.reduce((all, [word, key]) => all.replace(word, key), head)
  const found: Partial<Record<'names' | 'from' | 'to' | 'for' | 'in', string[]>> = { names: [] }
  let at: keyof typeof found = 'names'
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

function wrongWindow(from: Temporal.Instant, to: Temporal.Instant, now: Temporal.Instant): Refused | null {
  if (Temporal.Instant.compare(to, from) <= 0)
    return { refused: 'freeze-backwards', from: from.toString(), to: to.toString() }
  if (Temporal.Instant.compare(to, now) <= 0) return { refused: 'freeze-over', to: to.toString() }
  const days = Math.ceil(to.since(from).total('hours') / 24)
  return days > longestDays ? { refused: 'freeze-too-long', days } : null
}

/** Lines that would work now. */
function exampleOf(now: Temporal.Instant, timeZone: string) {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const plain = `from ${today.add({ days: 1 })} 18:00 to ${today.add({ days: 2 })} 09:00`
  return { plain, zoned: `${plain} ${timeZone}` }
}
