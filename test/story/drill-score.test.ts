import { afterAll, expect, it } from 'vitest'
import { type Score, stages } from '../../src/core/drill/stage.ts'
import { stories, textOf } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const score = (seconds: number): Score => ({
  stages: Object.fromEntries(
    stages.map((stage, index) => [stage, { tookMs: seconds * 1000 * (index + 1), withinMs: null, met: true }]),
  ) as Score['stages'],
  skipped: [],
  passed: true,
})

it('/drill score shows how a service did over time, with a picture, and who was never rehearsed', async () => {
  const on = await open({
    sections:
      'drills: { bad: { services: [checkout-svc], environment: production, production: true, timeZone: Europe/London, fault: { crashing: { command: [x] } } } }',
  })
  await on.type('ana', '/drill score')
  expect(textOf((await on.told('ana', 'how each service did last')).blocks)).toContain('checkout-svc: never drilled')

  const { ledger, caughtUp } = on.bot.world
  const place = { services: ['checkout-svc'], environment: 'production', regions: ['eu-1', 'us-1'] }
  const fault = {
    kind: 'crashing' as const,
    service: 'checkout-svc',
    target: null,
    release: { container: null, image: null, command: ['x'], args: null, env: {} },
  }
  for (const [id, at, seconds] of [
    ['D-101', '2026-02-03T10:00:00Z', 60],
    ['D-102', '2026-05-05T09:00:00Z', 40],
  ] as const) {
    const appended = await ledger.append(
      [
        {
          stream: `drill/${id}`,
          expected: 0,
          events: [
            {
              type: 'drill.planned',
              v: 1,
              data: { ...place, id, scenario: 'old', at, lengthMs: 3_600_000, moved: [], late: false, by: null },
            },
            {
              type: 'drill.started',
              v: 1,
              data: { ...place, fault, lengthMs: 3_600_000, within: {}, by: null },
            },
            { type: 'drill.fault-made', v: 1, data: { at } },
            { type: 'drill.stopped', v: 1, data: { why: 'done', by: null } },
            { type: 'drill.restored', v: 1, data: { ok: true, left: [] } },
            { type: 'drill.scored', v: 1, data: { scores: { 'checkout-svc': score(seconds) } } },
            { type: 'drill.ended', v: 1, data: { started: true } },
          ],
        },
      ],
      { at, actor: { kind: 'astern' }, config: '' },
    )
    if (appended.status !== 'appended') throw new Error('not appended')
    await caughtUp(appended.events.at(-1)?.position ?? 0)
  }

  await on.type('ana', '/drill score checkout-svc')
  const card = await on.told('ana', 'Drills of checkout-svc')
  const text = textOf(card.blocks)
  expect(text.indexOf('D-102')).toBeLessThan(text.indexOf('D-101'))
  expect(text).toContain('verified 3 min, 20 sec')
  expect(JSON.stringify(card.blocks)).toContain('"type":"image"')

  await on.type('mei', '/drill 评分 checkout-svc')
  await on.told('mei', 'checkout-svc 的演练评分')
  await on.type('ana', '/drill score chekout-svc')
  await on.told('ana', 'checkout-svc')
})
