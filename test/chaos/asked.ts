/** What `npm run chaos -- …` was told; `main.ts` hands it on to the tests' processes. */
export const asked = {
  /** As `npm run chaos`, and not as one of all tests. */
  full: process.env.CHAOS_FULL === '1',
  live: process.env.CHAOS_LIVE === '1',
  minutes: Number(process.env.CHAOS_MINUTES ?? 0),
  seed: Number(process.env.CHAOS_SEED ?? 1),
  /** So many points, by the seed; 0: all. */
  sample: Number(process.env.CHAOS_SAMPLE ?? 0),
}
