import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languages } from '../text/language.ts'
import { type Bot, startBot } from './bot.ts'
import { embeddedConfig } from './embedded.ts'
import type { Given } from './given.ts'
import { clusterGround } from './tour/cluster-ground.ts'
import { tellInDingTalk } from './tour/dingtalk-story.ts'
import { playgroundGround } from './tour/playground-ground.ts'
import { tell } from './tour/story.ts'
import { tourTexts } from './tour/texts.ts'
import { Missed, Watch } from './tour/watch.ts'

const targetMs = 5 * 60_000

/** Plays the whole story without a browser. 0 only if the workloads went back within five minutes and every message was seen. */
export async function tour(given: Given): Promise<number> {
  const { platform, print } = given
  const folder = mkdtempSync(join(tmpdir(), 'astern-tour-'))
  const language = languages.find((one) => one === (given.language ?? 'en'))
  if (!language) throw new TypeError(`--lang takes ${languages.join(', ')}, not “${given.language}”`)
  if (![null, 'slack', 'dingtalk'].includes(given.chat))
    throw new TypeError(`--chat takes slack or dingtalk, not “${given.chat}”`)
  if (given.chat === 'dingtalk' && given.kubeconfig) throw new TypeError('on a cluster the tour is played in Slack')
  const own = given.kubeconfig ? null : await playgroundGround({ seed: given.seed ?? 1, speed: given.speed ?? 1 })
  const ground = own ?? (await clusterGround(readFileSync(given.kubeconfig ?? '', 'utf8'), given.context, platform))
  let bot: Bot | null = null
  try {
    for (const limit of ground.limits) print(`       ${limit}`)
    const live = await embeddedConfig(ground)
    const ledgerFile = given.ledger ?? join(folder, 'ledger.db')
    bot = await startBot({ live, platform, ledgerFile, host: '127.0.0.1', port: 0 })
    const watch = new Watch(platform.clock, print)
    const inDingTalk = own !== null && given.chat === 'dingtalk'
    const tookMs = inDingTalk ? await tellInDingTalk(own, watch, language) : await tell(ground, watch)
    if (tookMs > targetMs) throw new Missed(`it took ${Math.round(tookMs / 1000)} s, longer than five minutes`)
    watch.say(tourTexts(language).over((tookMs / 1000).toFixed(1)))
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
