import { expect, it } from 'vitest'
import type { Episode } from '../../../src/core/alert/episode.ts'
import { standingOf } from '../../../src/core/alert/standing.ts'

const episode = (ended: Episode['ended'], of: { undated?: true; lastAt?: string } = {}): Episode => ({
  source: 'am',
  alert: {
    fingerprint: 'a',
    status: 'firing',
    startsAt: '2026-03-02T09:00:00Z',
    endsAt: null,
    name: 'HighErrorRate',
    summary: '',
    labels: {},
    link: null,
    expression: null,
    release: null,
    ...(of.undated && { undated: true as const }),
  },
  startsAt: '2026-03-02T09:00:00Z',
  heardAt: '2026-03-02T09:00:10Z',
  lastAt: of.lastAt ?? '2026-03-02T09:05:00Z',
  ended,
  told: 1,
})
const resolved = { at: '2026-03-02T09:04:00Z', how: 'resolved' } as const

it.each<[string, readonly Episode[], object]>([
  ['nothing heard', [], { state: 'unknown' }],
  ['all ended', [episode(resolved)], { state: 'ended', at: resolved.at, heardAt: '2026-03-02T09:05:00Z' }],
  [
    'the last word counts',
    [episode(resolved), episode({ ...resolved, at: '2026-03-02T09:08:00Z' }, { lastAt: '2026-03-02T09:09:00Z' })],
    { state: 'ended', at: '2026-03-02T09:08:00Z', heardAt: '2026-03-02T09:09:00Z' },
  ],
  ['one of two still fires', [episode(resolved), episode(null)], { state: 'fires' }],
  ['silence is no end', [episode({ at: resolved.at, how: 'silent' })], { state: 'fires' }],
  ['of no times', [episode(null, { undated: true })], { state: 'untold' }],
  ['of no times, beside one that fires', [episode(null, { undated: true }), episode(null)], { state: 'fires' }],
])('an alert, by its episodes: %s', (_, episodes, standing) => {
  expect(standingOf(episodes)).toEqual(standing)
})
