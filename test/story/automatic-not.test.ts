import { afterEach, describe, expect, it } from 'vitest'
import { fire } from '../kit/alerting.ts'
import { announcement, announcementSays, automaticOf, counting, counts, stops, wordsOf } from '../kit/counting.ts'
import { type Story, seen, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let stage: Awaited<ReturnType<typeof counting>> | undefined
afterEach(async () => {
  await all.close()
  await stage?.close()
})

async function open(more: Parameters<typeof counting>[0] = {}) {
  const count = await counting(more)
  stage = count
  return { count, story: await all.open(count.options) }
}

const regions = ['eu-1', 'us-1'] as const
async function burning(of: { readonly shipped?: readonly ('eu-1' | 'us-1')[] } = {}) {
  const { count, story } = await open()
  const { shipped = regions } = of
  await story.ship('v1.8.0', shipped)
  await seen(story, 'v1.8.0', { regions: shipped })
  await count.burn(story, shipped)
  return { count, story, due: await counts(story) }
}

const never = '{ propose: [mei, tom], approve: [owners], human: false, incident: thread }'
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const proposed = async (story: Story) => (await story.eventsOf('rollback.proposed')).map(({ data }) => data)
/** It is judged and told, and an engine that would count had the time to. */
async function judged(story: Story) {
  await until(
    'it is told',
    () => {
      const card = story.keyed('/incident:INC-1')[0]
      return textOf(card?.blocks).includes('Suspect, a guess')
    },
    15_000,
  )
  await pause(2_500)
}
const stopped = (story: Story, why: string) =>
  untilAsync(`it stops: ${why}`, async () => (await stops(story)).find((one) => one.why === why), 20_000)

describe('Astern never goes back by itself', () => {
  it('where the service is critical, whatever other tiers may', async () => {
    const { count, story } = await open({ tier: 'critical' })
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await count.burn(story, regions)
    await judged(story)
    expect((await story.eventsOf('incident.suspected'))[0]?.data.suspects[0]?.doubts).toEqual([])
    expect(await automaticOf(story)).toEqual([])
  }, 60_000)

  it('where anything speaks against the suspect', async () => {
    const { count, story } = await open()
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await count.burn(story, ['eu-1'])
    await judged(story)
    expect((await story.eventsOf('incident.suspected'))[0]?.data.suspects[0]?.doubts).toMatchObject([
      { key: 'suspect.runs-well' },
    ])
    expect(await automaticOf(story)).toEqual([])
  }, 60_000)

  it('in an incident that somebody opened by hand', async () => {
    const { count, story } = await open()
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await story.type('tom', '/incident open checkout-svc pay is slow')
    await until('it is open', () => story.bot.world.desk.openIncidents().length === 1)
    await count.burn(story, regions)
    await judged(story)
    expect(await automaticOf(story)).toEqual([])
  }, 60_000)
})

describe('what counts down ends by itself', () => {
  it('when a freeze begins', async () => {
    const { count, story, due } = await burning()
    await story.type('ana', '/freeze checkout-svc for 2h because of the fair')
    await stopped(story, 'freeze')
    const message = await announcementSays(story, due.position, 'a freeze began')
    expect(wordsOf(message)).toContain('roll back by hand')
    count.set(Temporal.Instant.from(due.dueAt))
    await pause(2_500)
    expect(await proposed(story)).toEqual([])
    expect(await automaticOf(story)).toHaveLength(1)
  }, 60_000)

  it('when its alert ends in one of the regions, and does not begin again with it', async () => {
    const { count, story, due } = await burning()
    await count.burn(story, ['us-1'], { status: 'resolved' })
    await stopped(story, 'resolved')
    await announcementSays(story, due.position, 'does not say any more that all of it burns')
    await count.burn(story, ['us-1'], { fingerprint: 'again' })
    count.set(Temporal.Instant.from(due.dueAt))
    await pause(2_500)
    expect(await proposed(story)).toEqual([])
    expect(await automaticOf(story)).toHaveLength(1)
  }, 60_000)

  it('when the policy does not allow it any more', async () => {
    const { story, due } = await burning()
    await story.reconfigure({ standard: never })
    await stopped(story, 'policy')
    await announcementSays(story, due.position, 'the policy does not allow it any more')
  }, 60_000)

  it('when another version is shipped there meanwhile', async () => {
    const { count, story, due } = await burning()
    await story.ship('v1.8.1', ['us-1'])
    await seen(story, 'v1.8.1', { regions: ['us-1'] })
    count.set(Temporal.Instant.from(due.dueAt))
    const end = await untilAsync('it stops', async () => (await stops(story))[0], 20_000)
    expect(['moved', 'candidate', 'doubt']).toContain(end.why)
    await pause(1_500)
    expect(await proposed(story)).toEqual([])
    expect([story.writes('eu-1'), story.writes('us-1')]).toEqual([0, 0])
  }, 60_000)

  it('when it burns where the release never was: it is no longer certain', async () => {
    const { count, story, due } = await burning({ shipped: ['eu-1'] })
    expect(due.regions).toEqual(['eu-1'])
    await count.burn(story, ['us-1'])
    const end = await untilAsync('it stops', async () => (await stops(story))[0], 20_000)
    expect(['doubt', 'other-suspect']).toContain(end.why)
    await announcementSays(story, due.position, /no longer certain which release|another release is suspected now/)
    count.set(Temporal.Instant.from(due.dueAt))
    await pause(1_500)
    expect(await proposed(story)).toEqual([])
    expect(await automaticOf(story)).toHaveLength(1)
  }, 60_000)

  it('when it is shipped on to a region that does not burn', async () => {
    const { story, due } = await burning({ shipped: ['eu-1'] })
    await story.ship('v1.8.0', ['us-1'])
    await seen(story, 'v1.8.0', { regions: ['us-1'] })
    await stopped(story, 'doubt')
    await announcementSays(story, due.position, 'no longer certain which release')
  }, 60_000)

  it('when no chat takes the announcement, the second time too: nobody could have stopped it', async () => {
    const { count, story } = await open()
    await story.reconfigure({ standard: never })
    await story.ship('v1.8.0')
    await seen(story, 'v1.8.0')
    await count.burn(story, regions)
    await judged(story)
    story.slack.down()
    await story.reconfigure({ standard: count.options.standard ?? '' })
    for (const number of [1, 2]) {
      const due = await untilAsync('it is announced', async () => (await automaticOf(story))[number - 1], 20_000)
      count.set(Temporal.Instant.from(due.dueAt))
      await untilAsync('it ends', async () => (await stops(story))[number - 1], 20_000)
    }
    await pause(1_500)
    expect(await stops(story)).toEqual([
      { why: 'untold', person: null },
      { why: 'untold', person: null },
    ])
    expect(await automaticOf(story)).toHaveLength(2)
    expect(await proposed(story)).toEqual([])
    story.slack.up()
  }, 90_000)

  it('when somebody closes the incident', async () => {
    const { story, due } = await burning()
    await story.type('tom', '/incident close INC-1 seen to')
    expect(await stopped(story, 'closed')).toEqual({ why: 'closed', person: 'tom' })
    await announcementSays(story, due.position, 'the incident was closed')
  }, 60_000)
})

it('what is told of other places meanwhile is announced anew, with the whole minute before it, and begins once', async () => {
  const { count, story } = await open()
  await story.ship('v1.8.0')
  await seen(story, 'v1.8.0')
  // Of no region: it may be any of them. Then each one is named.
  await fire(story.bot.url, { fingerprint: 'any', startsAtMs: count.soonMs() })
  const due = await counts(story)
  await count.burn(story, regions)
  await stopped(story, 'spread')
  const second = await counts(story, 'INC-1', due.position)
  expect(second.regions).toEqual(['eu-1', 'us-1'])
  const at = (one: string) => Temporal.Instant.from(one).epochMilliseconds
  expect(at(second.dueAt) - at(second.at)).toBeGreaterThanOrEqual(59_000)
  await announcementSays(story, due.position, 'announced anew')
  expect(announcement(story, second.position)).toBeDefined()
  expect(await proposed(story)).toEqual([])
  count.set(Temporal.Instant.from(second.dueAt))
  const begun = await untilAsync('it begins', async () => (await proposed(story))[0], 20_000)
  expect(begun.automatic?.due).toBe(second.position)
  expect(begun.plan.steps.flatMap((step) => (step.kind === 'change' ? [step.id] : []))).toEqual(['eu-1', 'us-1'])
  expect(await proposed(story)).toHaveLength(1)
}, 90_000)
