import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bot, startBot } from './bot.ts'
import { embeddedConfig } from './embedded.ts'
import type { Given } from './given.ts'
import { clusterGround } from './tour/cluster-ground.ts'
import type { Ground } from './tour/ground.ts'
import { playgroundGround } from './tour/playground-ground.ts'
import { tell } from './tour/story.ts'
import { Missed, Watch } from './tour/watch.ts'

const targetMs = 5 * 60_000

/** Plays the whole story without a browser. 0 only if the workloads went back within five minutes and every message was seen. */
export async function tour(given: Given): Promise<number> {
  const { platform, print } = given
  const folder = mkdtempSync(join(tmpdir(), 'astern-tour-'))
  const ground: Ground = given.kubeconfig
    ? await clusterGround(readFileSync(given.kubeconfig, 'utf8'), given.context, platform)
    : await playgroundGround({ seed: given.seed ?? 1, speed: given.speed ?? 1 })
  let bot: Bot | null = null
  try {
    for (const limit of ground.limits) print(`       ${limit}`)
    const live = await embeddedConfig(ground)
    const ledgerFile = given.ledger ?? join(folder, 'ledger.db')
    bot = await startBot({ live, platform, ledgerFile, host: '127.0.0.1', port: 0 })
    const watch = new Watch(platform.clock, print)
    const tookMs = await tell(ground, watch)
    if (tookMs > targetMs) throw new Missed(`it took ${Math.round(tookMs / 1000)} s, longer than five minutes`)
    watch.say(`the tour is over: from the first command to restored in ${(tookMs / 1000).toFixed(1)} s`)
    return 0
  } catch (cause) {
    if (!(cause instanceof Missed)) throw cause
    print(`✗ ${cause.message}`)
    return 1
  } finally {
    await bot?.close()
    await ground.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
