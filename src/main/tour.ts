import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languages } from '../text/language.ts'
import { type Bot, startBot } from './bot.ts'
import { embeddedConfig } from './embedded.ts'
import type { Given } from './given.ts'
import { tellAlert } from './tour/alert-story.ts'
import { alertTexts } from './tour/alert-texts.ts'
import { clusterGround } from './tour/cluster-ground.ts'
import { tellInDingTalk } from './tour/dingtalk-story.ts'
import { dingtalkDrillHand, slackDrillHand } from './tour/drill-hands.ts'
import { tellDrill } from './tour/drill-story.ts'
import { drillTexts } from './tour/drill-texts.ts'
import { dingtalkHand, slackHand } from './tour/hands.ts'
import { leapingClock } from './tour/leaping-clock.ts'
import { playgroundGround } from './tour/playground-ground.ts'
import { tell } from './tour/story.ts'
import { tourTexts } from './tour/texts.ts'
import { Missed, Watch } from './tour/watch.ts'

const targetMs = 5 * 60_000

/** Plays the whole story without a browser. 0 only if the workloads went back within five minutes and every message was seen. */
export async function tour(given: Given): Promise<number> {
  const { print } = given
  // Days of waiting pass at once in a drill.
  const clock = leapingClock(given.platform.clock)
  const platform = { ...given.platform, clock }
  const now = () => clock.now().epochMilliseconds
  const folder = mkdtempSync(join(tmpdir(), 'astern-tour-'))
  const language = languages.find((one) => one === (given.language ?? 'en'))
  if (!language) throw new TypeError(`--lang takes ${languages.join(', ')}, not “${given.language}”`)
  if (![null, 'slack', 'dingtalk'].includes(given.chat))
    throw new TypeError(`--chat takes slack or dingtalk, not “${given.chat}”`)
  if ((given.alert || given.drill) && given.kubeconfig)
    throw new TypeError('the tours of an alert and of a drill are played in the playground')
  if (given.chat === 'dingtalk' && given.kubeconfig) throw new TypeError('on a cluster the tour is played in Slack')
  const own = given.kubeconfig ? null : await playgroundGround({ seed: given.seed ?? 1, speed: given.speed ?? 1, now })
  const ground = own ?? (await clusterGround(readFileSync(given.kubeconfig ?? '', 'utf8'), given.context, platform))
  let bot: Bot | null = null
  try {
    for (const limit of ground.limits) print(`       ${limit}`)
    const live = await embeddedConfig(ground)
    const ledgerFile = given.ledger ?? join(folder, 'ledger.db')
    bot = await startBot({ live, platform, ledgerFile, host: '127.0.0.1', port: 0 })
    const watch = new Watch(given.platform.clock, print)
    const inDingTalk = own !== null && given.chat === 'dingtalk'
    if (own && given.alert) {
      own.alertsTo(bot.url)
      const text = alertTexts(language)
      const took = await tellAlert(own, inDingTalk ? dingtalkHand(own) : slackHand(own), watch, text)
      inTime(took.fromFaultMs)
      watch.say(text.over(seconds(took.fromFaultMs), seconds(took.fromCardMs)))
      return 0
    }
    if (own && given.drill) {
      own.alertsTo(bot.url)
      const { desk } = bot.world
      const hand = inDingTalk ? dingtalkDrillHand(own) : slackDrillHand(own)
      await tellDrill(own, hand, clock, () => desk.drills(), watch, drillTexts(language))
      return 0
    }
    const tookMs = inDingTalk ? await tellInDingTalk(own, watch, language) : await tell(ground, watch)
    inTime(tookMs)
    watch.say(tourTexts(language).over(seconds(tookMs)))
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

const seconds = (ms: number): string => (ms / 1000).toFixed(1)

function inTime(tookMs: number): void {
  if (tookMs > targetMs) throw new Missed(`it took ${Math.round(tookMs / 1000)} s, longer than five minutes`)
}
