import { textOf } from '../kit/story.ts'
import { type AlertSetup, alertName } from './alert-scene.ts'
import { People } from './people.ts'
import type { Scene } from './scene.ts'
import { type Heard, happened, type Tale } from './tale.ts'
import { eventsOf, rollbackWrong } from './verdict.ts'

const withinMs = 100_000

const incidentCard = ({ keyed }: Scene): string => textOf(keyed('/incident:INC-1')[0]?.blocks)
const rollbackCard = ({ keyed }: Scene): string => textOf(keyed('/card:R-1')[0]?.blocks)

/** An alert of both regions after a release: its card fills itself in, people go back from it, and what fired is asked again. */
export const alertedBy = (setup: AlertSetup): Tale => ({
  scene: { alerts: setup },
  begin(on, bot) {
    const people = new People(on, () => bot.listening())
    return {
      async tell() {
        const quieten = setup.noise && on.alerts?.noise(bot)
        try {
          await tell(on, bot, people)
        } finally {
          await quieten?.()
        }
      },
      lost: people.lost,
    }
  },
  isOver: (on) =>
    on.keyed('/owner:INC-1').length > 0 &&
    /R-1 restored it/.test(incidentCard(on)) &&
    /No alert fires/.test(incidentCard(on)),
  verdict,
})

export const alerted = alertedBy({})

async function tell(on: Scene, bot: Heard, people: People): Promise<void> {
  await happened(bot, 'release.became-current', on.regions.length, withinMs)
  // Two Alertmanagers, as where one must not fail.
  await Promise.all([on.alerts?.post(bot, 'firing'), on.alerts?.post(bot, 'firing')])
  await people.goBack('INC-1')
  await happened(bot, 'rollback.ended', 1, withinMs)
  await on.alerts?.post(bot, 'resolved')
}

/** The card of the incident is pinned, and that of its rollback; what fired is asked again beside the check of each region. */
const counts = {
  'incident.suspected': 1,
  'step.started': 6,
  'step.settled': 6,
} as const

async function verdict(on: Scene, lost: readonly string[]): Promise<readonly string[]> {
  const wrong = [...(await rollbackWrong(on, lost, { counts, approver: 'Ana', pins: 2 }))]
  for (const { event } of await eventsOf(on.ledgerFile)) {
    if (event.type === 'incident.suspected' && event.data.suspects[0]?.version !== 'bad-1.8.0')
      wrong.push(`suspected ${event.data.suspects[0]?.version}`)
    if (event.type === 'step.settled' && event.data.step.endsWith('.alerts')) {
      const [seen] = event.data.seen
      if (!seen?.measured || seen.measured.now > 0.05) wrong.push(`${event.data.step} settled without a good value`)
    }
  }
  const incidents = on.keyed('/incident:INC-1').length
  if (incidents !== 1) wrong.push(`the incident's card stands ${incidents} times`)
  if (!rollbackCard(on).includes(alertName)) wrong.push('the numbers of what fired are not on the card')
  return wrong
}
