import type { Candidate, RegionLook } from '../core/release/candidates.ts'
import { type Lived, type PastMeasured, wasBroken } from '../core/release/lived.ts'
import { sayWording } from '../text/say.ts'
import type { Text } from '../text/span.ts'
import type { Look } from './look.ts'
import type { Block } from './view.ts'
import { ageMs, dotted, type Voice } from './words.ts'

const shownMeasures = 2

/** What runs in a region, and what burns there in at most two lines. */
export const regionBlocks = (v: Voice, region: RegionLook, now: string): Block[] => [
  { kind: 'text', text: regionLine(v, region, now) },
  ...healthLines(v, region),
]

/** The same in one line, for a card that stands for long: with times, for ages on it would not be true for long. */
export function standingRegion(v: Voice, region: RegionLook): Block {
  const { current, ready, seenAt, stale, health } = region
  if (!current || !ready) return { kind: 'text', text: unread(v, region) }
  const burns = health.find(({ state }) => state === 'burning')
  const text = dotted(
    v.say('card.region-since', {
      glyph: unwell(region) ? '🔥' : '▪',
      region: region.region,
      version: current.version,
      at: { at: current.since },
    }),
    ready.ready < ready.wanted ? v.say('card.pods', { ready: ready.ready, wanted: ready.wanted }) : null,
    ready.updated < ready.wanted ? v.say('card.rolling', ready) : null,
    burns ? sayWording(v.language, burns.seen.wording) : null,
    stale && seenAt ? v.say('card.stale-since', { at: { at: seenAt } }) : null,
  )
  return { kind: 'text', text }
}

function regionLine(v: Voice, region: RegionLook, now: string): Text {
  const { current, ready, seenAt, stale } = region
  if (!current || !ready) return unread(v, region)
  const line = v.say('card.region', {
    glyph: unwell(region) ? '🔥' : '▪',
    region: region.region,
    version: current.version,
    age: { ms: ageMs(current.since, now) },
    ready: ready.ready,
    wanted: ready.wanted,
  })
  const rolling = ready.updated < ready.wanted ? v.say('card.rolling', ready) : null
  return dotted(line, rolling, stale && seenAt ? v.say('card.stale', { age: { ms: ageMs(seenAt, now) } }) : null)
}

const unread = (v: Voice, { region, problem }: RegionLook): Text =>
  v.say('card.region-unread', { region, why: problem ? v.plain(...sayable(problem.wording)) : '?' })

/** What burns, at most two lines; where nothing does, nothing is said. */
const healthLines = (v: Voice, { health }: RegionLook): Block[] =>
  health
    .filter(({ state }) => state === 'burning')
    .slice(0, 2)
    .map(({ seen }) => ({ kind: 'muted', text: ['🔥 ', ...sayWording(v.language, seen.wording)] }))

/** Pods are missing, or the newest version did not get everywhere. */
export const unwell = ({ ready, health }: RegionLook): boolean =>
  health.some(({ state }) => state === 'burning') ||
  (ready !== null && (ready.ready < ready.wanted || ready.updated < ready.wanted))

const sayable = (wording: { key: string; values?: unknown }) =>
  [wording.key, wording.values] as Parameters<Voice['plain']>

export function shipped(v: Voice, look: Look): Block[] {
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

/** One candidate: how long it ran, what speaks against it, and whether it is the one that is suggested. */
export function candidateLine(v: Voice, look: Look, found: Candidate): Text {
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
      ...livedTexts(v, found.lived),
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
      found === look.suggested ? sayWording(v.language, look.reason) : null,
    ),
  ]
}

/** How it was in its time: what was broken then with its limit, what was well in two words. */
function livedTexts(v: Voice, lived: Lived | undefined): Text[] {
  if (!lived) return []
  const { measured, unmeasured, incidents } = lived
  const first = measured.toSorted((a, b) => Number(wasBroken(b)) - Number(wasBroken(a))).slice(0, shownMeasures)
  return [
    ...first.map((one) => pastText(v, one)),
    ...(unmeasured ? [v.say('lived.unmeasured')] : []),
    ...(incidents === null
      ? []
      : incidents.length === 0
        ? [v.say('lived.no-incident')]
        : [v.say('lived.incidents', { count: incidents.length, ids: incidents.slice(-3).join(', ') })]),
  ]
}

function pastText(v: Voice, past: PastMeasured): Text {
  const { name, unit, limit, mean, brokenMs } = past
  const values = {
    name,
    mean: { quantity: mean, unit },
    limit: { quantity: limit.value, unit },
    broken: { ms: brokenMs },
  }
  if (brokenMs === 0) return v.say('lived.well', values)
  if (!wasBroken(past)) return v.say('lived.brief', values)
  return v.say(limit.side === 'above' ? 'lived.broken' : 'lived.below', values)
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

export function notices(v: Voice, look: Look): Block[] {
  const said = look.regions.flatMap(({ region, notices: own }) =>
    own.map(({ wording, link }) => {
      const text = sayWording(v.language, wording)
      const linked: Text = link ? [...text, ' ', { kind: 'link', url: link, text: '↗' }] : text
      return { region, text: linked }
    }),
  )
  return where(v, look, said).map((text) => ({ kind: 'muted', text: ['⚠ ', ...text] }))
}
