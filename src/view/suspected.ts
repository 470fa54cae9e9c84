import { windowMs } from '../core/alert/suspect.ts'
import type { Suspected } from '../core/alert/suspected.ts'
import type { Candidate } from '../core/release/candidates.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { notices, shipped, standingRegion } from './candidate-lines.ts'
import { goBackTo, lookValue, rollbackButtons, whatChanges } from './candidates.ts'
import { freezeBlocks } from './freeze.ts'
import type { Look } from './look.ts'
import type { Block, Button } from './view.ts'
import { dotted, type Voice } from './words.ts'

/** What stands on an incident's card beside its alerts. */
export interface Filled {
  readonly suspected: Suspected
  /** Other open incidents that suspect the same release. */
  readonly also: readonly string[]
  /** Those that stay apart, with the younger of the two: a rollback was asked for there. */
  readonly apart: readonly { readonly id: string; readonly young: string }[]
  /**
   * `open`: what it could go back to, and where it is to be set back; null where nothing is suspected. `late`: it could not be looked at in time. Else the
   * rollback that makes the card quiet.
   */
  readonly state:
    | {
        readonly kind: 'open'
        readonly look: Look
        readonly chosen: Candidate | null
        readonly regions: readonly string[]
      }
    | { readonly kind: 'none' | 'late' }
    | { readonly kind: 'under-way' | 'restored' | 'tried'; readonly rollback: string }
}

const shownCandidates = 3
const shownDoubts = 2

/** The suspect with its grounds; while nobody has asked for a rollback, what runs, and what could be gone back to. */
export function filledBlocks(v: Voice, { suspected, also, apart, state }: Filled): Block[] {
  const said = [
    ...suspectBlocks(v, suspected),
    ...(also.length > 0 ? [{ kind: 'muted' as const, text: v.say('suspect.also', { ids: { list: also } }) }] : []),
    ...apart.map((pair): Block => ({ kind: 'muted', text: v.say('suspect.apart', pair) })),
  ]
  switch (state.kind) {
    case 'open':
      return [
        ...said,
        ...freezeBlocks(v, state.look.freezes),
        ...state.look.regions.map((region) => standingRegion(v, region)),
        ...shipped(v, state.look),
        ...goBackTo(v, state.look, shownCandidates, true),
        ...notices(v, state.look),
      ]
    case 'none':
      return said
    case 'late':
      return [...said, { kind: 'muted', text: v.say('suspect.candidates-late') }]
    default: {
      const { kind, rollback } = state
      return [...said.slice(0, 1), { kind: 'muted', text: v.say(`suspect.${kind}`, { rollback }) }]
    }
  }
}

/** What goes back to what is suggested, bound to exactly that; the usual dialog and consent follow. */
export function filledButtons(v: Voice, { state }: Filled): { buttons: readonly Button[]; more: readonly Button[] } {
  if (state.kind !== 'open') return { buttons: [], more: [] }
  const { look, chosen, regions } = state
  const other = { action: 'rollback.choose', value: lookValue(look, null), label: v.plain('card.other-version') }
  return {
    buttons: chosen ? rollbackButtons(v, look, chosen, regions) : [],
    more: [...(chosen ? [whatChanges(v, look, chosen)] : []), other],
  }
}

function suspectBlocks(v: Voice, { suspects, cleared, blind = [] }: Suspected): Block[] {
  const [first, second] = suspects
  const head: Text = first
    ? dotted(v.say('suspect.line', { release: nameOf(first) }), ...reasons(v, first))
    : v.say('suspect.none', { window: { ms: windowMs } })
  const [other] = cleared
  const not = (one: typeof other) =>
    one ? dotted(v.say('suspect.not', { release: nameOf(one) }), sayWording(v.language, one.why)) : null
  // Who suspects something wants the next one; who suspects nothing wants to know what was looked at.
  const next = first
    ? second && dotted(v.say('suspect.next', { release: nameOf(second) }), ...reasons(v, second))
    : not(other)
  return [
    { kind: 'text', text: head },
    ...(next ? [{ kind: 'muted' as const, text: next }] : []),
    ...(blind.length > 0 ? [{ kind: 'muted' as const, text: v.say('suspect.blind', { where: { list: blind } }) }] : []),
  ]
}

const nameOf = ({ service, version }: { readonly service: string; readonly version: string }): Text => [
  { kind: 'bold', text: `${service} ${version}` },
]

const reasons = (v: Voice, { grounds, doubts }: Suspected['suspects'][number]): readonly Text[] =>
  [...grounds, ...doubts.slice(0, shownDoubts)].map((wording) => sayWording(v.language, wording))

/** One moment of the timeline. */
export function suspectedMoment(v: Voice, { suspects: [first] }: Suspected): Text {
  if (!first) return v.say('moment.unsuspected', { window: { ms: windowMs } })
  return dotted(v.say('moment.suspected', { release: nameOf(first) }), ...reasons(v, first))
}
