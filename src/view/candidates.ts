import type { Freeze } from '../core/freeze/freeze.ts'
import type { Candidate, RegionLook } from '../core/release/candidates.ts'
import type { Language } from '../text/language.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import { freezeBlocks } from './freeze.ts'
import type { Block, Button, Card } from './view.ts'
import { ageMs, bold, dotted, type Voice, voice } from './words.ts'

/** What somebody who asks for a service is shown. */
export interface Look {
  readonly service: string
  readonly environment: string
  readonly regions: readonly RegionLook[]
  readonly candidates: readonly Candidate[]
  readonly suggested: Candidate | null
  readonly now: string
  /** That stand there, the one that ends last first. */
  readonly freezes: readonly Freeze[]
}

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
    ...look.regions.flatMap((region): Block[] => [
      { kind: 'text', text: regionLine(v, region, look.now) },
      ...healthLines(v, region),
    ]),
    ...shipped(v, look),
    { kind: 'text', text: look.candidates.length > 0 ? bold(v.plain('card.go-back-to')) : v.say('card.nothing-known') },
    ...(look.candidates.length > 0
      ? [
          {
            kind: 'list' as const,
            items: look.candidates.slice(0, shownCandidates).map((found) => candidateLine(v, look, found)),
          },
        ]
      : []),
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

/** What a button about a look is bound to; read back by the command. */
export const lookValue = (
  look: Pick<Look, 'service' | 'environment' | 'regions'>,
  candidate: Candidate | null,
  regions?: readonly string[],
): string =>
  JSON.stringify({
    s: look.service,
    e: look.environment,
    r: regions ?? look.regions.map((region) => region.region),
    ...(candidate && { c: candidate.key }),
  })

const whatChanges = (v: Voice, look: Look, chosen: Candidate): Button => ({
  action: 'rollback.changes',
  value: lookValue(look, chosen),
  label: v.plain('card.what-changes', { version: chosen.version }),
})

const again = (v: Voice, look: Look): Button => ({
  action: 'rollback.look',
  value: lookValue(look, null),
  label: v.plain('card.look-again'),
})

function rollbackButtons(v: Voice, look: Look, chosen: Candidate): Button[] {
  const open = look.regions.map((region) => region.region).filter((region) => !chosen.alreadyIn.includes(region))
  const button = (regions: readonly string[], label: string, tone?: 'danger'): Button => ({
    action: 'rollback.choose',
    value: lookValue(look, chosen, regions),
    label,
    ...(tone && { tone }),
  })
  const [first] = open
  if (!first || chosen.blockers.length > 0) return []
  const { version } = chosen
  if (open.length === 1) return [button(open, v.plain('card.roll-back-one', { region: first, version }), 'danger')]
  const key = open.length === 2 ? 'card.roll-back-both' : 'card.roll-back-many'
  return [
    button(open, v.plain(key, { version, count: open.length }), 'danger'),
    button([first], v.plain('card.only-one', { region: first })),
  ]
}

function regionLine(v: Voice, region: RegionLook, now: string): Text {
  const { current, ready, problem } = region
  if (!current || !ready)
    return v.say('card.region-unread', {
      region: region.region,
      why: problem ? v.plain(...sayable(problem.wording)) : '?',
    })
  const stale = region.stale && region.seenAt ? v.say('card.stale', { age: { ms: ageMs(region.seenAt, now) } }) : null
  const line = v.say('card.region', {
    glyph: unwell(region) ? '🔥' : '▪',
    region: region.region,
    version: current.version,
    age: { ms: ageMs(current.since, now) },
    ready: ready.ready,
    wanted: ready.wanted,
  })
  const rolling = ready.updated < ready.wanted ? v.say('card.rolling', ready) : null
  return dotted(line, rolling, stale)
}

/** What burns, at most two lines; where nothing does, nothing is said. */
const healthLines = (v: Voice, { health }: RegionLook): Block[] =>
  health
    .filter(({ state }) => state === 'burning')
    .slice(0, 2)
    .map(({ seen }) => ({ kind: 'muted', text: ['🔥 ', ...sayWording(v.language, seen.wording)] }))

/** Pods are missing, or the newest version did not get everywhere. */
const unwell = ({ ready, health }: RegionLook): boolean =>
  health.some(({ state }) => state === 'burning') ||
  (ready !== null && (ready.ready < ready.wanted || ready.updated < ready.wanted))

const sayable = (wording: { key: string; values?: unknown }) =>
  [wording.key, wording.values] as Parameters<Voice['plain']>

function shipped(v: Voice, look: Look): Block[] {
  const current = look.regions.find((region) => region.current)?.current
  if (!current) return []
  const { by, run, changeCause } = current
  const line = dotted(
    by ? v.say('card.shipped-by', { by }) : null,
    run ? v.say('card.run', { run: run.url ? { url: run.url, text: run.title } : run.title }) : null,
    changeCause ? v.say('card.cause', { cause: changeCause }) : null,
  )
  return line.length > 0 ? [{ kind: 'muted', text: line }] : []
}

function candidateLine(v: Voice, look: Look, found: Candidate): Text {
  const blocked = found.blockers.length > 0
  const glyph = blocked ? '✕' : found === look.suggested ? '◉' : '○'
  const since = Object.values(found.releases)[0]?.since
  return [
    `${glyph} `,
    { kind: 'bold', text: found.version },
    '  ',
    ...dotted(
      found.ranMs !== null ? v.say('card.ran', { ran: { ms: found.ranMs } }) : null,
      found.ranMs === null && since ? v.say('card.released', { at: { at: since, show: 'datetime' } }) : null,
      imageChange(v, look, found),
      found.rolledBackFrom.length > 0
        ? v.say('card.rolled-back', { count: found.rolledBackFrom.length, ids: found.rolledBackFrom.join(', ') })
        : null,
      found.available === false ? v.say('card.never-available') : null,
      found.available === null ? v.say('card.availability-unknown') : null,
      found.alreadyIn.length > 0 ? v.say('card.already-in', { regions: { list: found.alreadyIn } }) : null,
      ...where(
        v,
        look,
        found.blockers.map((blocker) => ({ region: blocker.region, text: sayWording(v.language, blocker.wording) })),
      ),
      found === look.suggested ? v.say('card.suggested') : null,
    ),
  ]
}

/** What holds in all regions is said once; what holds in some, with their names. */
function where(v: Voice, look: Look, said: readonly { readonly region: string; readonly text: Text }[]): Text[] {
  const groups = new Map<string, { readonly text: Text; readonly regions: string[] }>()
  for (const { region, text } of said) {
    const known = groups.get(JSON.stringify(text))
    if (known) known.regions.push(region)
    else groups.set(JSON.stringify(text), { text, regions: [region] })
  }
  return [...groups.values()].map(({ text, regions }) =>
    regions.length === look.regions.length ? text : v.say('card.only-in', { regions: { list: regions }, what: text }),
  )
}

function imageChange(v: Voice, look: Look, found: Candidate): Text | null {
  for (const region of look.regions) {
    const to = found.releases[region.region]
    const changed = region.current?.images.find((image) => {
      const wanted = to?.images.find((other) => other.container === image.container)
      return wanted && wanted.reference !== image.reference
    })
    if (changed) return null
  }
  return v.say('candidate.same-images')
}

function notices(v: Voice, look: Look): Block[] {
  const said = look.regions.flatMap(({ region, notices: own }) =>
    own.map(({ wording, link }) => {
      const text = sayWording(v.language, wording)
      const linked: Text = link ? [...text, ' ', { kind: 'link', url: link, text: '↗' }] : text
      return { region, text: linked }
    }),
  )
  return where(v, look, said).map((text) => ({ kind: 'muted', text: ['⚠ ', ...text] }))
}

/** For the dialog's list. */
export const candidateLabel = (v: Voice, found: Candidate): string =>
  found.ranMs === null ? found.version : `${found.version} · ${v.plain('card.ran', { ran: { ms: found.ranMs } })}`
