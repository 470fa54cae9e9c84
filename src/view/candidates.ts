import { type Candidate, candidateKey } from '../core/release/candidates.ts'
import type { Language } from '../text/language.ts'
import { candidateLine, notices, regionBlocks, shipped, unwell } from './candidate-lines.ts'
import { freezeBlocks } from './freeze.ts'
import type { Look } from './look.ts'
import type { Block, Button, Card } from './view.ts'
import { ageMs, bold, dotted, type Voice, voice } from './words.ts'

const shownCandidates = 5

/** The card of `/rollback` (with buttons) and of `/versions` (without). `chosen` is what the buttons go back to. */
export function candidatesCard(
  look: Look,
  language: Language,
  offer: { readonly chosen: Candidate | null } | null,
): Card {
  const v = voice(language)
  const burning = look.regions.some(unwell)
  const glyph = burning ? '🔥' : '📦'
  const title = v.say('card.title', { glyph, service: look.service, environment: look.environment })
  const blocks: Block[] = [
    ...freezeBlocks(v, look.freezes),
    ...look.regions.flatMap((region) => regionBlocks(v, region, look.now)),
    ...shipped(v, look),
    ...goBackTo(v, look, shownCandidates),
    ...notices(v, look),
    ...(look.candidates.length > 0 ? [{ kind: 'muted' as const, text: v.say('card.database-unchecked') }] : []),
  ]
  const chosen = offer?.chosen ?? null
  const seen = look.regions.flatMap((region) => (region.seenAt ? [ageMs(region.seenAt, look.now)] : []))
  const age = seen.length > 0 ? v.say('card.ago', { age: { ms: Math.max(...seen) } }) : null
  return {
    kind: 'card',
    language,
    title: dotted(title, age),
    blocks,
    buttons: chosen ? rollbackButtons(v, look, chosen) : [],
    more: offer
      ? [
          ...(chosen ? [whatChanges(v, look, chosen)] : []),
          { action: 'rollback.choose', value: lookValue(look, null), label: v.plain('card.other-version') },
          again(v, look),
        ]
      : [],
  }
}

/** What could be gone back to, the first few; on a card that stands for long with when that was so. */
export function goBackTo(v: Voice, look: Look, most: number, isStanding = false): Block[] {
  if (look.candidates.length === 0) return [{ kind: 'text', text: v.say('card.nothing-known') }]
  return [
    {
      kind: 'text',
      text: dotted(bold(v.plain('card.go-back-to')), isStanding ? v.say('card.as-of', { at: { at: look.now } }) : null),
    },
    { kind: 'list', items: look.candidates.slice(0, most).map((found) => candidateLine(v, look, found)) },
  ]
}

/** What a button about a look is bound to; read back by the command. With regions, the candidate as it is called where only they are looked at. */
export function lookValue(
  look: Pick<Look, 'service' | 'environment' | 'regions'>,
  candidate: Candidate | null,
  regions: readonly string[] = look.regions.map(({ region }) => region),
): string {
  const there = Object.entries(candidate?.releases ?? {}).filter(([region]) => regions.includes(region))
  const key = there.length > 0 ? candidateKey(Object.fromEntries(there)) : null
  return JSON.stringify({ s: look.service, e: look.environment, r: regions, ...(key && { c: key }) })
}

export const whatChanges = (v: Voice, look: Look, chosen: Candidate): Button => ({
  action: 'rollback.changes',
  value: lookValue(look, chosen),
  label: v.plain('card.what-changes', { version: chosen.version }),
})

const again = (v: Voice, look: Look): Button => ({
  action: 'rollback.look',
  value: lookValue(look, null),
  label: v.plain('card.look-again'),
})

/** What goes back to a candidate: first where it is wanted (`first`, everywhere where not given), then the other way. */
export function rollbackButtons(v: Voice, look: Look, chosen: Candidate, wanted?: readonly string[]): Button[] {
  const all = look.regions.map(({ region }) => region).filter((region) => !chosen.alreadyIn.includes(region))
  const some = all.filter((region) => wanted === undefined || wanted.includes(region))
  const open = some.length > 0 ? some : all
  const button = (regions: readonly string[], label: string, tone?: 'danger'): Button => ({
    action: 'rollback.choose',
    value: lookValue(look, chosen, regions),
    label,
    ...(tone && { tone }),
  })
  const [first] = open
  if (!first || chosen.blockers.length > 0) return []
  const { version } = chosen
  const key = (count: number) => (count === 2 ? 'card.roll-back-both' : 'card.roll-back-many')
  const here = open.length === all.length ? key(all.length) : 'card.roll-back-some'
  if (open.length === 1) {
    const others = all.length > 1 ? [button(all, v.plain(key(all.length), { version, count: all.length }))] : []
    return [button(open, v.plain('card.roll-back-one', { region: first, version }), 'danger'), ...others]
  }
  const regions = open.join(', ')
  return [
    button(open, v.plain(here, { version, count: open.length, regions }), 'danger'),
    button([first], v.plain('card.only-one', { region: first })),
  ]
}

/** For the dialog's list. */
export const candidateLabel = (v: Voice, found: Candidate): string =>
  found.ranMs === null ? found.version : `${found.version} · ${v.plain('card.ran', { ran: { ms: found.ranMs } })}`
