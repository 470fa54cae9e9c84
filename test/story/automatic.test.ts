import { afterEach, describe, expect, it } from 'vitest'
import { announcement, announcementSays, automaticOf, counting, counts, stops, wordsOf } from '../kit/counting.ts'
import { type ShopMetrics, shopMetrics } from '../kit/prometheus/shop-metrics.ts'
import { settableClock } from '../kit/set-clock.ts'
import { buttonsOf, type Story, seen, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let metrics: ShopMetrics | undefined
let stage: Awaited<ReturnType<typeof counting>> | undefined
afterEach(async () => {
  await all.close()
  await Promise.all([metrics?.stop(), stage?.close()])
  metrics = undefined
})

async function open(...of: Parameters<typeof counting>) {
  const count = await counting(...of)
  stage = count
  return { count, story: await all.open(count.options) }
}

/** Ships what it burns with, and waits until it counts down. */
async function burning(more: Parameters<typeof counting>[0] = {}) {
  const { count, story } = await open(more)
  await story.ship('v1.8.0')
  await seen(story, 'v1.8.0')
  await count.burn(story, ['eu-1', 'us-1'])
  const due = await counts(story)
  const message = await announcementSays(story, due.position, 'by itself at')
  return { count, story, due, message }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const share =
  'sum by (region) (rate(http_requests_total{code=~"5.."}[1s])) / sum by (region) (rate(http_requests_total[1s])) > 0.05'
const actionsOf = (story: Story, due: number) =>
  buttonsOf(announcement(story, due)?.blocks).map(({ action_id }) => action_id.split(':')[0])
const rollbacks = async (story: Story) => (await story.eventsOf('rollback.proposed')).map(({ data }) => data)
const begins = (story: Story) => untilAsync('it begins', async () => (await rollbacks(story))[0])
/** Time enough for an engine that would begin. */
const quiet = () => pause(2_500)

describe('a service whose policy lets Astern go back by itself', () => {
  it('is announced, set back when nobody stops it, and verified; nobody is said to have consented', async () => {
    const time = settableClock()
    metrics = await shopMetrics(['eu-1', 'us-1'], { now: () => time.clock.now().epochMilliseconds })
    const monitors = `{ main: { adapter: prometheus, url: "${metrics.url}" } }`
    const { count, story } = await open({ monitors, checkWindow: '15s' }, time)
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    // It burns a moment after it came.
    await pause(2_500)
    metrics.burn((region) => (story.image(region as 'eu-1').includes('v1.8.0') ? 0.4 : 0))
    await count.burn(story, ['eu-1', 'us-1'], { expression: share })
    const due = await counts(story)
    expect(due).toMatchObject({
      service: 'checkout-svc',
      regions: ['eu-1', 'us-1'],
      from: 'v1.8.0',
      to: 'v1.7.3',
      line: 'policies.standard.automatic',
      afterMs: 60_000,
    })
    const told = wordsOf(announcement(story, due.position))
    expect(told).toMatch(/checkout-svc in eu-1 and us-1 goes back to v1\.7\.3 by itself at .*unless somebody stops it/)
    expect(told).toContain('nobody has to agree to this. It waits 1 min, by policies.standard.automatic')
    expect(told).toMatch(/checkout-svc v1\.8\.0 is suspected · shipped \d+ .* before/)
    // Who leads the team, for nobody is on call.
    expect(JSON.stringify(announcement(story, due.position)?.blocks)).toContain('U0ANA00000')
    expect(actionsOf(story, due.position)).toEqual(['rollback.stop-automatic', 'rollback.choose'])
    expect(await rollbacks(story)).toEqual([])

    await count.due(story)
    const proposed = await begins(story)
    expect(proposed).toMatchObject({
      requester: 'astern',
      incident: 'INC-1',
      automatic: { line: 'policies.standard.automatic', due: due.position },
    })
    expect(proposed.reason).toMatch(/^by itself: checkout-svc v1\.8\.0 is suspected \(shipped .*nobody stopped it$/)
    expect(await story.ended('R-1', 30_000)).toBe('restored')
    expect([story.image('eu-1'), story.image('us-1')].every((image) => image.includes('v1.7.3'))).toBe(true)
    expect(await story.eventsOf('rollback.approved')).toEqual([])
    await announcementSays(story, due.position, 'goes back to v1.7.3 by itself: see R-1')
    expect(actionsOf(story, due.position)).toEqual([])
    const card = textOf((await story.cardSays('R-1', '✅')).blocks)
    expect(card).toContain('By itself, nobody had to consent: policies.standard.automatic')
    expect(card).not.toContain('astern')
    const thread = () => textOf(story.slack.messages('C0PAYMENT0').map(({ blocks }) => blocks))
    await until('the thread tells it', () => thread().includes('nobody having consented'))
    // A person owns what follows: whoever leads the team, for nobody was on call.
    const owed = await untilAsync('the post-mortem is owed', async () => (await story.eventsOf('follow-up.opened'))[0])
    expect(owed.data.owner).toBe('ana')

    // It is shipped again, and burns again: not a second time by itself.
    await story.type('tom', '/incident close INC-1 seen to')
    await count.burn(story, ['eu-1', 'us-1'], { status: 'resolved' })
    await until('it is closed', () => story.bot.world.desk.openIncidents().length === 0)
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await count.burn(story, ['eu-1', 'us-1'], { name: 'Latency', expression: share })
    const says = () => story.log.some((line) => line.includes('"why":"once"') || line.includes('"why":"doubt"'))
    await until('it is looked at', says, 20_000)
    expect(await automaticOf(story, 'INC-2')).toEqual([])
  }, 120_000)

  it('is stopped by one click; the second tells so, and nothing begins again in that incident', async () => {
    const { count, story, due, message } = await burning()
    // She has no part in it; he is a guest.
    await story.press('lin', message, 'rollback.stop-automatic')
    await story.told('lin', 'you have no part in this service')
    await story.press('kai', message, 'rollback.stop-automatic')
    await story.outcome('refused:standing')
    expect(await stops(story)).toEqual([])
    await Promise.all(['tom', 'tom'].map(() => story.press('tom', message, 'rollback.stop-automatic')))
    await announcementSays(story, due.position, /U0TOM00000|Tom/)
    await story.told('tom', 'It does not go back by itself any more')
    expect(await stops(story)).toEqual([{ why: 'hand', person: 'tom' }])
    await until('it offers to look', () => actionsOf(story, due.position).join() === 'rollback.look')
    expect(wordsOf(announcement(story, due.position))).toContain('roll back by hand')
    count.set(Temporal.Instant.from(due.dueAt))
    await count.burn(story, ['eu-1'], { fingerprint: 'another', name: 'Latency' })
    await untilAsync('it is told', async () => (await story.eventsOf('incident.alerted'))[1])
    await quiet()
    expect(await rollbacks(story)).toEqual([])
    expect(await story.eventsOf('incident.automatic-due')).toHaveLength(1)
  }, 60_000)

  it('is taken over by whoever rolls back herself while it counts', async () => {
    const { count, story, due, message } = await burning()
    await story.press('mei', message, 'rollback.choose')
    const id = await story.proposeInDialog('mei')
    await announcementSays(story, due.position, 'rolls back by hand')
    expect(await stops(story)).toEqual([{ why: 'human-proposed', person: 'mei' }])
    count.set(Temporal.Instant.from(due.dueAt))
    await quiet()
    // Hers still waits for a second person, as the policy has it for people.
    expect(await rollbacks(story)).toMatchObject([{ id, requester: 'mei' }])
    expect(story.writes('eu-1')).toBe(0)
  }, 60_000)

  it('that has begun is aborted on its card; one that did not help is the last by itself', async () => {
    const { count, story, message } = await burning({
      check: '{ http: http://127.0.0.1:9/healthz }',
      checkWindow: '30s',
    })
    await count.due(story)
    await begins(story)
    await story.press('tom', message, 'rollback.stop-automatic')
    await story.told('tom', 'Too late to stop: R-1 has begun')
    await story.press('tom', await story.cardSays('R-1', 'By itself'), 'rollback.abort')
    expect(await story.ended('R-1', 30_000)).toMatch(/aborted|not-restored|failed/)
    expect(await story.eventsOf('rollback.abort-asked')).toMatchObject([{ data: { person: 'tom' } }])
    await count.burn(story, ['eu-1'], { fingerprint: 'another', name: 'Latency' })
    await quiet()
    expect(await rollbacks(story)).toHaveLength(1)
    expect(await story.eventsOf('incident.automatic-due')).toHaveLength(1)
  }, 60_000)
})
