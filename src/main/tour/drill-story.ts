import type { Drill } from '../../core/drill/state.ts'
import { languages } from '../../text/language.ts'
import { sayPlain, type TextKey, type Values } from '../../text/say.ts'
import type { DrillHand } from './drill-hands.ts'
import type { DrillTexts } from './drill-texts.ts'
import type { Ground } from './ground.ts'
import type { LeapingClock } from './leaping-clock.ts'
import { Missed, type Watch } from './watch.ts'
import { areBack, imageOf } from './workload.ts'

export interface DrillGround extends Ground {
  /** Titles of the pages on phones. */
  readonly pages: () => readonly string[]
}

const scenario = 'bad-release'
const hourMs = 3_600_000
/** A moment after an instant, so that it is over by every clock. */
const momentMs = 1000
const quietMs = 8000

/** A drill from the day it is planned to its score: told a week, a day and an hour before, broken, rolled back, put back. */
export async function tellDrill(
  ground: DrillGround,
  hand: DrillHand,
  clock: LeapingClock,
  drills: () => readonly Drill[],
  watch: Watch,
  text: DrillTexts,
): Promise<void> {
  // Both chats are told, and a leap in the middle of a handshake would end it.
  await watch.for(text.connected, () => hand.connected() && ground.slack.sockets > 0)
  const drill = (): Drill | undefined => drills().find((one) => one.scenario === scenario)
  for (const deadlineMs = clock.monotonicMs() + 30_000; !drill(); await clock.sleep(50))
    if (clock.monotonicMs() > deadlineMs) throw new Missed('no drill was planned')
  const { id, at } = drill() as Drill
  const before = await ground.workloads()
  const isMarked = (said: string) =>
    languages.some((language) => said.includes(sayPlain(language, 'drill.mark', { id }).trim()))
  const told = (...parts: readonly string[]) =>
    hand.team().find((said) => isMarked(said) && parts.some((part) => said.includes(part)))
  const words = (key: TextKey, values: Values = {}) => languages.map((language) => sayPlain(language, key, values))
  // The words before what is different each time.
  const toldOf = (key: TextKey) =>
    told(...words(key, { id, at: '\n', what: '\n' }).map((one) => one.split('\n')[0] ?? one))
  const leapTo = (beforeMs: number) =>
    clock.leapTo(Temporal.Instant.from(at).add({ milliseconds: momentMs - beforeMs }))

  watch.say(text.planned(id, at))
  leapTo(7 * 24 * hourMs)
  await watch.for(text.week, () => toldOf('drill.in-week'))
  leapTo(24 * hourMs)
  await watch.for(text.day, () => toldOf('drill.in-day'))
  leapTo(hourMs)
  await watch.for(text.hour, () => toldOf('drill.in-hour'))
  // Watches have said something since by then.
  leapTo(quietMs)
  await watch.for(text.begins, () => toldOf('drill.begins'))

  await watch.for(text.broken, async () =>
    (await ground.workloads()).every(({ region, image }) => image !== imageOf(before, region)),
  )
  const card = (...parts: readonly string[]) =>
    hand.incidents().find((said) => parts.every((part) => said.includes(part)))
  await watch.for(text.alerted, () => card('HighErrorRate'), 90_000)
  await watch.for(text.marked, () => {
    const said = card('🔎', 'rollback.choose')
    return said !== undefined && isMarked(said) && said.slice(said.indexOf('🔎')).includes('drill')
  })
  // Both regions got it, one a moment before the other.
  const [{ version = '' } = {}] = before
  await watch.for(text.offered, () => words('card.roll-back-both', { version }).some((one) => card(one)))
  await hand.goBack()
  await watch.for(text.dialog, hand.asked)
  await hand.give(text.reason)
  await watch.for(text.waiting, () => isMarked(hand.rollback()) && hand.mayAct())
  await hand.actAtOnce()
  watch.say(text.decided)
  await watch.for(text.back, async () => areBack(before, await ground.workloads()), 240_000)
  await watch.for(text.verified, () => hand.rollback().includes('✅'), 240_000)

  await watch.for(text.over, () => told(...words('drill.over')), 120_000)
  const end = told(...words('drill.over')) ?? ''
  if (!words('drill.put-back').some((one) => end.includes(one))) throw new Missed(`not put back: ${end}`)
  watch.say(text.put)
  if (!words('drill.score-passed', { service: ground.service }).some((one) => end.includes(one)))
    throw new Missed(`not passed: ${end}`)
  watch.say(text.scored)
  await hand.askScore()
  await watch.for(text.asked, () => hand.answers().some((said) => said.includes(id) && said.includes(scenario)))

  if (ground.pages().length === 0) throw new Missed('nobody was paged')
  const unmarked = [...hand.incidents(), hand.rollback(), ...ground.pages()].filter((said) => !isMarked(said))
  if (unmarked.length > 0) throw new Missed(`does not say that it is a drill: ${unmarked[0]}`)
  if (!areBack(before, await ground.workloads())) throw new Missed('not all is as it was before')
  watch.say(text.everything)
  const tookMs = drill()?.scores?.[ground.service]?.stages.verify.tookMs ?? null
  if (tookMs === null) throw new Missed('no score')
  watch.say(text.end(`${(tookMs / 1000).toFixed(1)} s`))
}
