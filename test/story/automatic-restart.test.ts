import { afterEach, describe, expect, it } from 'vitest'
import { Automatics } from '../../src/engine/automatics.ts'
import { announcementSays, automaticOf, counting, counts, stops } from '../kit/counting.ts'
import { type Story, seen, stories, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const all = stories()
let stage: Awaited<ReturnType<typeof counting>> | undefined
afterEach(async () => {
  await all.close()
  await stage?.close()
})

async function burning() {
  const count = await counting()
  stage = count
  const story = await all.open(count.options)
  await story.ship('v1.8.0')
  await seen(story, 'v1.8.0')
  await count.burn(story, ['eu-1', 'us-1'])
  return { count, story, due: await counts(story) }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const proposed = async (story: Story) => (await story.eventsOf('rollback.proposed')).map(({ data }) => data)
const begins = (story: Story) => untilAsync('it begins', async () => (await proposed(story))[0], 20_000)
/** It set back each region once, and nothing more. */
async function once(story: Story) {
  await until('both are set back', () => story.writes('eu-1') > 0 && story.writes('us-1') > 0, 20_000)
  await pause(1_500)
  expect(await proposed(story)).toHaveLength(1)
  expect([story.writes('eu-1'), story.writes('us-1')]).toEqual([1, 1])
}

describe('the bot is gone in the middle of a countdown', () => {
  it('and back before the time is up: it goes on, in the same message, and begins once', async () => {
    const { count, story, due } = await burning()
    await story.restart()
    await pause(1_500)
    expect(await proposed(story)).toEqual([])
    count.set(Temporal.Instant.from(due.dueAt))
    await begins(story)
    await announcementSays(story, due.position, 'by itself: see R-1')
    await once(story)
    expect(await automaticOf(story)).toHaveLength(1)
    expect(story.keyed(`/automatic:INC-1:${due.position}`)).toHaveLength(1)
  }, 90_000)

  it('and back just after: it begins once', async () => {
    const { count, story, due } = await burning()
    await story.restart(() => count.set(Temporal.Instant.from(due.dueAt)))
    await begins(story)
    await once(story)
  }, 90_000)

  it('and back long after: nobody could have stopped it, so that it is told anew with the whole time, and begins once', async () => {
    const { count, story, due } = await burning()
    await story.restart(() => count.set(Temporal.Instant.from(due.dueAt).add({ minutes: 2 })))
    const second = await counts(story, 'INC-1', due.position)
    expect(await stops(story)).toEqual([{ why: 'late', person: null }])
    expect(await proposed(story)).toEqual([])
    await announcementSays(story, due.position, 'announced anew')
    count.set(Temporal.Instant.from(second.dueAt))
    await begins(story)
    await once(story)
    expect(await automaticOf(story)).toHaveLength(2)
  }, 90_000)
})

it('three engines at one ledger announce once and begin once', async () => {
  const count = await counting()
  stage = count
  const story = await all.open(count.options)
  await story.ship('v1.8.0')
  await seen(story, 'v1.8.0')
  const others = new AbortController()
  const sources = { standing: () => ({ state: 'fires' }) as const }
  const run = [0, 1].map(() => new Automatics(story.bot.world, sources, others.signal).run())
  await count.burn(story, ['eu-1', 'us-1'])
  const due = await counts(story)
  await pause(1_500)
  expect(await automaticOf(story)).toHaveLength(1)
  count.set(Temporal.Instant.from(due.dueAt))
  await begins(story)
  await once(story)
  expect(await stops(story)).toEqual([])
  others.abort()
  await Promise.all(run)
}, 90_000)

describe('the cluster does not answer when the time is up', () => {
  it('for a moment: it is looked at again, and begins once', async () => {
    const { count, story, due } = await burning()
    await story.clusters['us-1'].pause()
    count.set(Temporal.Instant.from(due.dueAt))
    await pause(1_500)
    expect([await proposed(story), await stops(story)]).toEqual([[], []])
    await story.clusters['us-1'].resume()
    const second = await untilAsync(
      'it begins, or is told anew',
      async () => (await proposed(story))[0] ?? (await automaticOf(story))[1],
      40_000,
    )
    if ('dueAt' in second) count.set(Temporal.Instant.from(second.dueAt))
    await begins(story)
    await once(story)
  }, 120_000)

  it('for long: it is left to people', async () => {
    const { count, story, due } = await burning()
    await story.clusters['us-1'].pause()
    count.set(Temporal.Instant.from(due.dueAt))
    await pause(1_500)
    count.set(Temporal.Instant.from(due.dueAt).add({ seconds: 61 }))
    const end = await untilAsync('it stops', async () => (await stops(story))[0], 30_000)
    expect(end).toEqual({ why: 'not-seen', person: null })
    expect(await proposed(story)).toEqual([])
    await story.clusters['us-1'].resume()
  }, 90_000)
})
