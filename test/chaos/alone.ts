import { textOf } from '../kit/story.ts'
import type { Scene } from './scene.ts'
import { happened, type Tale } from './tale.ts'
import { eventsOf, rollbackWrong } from './verdict.ts'

const withinMs = 100_000

/** An alert of both regions after a release: it is announced, nobody stops it, and it goes back by itself. */
export const alone: Tale = {
  scene: { alerts: {}, alone: true },
  begin: (on, bot) => ({
    async tell() {
      await happened(bot, 'release.became-current', on.regions.length, withinMs)
      await on.alerts?.post(bot, 'firing')
      await happened(bot, 'rollback.ended', 1, withinMs)
      await on.alerts?.post(bot, 'resolved')
    },
    lost: [],
  }),
  isOver: (on) =>
    on.keyed('/owner:INC-1').length > 0 && /R-1 restored it/.test(textOf(on.keyed('/incident:INC-1')[0]?.blocks)),
  verdict,
}

const counts = {
  'incident.suspected': 1,
  'rollback.approved': 0,
  'step.started': 6,
  'step.settled': 6,
} as const

async function verdict(on: Scene, lost: readonly string[]): Promise<readonly string[]> {
  const wrong = [...(await rollbackWrong(on, lost, { counts, consent: 'nobody having consented', pins: 2 }))]
  const events = (await eventsOf(on.ledgerFile)).map(({ event }) => event)
  const due = events.filter(({ type }) => type === 'incident.automatic-due').length
  // Who is dead when the time is up lets people see it anew, and the whole time.
  const stops = events.flatMap((event) => (event.type === 'incident.automatic-stopped' ? [event.data.why] : []))
  if (stops.some((why) => why !== 'late' && why !== 'untold')) wrong.push(`it was stopped: ${stops}`)
  if (due !== stops.length + 1) wrong.push(`announced ${due} times, told anew ${stops.length} times`)
  const cards = on.slack
    .channels()
    .flatMap(({ id }) => on.slack.messages(id))
    .map(({ blocks }) => textOf(blocks))
  const led = cards.filter((text) => /by itself: see R-1/.test(text.replaceAll(/\s+/g, ' '))).length
  if (led !== 1) wrong.push(`${led} announcements lead to the rollback`)
  return wrong
}
