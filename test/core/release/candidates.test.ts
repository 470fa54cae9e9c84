import { describe, expect, it } from 'vitest'
import {
  candidateKey,
  candidates,
  type Past,
  type RegionLook,
  suggestion,
} from '../../../src/core/release/candidates.ts'
import type { Lived } from '../../../src/core/release/lived.ts'
import type { Release } from '../../../src/core/release/release.ts'
import { at, release } from '../rollback/kit.ts'

const nothing: Past = { rolledBackFrom: () => [], ranMs: () => null }
const aged = (version: string, seconds: number, more: Partial<Release> = {}) =>
  release(version, { since: at(seconds), ...more })
const look = (region: string, current: Release | null, ...history: Release[]): RegionLook => ({
  region,
  current,
  ready: null,
  seenAt: null,
  stale: false,
  problem: null,
  notices: [],
  health: [],
  history,
})
const [v1, v2, v3] = [aged('v1', 1), aged('v2', 2), aged('v3', 3)]
const versions = (looks: readonly RegionLook[]) => candidates(looks, nothing).map(({ version }) => version)
const blocked = (looks: readonly RegionLook[]) =>
  candidates(looks, nothing).map(({ version, blockers }) => [version, blockers.map(({ region }) => region).join()])

describe('candidates', () => {
  it('are the newest first, without what runs everywhere', () => {
    expect(versions([look('eu', v3, v2, v1), look('us', v3, v2, v1)])).toEqual(['v2', 'v1'])
  })

  it('Half-way is a candidate still, and says where it is already', () => {
    const [first] = candidates([look('eu', v2, v3), look('us', v3, v2)], nothing)
    expect([first?.version, first?.alreadyIn]).toEqual(['v3', ['us']])
    expect(candidates([look('eu', v2, v3), look('us', v3, v2)], nothing)[1]?.alreadyIn).toEqual(['eu'])
  })

  it('what a drill broke is none, nor does it stand for the version with the same images', () => {
    const broken = aged('v3-drill', 4, { drill: 'D-7', images: v3.images })
    // In another region the same version is another template.
    const elsewhere = aged('v3', 3, { id: 'v3-us', images: v3.images })
    expect(versions([look('eu', broken, v3, v2), look('us', elsewhere, v2)])).toEqual(['v3', 'v2'])
    expect(blocked([look('eu', broken, v3, v2), look('us', elsewhere, v2)])).toEqual([
      ['v3', ''],
      ['v2', ''],
    ])
    expect(versions([look('eu', v3, broken, v2), look('us', v3, broken, v2)])).toEqual(['v2'])
  })

  it('a region without the version is a blocker, never skipped', () => {
    expect(blocked([look('eu', v3, v2, v1), look('us', v3, v1)])).toEqual([
      ['v2', 'us'],
      ['v1', ''],
    ])
  })

  it('a region that cannot be read is a blocker for every version, also for those that are remembered there', () => {
    const dark: RegionLook = { ...look('us', null, v2, v1), problem: { code: 'down', wording: { key: 'down' } } }
    const found = candidates([look('eu', v3, v2), dark], nothing)
    expect(found.map(({ version, blockers }) => [version, blockers.map(({ code }) => code)])).toContainEqual([
      'v2',
      ['down'],
    ])
    expect(found.every(({ blockers }) => blockers.length > 0)).toBe(true)
    expect(suggestion(found).candidate).toBeNull()
  })

  it('releases are one where their digests agree, whatever their tags; and two where they differ', () => {
    const image = (reference: string, digest: string) => [{ container: 'app', reference, digest }]
    const eu = aged('stable', 2, { id: 'a', images: image('app:stable', 'sha256:1') })
    const us = aged('v2', 2, { id: 'b', images: image('app:v2', 'sha256:1') })
    const other = aged('stable', 1, { id: 'c', images: image('app:stable', 'sha256:2') })
    expect(candidates([look('eu', v3, eu), look('us', v3, us)], nothing)).toHaveLength(1)
    const found = candidates([look('eu', v3, eu, other), look('us', v3, eu, other)], nothing)
    expect(found.map(({ version }) => version)).toEqual(['stable', 'stable (c)'])
  })

  it('The default is the newest that became available and was not itself rolled back from', () => {
    const past: Past = { ...nothing, rolledBackFrom: (id) => (id === v3.id ? ['R-1'] : []) }
    const never = aged('v2', 2, { available: false })
    const found = candidates([look('eu', aged('v4', 4), v3, never, v1)], past)
    expect(found.map(({ version }) => version)).toEqual(['v3', 'v2', 'v1'])
    expect(suggestion(found).candidate?.version).toBe('v1')
  })

  it('a key names exactly these releases in these regions', () => {
    const [one] = candidates([look('eu', v3, v2), look('us', v3, v2)], nothing)
    const [same] = candidates([look('us', v3, v2), look('eu', v3, v2)], nothing)
    const [less] = candidates([look('eu', v3, v2)], nothing)
    expect(one?.key).toBe(same?.key)
    expect(one?.key).not.toBe(less?.key)
  })
})

describe('releases with the same image', () => {
  const variant = (id: string, seconds: number) => aged('v2', seconds, { id })

  it('are two: a bad release may have changed nothing but the configuration', () => {
    const [good, bad] = [variant('good000', 2), variant('bad0000', 3)]
    const found = candidates([look('eu', bad, good, v1), look('us', bad, good, v1)], nothing)
    expect(found.map(({ version, releases }) => [version, releases.eu?.id, releases.us?.id])).toEqual([
      ['v2 (good000)', 'good000', 'good000'],
      ['v1', 'id-v1', 'id-v1'],
    ])
    expect(suggestion(found).candidate?.releases.eu?.id).toBe('good000')
  })

  it('belong together over regions by their template, else by their age', () => {
    const eu = look('eu', variant('eu-bad', 4), variant('eu-good', 2))
    const us = look('us', variant('us-bad', 5), variant('us-good', 3))
    expect(candidates([eu, us], nothing).map(({ releases }) => [releases.eu?.id, releases.us?.id])).toEqual([
      ['eu-good', 'us-good'],
    ])
    const behind = look('us', variant('good', 2), v1)
    const ahead = look('eu', variant('bad', 4), variant('good', 2), v1)
    const found = candidates([ahead, behind], nothing)
    expect(found.map(({ releases, alreadyIn, blockers }) => [releases.eu?.id, alreadyIn, blockers.length])).toEqual([
      ['bad', ['eu'], 1],
      ['good', ['us'], 0],
      ['id-v1', [], 0],
    ])
  })
})

describe('the suggestion', () => {
  const past = (mean: number, brokenMs: number): Lived => ({
    measured: [
      {
        name: '5xx',
        unit: 'percent',
        limit: { side: 'above', value: 0.05 },
        mean,
        worst: { value: mean, at: at(0) },
        brokenMs,
        measuredMs: 100,
        region: 'eu',
      },
    ],
    unmeasured: false,
    incidents: [],
  })
  const found = (lived: Readonly<Record<string, Lived>>) =>
    candidates([look('eu', aged('v4', 4), v3, v2, v1)], nothing).map((one) => {
      const own = lived[one.version]
      return own ? { ...one, lived: own } : one
    })
  const of = (lived: Readonly<Record<string, Lived>>, suspect: Parameters<typeof suggestion>[1] = null) => {
    const { candidate, reason } = suggestion(found(lived), suspect)
    return [candidate?.version, reason.key, reason.values?.passed]
  }

  it('passes over what was broken in its time, and says so; where all were, it is the newest', () => {
    expect(of({})).toEqual(['v3', 'card.suggested-last', undefined])
    expect(of({ v3: past(0.2, 90) })).toEqual(['v2', 'card.suggested-last-well', 'v3'])
    expect(of({ v3: past(0.01, 10) })).toEqual(['v2', 'card.suggested-last-well', 'v3'])
    expect(of({ v3: past(0.01, 5) })).toEqual(['v3', 'card.suggested-last', undefined])
    const bad = past(0.2, 90)
    expect(of({ v3: bad, v2: bad, v1: bad })).toEqual(['v3', 'card.suggested-last', undefined])
  })

  it('is older than the suspect, also where that is not what runs now', () => {
    const suspect = { version: 'v3', came: { eu: v3?.since ?? '' } }
    expect(of({}, suspect)).toEqual(['v2', 'card.suggested-before', undefined])
    expect(of({ v2: past(0.2, 90) }, suspect)).toEqual(['v1', 'card.suggested-before-well', 'v2'])
    // Where it came is not where anything else was.
    expect(of({}, { version: 'v3', came: { us: at(9) } })).toEqual([undefined, 'card.suggested-before', undefined])
  })
})

it('the key of a candidate where fewer regions are looked at can be told beforehand', () => {
  const [first] = candidates([look('eu', v3, v2, v1), look('us', v3, v2, v1)], nothing)
  const [alone] = candidates([look('us', v3, v2, v1)], nothing)
  expect(first?.key).not.toBe(alone?.key)
  expect(candidateKey({ us: first?.releases.us as Release })).toBe(alone?.key)
})
