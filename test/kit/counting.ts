import type { Automatic } from '../../src/core/incident/automatic.ts'
import { incidentFrom, incidentStream } from '../../src/core/incident/state.ts'
import { startRegistry } from '../../src/playground/registry/registry.ts'
import type { Message } from '../../src/playground/slack/index.ts'
import { alerting, type Firing, fire } from './alerting.ts'
import { settableClock } from './set-clock.ts'
import type { StageConfig } from './stage-config.ts'
import { type Story, textOf } from './story.ts'
import { until } from './until.ts'

/** A stage on which checkout-svc goes back by itself after a minute, told by a clock that can be set. */
export async function counting(more: StageConfig = {}, time = settableClock()) {
  const { clock, alarm, set } = time
  const registry = await startRegistry()
  const digests = new Map<string, string>()
  const options: StageConfig = {
    ...alerting,
    clock,
    alarm,
    image: (version) => {
      const digest = digests.get(version) ?? registry.push('checkout-svc', version, {})
      digests.set(version, digest)
      return `${registry.host}/checkout-svc:${version}@${digest}`
    },
    sections: `${alerting.sections}registries: { "${registry.host}": { plainHttp: true } }\n`,
    incident: 'thread',
    tier: 'standard',
    standard:
      '{ propose: [mei, tom, ana, kai], approve: [owners], approvals: 1, human: false, automatic: { after: 60s } }',
    service: 'alerts: { wellFor: 1s, pending: 1s }\n    migrations: none',
    ...more,
  }
  const now = () => clock.now().epochMilliseconds
  /** The stage's workloads tell whole seconds. */
  const soonMs = () => now() + 2_000
  return {
    options,
    set,
    soonMs,
    close: () => registry.close(),
    /** Alerts of regions, as if they began just after what was shipped. */
    burn: (story: Story, regions: readonly string[], more: Partial<Firing> = {}) =>
      fire(story.bot.url, ...regions.map((region) => ({ fingerprint: region, region, startsAtMs: soonMs(), ...more }))),
    /** The wall clock stands where the time is up, or so many milliseconds later. */
    async due(story: Story, laterMs = 0): Promise<void> {
      const { dueAt } = await counts(story)
      set(Temporal.Instant.from(dueAt).add({ milliseconds: laterMs }))
    },
  }
}

export const automaticOf = async (story: Story, id = 'INC-1'): Promise<readonly Automatic[]> =>
  incidentFrom(await story.bot.world.ledger.stream(incidentStream(id)))?.automatic ?? []

/** The newest countdown, once one stands and is told. */
export async function counts(story: Story, id = 'INC-1', after = 0): Promise<Automatic> {
  for (const deadline = performance.now() + 20_000; ; ) {
    const newest = (await automaticOf(story, id)).findLast(({ position }) => position > after)
    if (newest && announcement(story, newest.position, id)) return newest
    if (performance.now() > deadline) throw new Error('nothing counts down')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The message of a countdown in Slack. */
export const announcement = (story: Story, due: number, id = 'INC-1'): Message | undefined =>
  story.keyed(`/automatic:${id}:${due}`)[0]

export const wordsOf = (message: Message | undefined): string => textOf(message?.blocks).replaceAll(/\s+/g, ' ')

export const announcementSays = (story: Story, due: number, text: string | RegExp): Promise<Message> =>
  until(
    `the announcement says “${text}”`,
    () => {
      const message = announcement(story, due)
      const said = wordsOf(message)
      return (typeof text === 'string' ? said.includes(text) : text.test(said)) ? message : undefined
    },
    15_000,
  )

/** What ended the countdowns, with whom. */
export const stops = async (story: Story) =>
  (await story.eventsOf('incident.automatic-stopped')).map(({ data: { why, person } }) => ({ why, person }))
