import type { CalendarSpan } from '../../../ports/oncall-source.ts'
import { type Component, propertiesOf, textOf } from './lines.ts'

export type Named = CalendarSpan['named']

/**
 * How programs put a person into a title, beside the bare name:
 * - PagerDuty `On Call - Mei Lin - Payments`, with her address as the attendee
 * - GoAlert, of a whole schedule, `Mei Lin On-Call (GoAlert: Payments)`, with ` Begins*` where the end is not known yet
 * - Grafana OnCall `[L1] mei.lin`, the priority before the user's name or address; in calendars people keep by hand also `@mei`
 * - Astern itself says it in `X-ASTERN-PERSON`
 * - by hand `On call: Mei Lin`, `Mei Lin on call`, `值班：林美`
 */
const titles = [
  /^on[- ]?call - (.+?) - .+$/i,
  /^(.+?) on-call \(.+: .+\)(?: begins\*)?$/i,
  /^on[- ]?call\s*[:：–-]\s*(.+)$/i,
  /^(.+?)\s+(?:is\s+)?on[- ]?call$/i,
  /^值班\s*[:：]\s*(.+)$/,
  /^(.+?)\s*值班$/,
]

/** Everybody whom an entry names: those invited, else whoever its title names. */
export function namedIn(event: Component): Named {
  const title = textOf(event, 'summary')
  const fromTitle = title === null ? [] : namesIn(title)
  const description = textOf(event, 'description')
  const told = [...fromTitle, ...(description !== null && description.length <= 100 ? [description] : [])]
  const invited = propertiesOf(event, 'attendee').flatMap((property) => {
    if (property === 'broken') return []
    const skipped =
      property.parameter('partstat')?.toUpperCase() === 'DECLINED' ||
      /^(?:RESOURCE|ROOM)$/i.test(property.parameter('cutype') ?? '') ||
      /^NON-PARTICIPANT$/i.test(property.parameter('role') ?? '')
    // PagerDuty leaves `mailto:` out.
    const address = String(property.values[0] ?? '')
      .trim()
      .replace(/^mailto:/i, '')
      .slice(0, 200)
    const name = property.parameter('cn')?.trim().slice(0, 200)
    const ways = [...(/^[^\s@:]+@[^\s@:]+$/.test(address) ? [address] : []), ...(name ? [name] : [])]
    return skipped || ways.length === 0 ? [] : [[...new Set(ways)]]
  })
  const own = textOf(event, 'x-astern-person')
  if (own !== null) return [[own]]
  const [only, ...others] = invited
  if (only) return others.length > 0 ? invited : [[...new Set([...only, ...told])]]
  return told.length > 0 ? [[...new Set(told)]] : []
}

/** A title is most of all itself, so that the configuration can say whom it means. */
function namesIn(title: string): readonly string[] {
  const bare = title.replace(/^\s*\[L\d+\]\s*/i, '').replace(/^@(?=\S+$)/, '')
  return [...new Set([...titles.flatMap((form) => form.exec(bare)?.[1]?.trim() ?? []), bare, title])]
}
