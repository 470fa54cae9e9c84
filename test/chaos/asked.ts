/** The stories that are played with deaths in them. */
export const stories = ['slack', 'dingtalk', 'drill', 'alert', 'alone'] as const
export type StoryName = (typeof stories)[number]

/** What `npm run chaos -- …` was told; `main.ts` hands it on to the tests' processes. */
export const asked = {
  /** As `npm run chaos`, and not as one of all tests. */
  full: process.env.CHAOS_FULL === '1',
  live: process.env.CHAOS_LIVE === '1',
  /** Only these stories; empty: all. */
  only: stories.filter((name) => process.env.CHAOS_ONLY?.split(',').includes(name)) as readonly StoryName[],
  minutes: Number(process.env.CHAOS_MINUTES ?? 0),
  seed: Number(process.env.CHAOS_SEED ?? 1),
  /** So many points, by the seed; 0: all. */
  sample: Number(process.env.CHAOS_SAMPLE ?? 0),
}
