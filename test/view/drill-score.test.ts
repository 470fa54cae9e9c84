import { describe, expect, it } from 'vitest'
import { drawPlot } from '../../src/adapters/chat/plot/draw.ts'
import { type Score, type Stage, stages } from '../../src/core/drill/stage.ts'
import { plain } from '../../src/text/say.ts'
import { type Scored, scoresCard, serviceScoresCard } from '../../src/view/drill-score.ts'
import type { Card } from '../../src/view/view.ts'

const within = { 'roll-back': 240, verify: 300 } as Partial<Record<Stage, number>>
/** Seconds per stage; what is not there was not reached. */
function scored(id: string, at: string, took: Partial<Record<Stage, number>>): Scored {
  const of = (stage: Stage) => {
    const tookMs = took[stage] === undefined ? null : took[stage] * 1000
    const withinMs = within[stage] === undefined ? null : within[stage] * 1000
    return { tookMs, withinMs, met: tookMs !== null && (withinMs === null || tookMs <= withinMs) }
  }
  const all = Object.fromEntries(stages.map((stage) => [stage, of(stage)])) as Score['stages']
  const passed = stages.every((stage) => all[stage].met)
  const last = stages.findLastIndex((stage) => took[stage] !== undefined)
  const skipped = stages.filter((stage, index) => index < last && took[stage] === undefined)
  return { id, scenario: 'bad-release', at, score: { stages: all, skipped, passed } }
}

const slow = scored('D-1', '2026-05-12T09:00:00Z', {
  notice: 30,
  acknowledge: 120,
  decide: 200,
  'roll-back': 300,
  verify: 400,
})
const missed = scored('D-2', '2026-08-11T09:00:00Z', { notice: 20, decide: 90 })
const good = scored('D-5', '2026-11-10T09:00:00Z', {
  notice: 5,
  acknowledge: 30,
  decide: 80,
  'roll-back': 150,
  verify: 221,
})
const history = {
  service: 'checkout-svc',
  held: [slow, missed, good],
  planned: { id: 'D-6', at: '2027-02-09T09:00:00Z' },
}

const says = ({ title, blocks }: Card): string =>
  [
    plain(title),
    ...blocks.map((block) => {
      if (block.kind === 'text' || block.kind === 'muted') return plain(block.text)
      if (block.kind === 'list') return block.items.map(plain).join('\n')
      return block.kind === 'plot' ? block.alt : ''
    }),
  ].join('\n')

describe('scores of drills', () => {
  it('of one service: newest first, with times, limits that were not kept, and what was skipped', () => {
    const text = says(serviceScoresCard(history, 'en'))
    expect(text.indexOf('D-5')).toBeLessThan(text.indexOf('D-1'))
    expect(text).toContain('✅ passed · D-5')
    expect(text).toMatch(/rolled back 5 min \(limit 4 min\) · verified 6 min, 40 sec \(limit 5 min\)/)
    expect(text).toContain('skipped: acknowledged')
    expect(text).toContain('verified: not reached')
    expect(text).toContain('next D-6')
    expect(says(serviceScoresCard(history, 'zh-CN'))).toContain('⛔ 未通过 · D-1')
  })

  it('has a picture of drills side by side, with what was not reached left out', () => {
    const { blocks } = serviceScoresCard(history, 'en')
    const plot = blocks.find((block) => block.kind === 'plot')?.plot
    expect(plot).toMatchObject({ unit: 'seconds', limit: 300, broken: 'above', names: ['D-1', 'D-2', 'D-5'] })
    expect(plot?.lines.map(({ name, values }) => [name, values])).toEqual([
      ['acknowledge', [120, null, 30]],
      ['decide', [200, 90, 80]],
      ['roll-back', [300, null, 150]],
      ['verify', [400, null, 221]],
    ])
    if (!plot) throw new Error('no plot')
    const png = drawPlot(plot)
    expect(png.length).toBeLessThan(60_000)
    const { names: _, ...unnamed } = plot
    expect(Buffer.from(drawPlot(unnamed)).equals(png)).toBe(false)
    // One point says no more than its words.
    expect(serviceScoresCard({ ...history, held: [good] }, 'en').blocks.some(({ kind }) => kind === 'plot')).toBe(false)
  })

  it('of all services: the last result, the trend, and who was never rehearsed', () => {
    const never = { service: 'storefront', held: [], planned: null }
    const text = says(scoresCard([never, history, { ...history, service: 'payment-svc', held: [slow, good] }], 'en'))
    const alerts = { ...good, score: { ...scored('D-5', good.at, { notice: 5, acknowledge: 30 }).score, passed: true } }
    expect(says(scoresCard([{ ...never, held: [alerts] }], 'en'))).toMatch(
      /✅ storefront: passed .* · acknowledged 30 sec/,
    )
    expect(text).toContain('◌ storefront: never drilled')
    expect(text).toMatch(/✅ checkout-svc: passed · D-5.* · verified 3 min, 41 sec · next D-6/)
    expect(text).toMatch(/payment-svc: passed .* · 2 min, 59 sec faster than before/)
    expect(says(scoresCard([never], 'zh-CN'))).toContain('◌ storefront：从未演练')
  })
})
