import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actOut } from './act-out.ts'
import { asked } from './asked.ts'
import { localCluster } from './clusters.ts'
import { deeds } from './deeds.ts'

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** Without `--minutes` so many; with it as many as half of the time allows. */
const runs = 25

it('whatever people, vendors and clocks do, what must hold holds', async () => {
  const ended = new Map<string, number>()
  const property = fc.asyncProperty(deeds, async (all) => {
    const { found, ends } = await actOut(cluster, all)
    for (const end of ends) ended.set(String(end), (ended.get(String(end)) ?? 0) + 1)
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  await fc.assert(property, {
    seed: asked.seed,
    ...(asked.minutes > 0
      ? { numRuns: 1_000_000, interruptAfterTimeLimit: asked.minutes * 30_000 }
      : { numRuns: runs, interruptAfterTimeLimit: 180_000 }),
  })
  process.stdout.write(`how the rollbacks ended: ${JSON.stringify([...ended])}\n`)
  expect(ended.get('restored')).toBeGreaterThan(0)
})
