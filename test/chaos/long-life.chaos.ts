import { afterAll, beforeAll, expect, it } from 'vitest'
import { team, userOf } from '../kit/story.ts'
import { asked } from './asked.ts'
import { Child } from './child.ts'
import { localCluster } from './clusters.ts'
import { wait } from './people.ts'
import { scene } from './scene.ts'

let cluster: Awaited<ReturnType<typeof localCluster>>
beforeAll(async () => {
  cluster = await localCluster()
})
afterAll(() => cluster.close())

/** Opened and closed one after the other, each told of in a channel of its own. */
const incidents = asked.minutes > 0 ? 5_000 : 2_000

it('thousands of incidents in one process: memory and descriptors stay flat, a fold from zero is the same', async () => {
  const on = await scene(cluster)
  const child = new Child()
  try {
    // So fast that Slack's rates hold nobody up: what is looked for is what stays behind.
    await child.start({ ...on.order(null), speed: 40, long: true })
    await wait(() => on.slack.sockets > 0, 20_000)
    const ana = on.slack.as(userOf('ana'))
    const measured: { readonly heapMb: number; readonly descriptors: number; readonly sameFromZero: boolean }[] = []
    for (let number = 1; number <= incidents; number++) {
      expect((await ana.command(team, `/incident open checkout-svc trouble ${number}`)).acked).toBe(true)
      await child.handled()
      expect((await ana.command(team, `/incident close INC-${number} gone`)).acked).toBe(true)
      await child.handled()
      if (number % (incidents / 10) !== 0) continue
      const now = await child.health()
      if (now) measured.push(now)
      process.stdout.write(`${number} incidents: ${now?.heapMb.toFixed(1)} MB, ${now?.descriptors} descriptors\n`)
    }
    expect(measured).toHaveLength(10)
    expect(measured.map(({ sameFromZero }) => sameFromZero)).not.toContain(false)
    const [early, late] = [measured[1], measured.at(-1)]
    // What the projections themselves hold of an incident is some hundred bytes.
    expect((late?.heapMb ?? 0) - (early?.heapMb ?? 0)).toBeLessThan(incidents * 0.006)
    expect((late?.descriptors ?? 0) - (early?.descriptors ?? 0)).toBeLessThan(10)
  } finally {
    child.kill()
    await child.ended()
    await on.close()
  }
})
