import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../src/core/alert/alert.ts'
import { type Episode, heard, type News, silent } from '../../../src/core/alert/episode.ts'

const at = (second: number): string =>
  Temporal.Instant.fromEpochMilliseconds(1_790_000_000_000 + second * 1000).toString()

function alert(status: Alert['status'], starts: number, ends: number | null = null): Alert {
  return {
    fingerprint: '56f034c11d3d1a52',
    status,
    startsAt: at(starts),
    endsAt: ends === null ? null : at(ends),
    name: 'HighErrorRate',
    summary: '',
    labels: {},
    link: null,
    expression: null,
    release: null,
  }
}

/** What each of these notifications was, told a second apart from second 100 on; and the episode in the end. */
function told(...alerts: readonly Alert[]): { news: News[]; episode: Episode | null } {
  let episode: Episode | null = null
  const news = alerts.map((one, index) => {
    const next = heard(episode, 'main', one, at(100 + index))
    episode = next.episode
    return next.news
  })
  return { news, episode }
}

describe('an episode', () => {
  it('is from firing to resolved; repeats are no news', () => {
    const { news, episode } = told(alert('firing', 10), alert('firing', 10), alert('resolved', 10, 60))
    expect(news).toEqual(['began', 'repeated', 'ended'])
    expect(episode).toMatchObject({
      startsAt: at(10),
      heardAt: at(100),
      ended: { at: at(60), how: 'resolved' },
      told: 3,
    })
  })

  it('is not opened by an end of something unknown', () => {
    expect(told(alert('resolved', 10, 60))).toEqual({ news: ['unknown'], episode: null })
  })

  it('is ended once', () => {
    expect(told(alert('firing', 10), alert('resolved', 10, 60), alert('resolved', 10, 60)).news).toEqual([
      'began',
      'ended',
      'unknown',
    ])
  })

  it('does not burn again by the echo of a slower Alertmanager', () => {
    const { news, episode } = told(
      alert('firing', 10),
      alert('resolved', 10, 60),
      alert('firing', 10),
      alert('firing', 9),
    )
    expect(news).toEqual(['began', 'ended', 'echo', 'echo'])
    expect(episode?.ended).not.toBeNull()
  })

  it('is a new one when it fires from a later moment, whether the end was heard or lost', () => {
    expect(told(alert('firing', 10), alert('resolved', 10, 60), alert('firing', 80)).news).toEqual([
      'began',
      'ended',
      'began',
    ])
    expect(told(alert('firing', 10), alert('firing', 80)).news).toEqual(['began', 'began'])
  })

  it('is one while it fires, where its source tells no beginning', () => {
    const undated = (status: 'firing' | 'resolved', from: number) => ({
      ...alert(status, from),
      undated: true as const,
    })
    expect(told(undated('firing', 10), undated('firing', 80)).news).toEqual(['began', 'repeated'])
    expect(told(undated('firing', 10), undated('firing', 80)).episode?.startsAt).toBe(alert('firing', 10).startsAt)
    expect(told(undated('firing', 10), undated('resolved', 20), undated('firing', 30)).news).toEqual([
      'began',
      'ended',
      'began',
    ])
  })

  it('is not ended by the end of the one before', () => {
    const { news, episode } = told(alert('firing', 10), alert('firing', 80), alert('resolved', 10, 60))
    expect(news).toEqual(['began', 'began', 'echo'])
    expect(episode?.ended).toBeNull()
  })

  it('ends by an end that tells no time of its own when it was heard', () => {
    expect(told(alert('firing', 10), alert('resolved', 10)).episode?.ended).toEqual({ at: at(101), how: 'resolved' })
  })

  it('goes silent when nobody tells it any more, and burns again when somebody does', () => {
    const { episode } = told(alert('firing', 10))
    if (!episode) throw new TypeError('no episode')
    expect(silent(episode, at(159), 60_000).ended).toBeNull()
    const quiet = silent(episode, at(160), 60_000)
    expect(quiet.ended).toEqual({ at: at(160), how: 'silent' })
    expect(silent(quiet, at(1000), 60_000)).toBe(quiet)
    expect(heard(quiet, 'main', alert('firing', 10), at(200))).toMatchObject({
      news: 'repeated',
      episode: { ended: null },
    })
  })
})
