import type { Message } from '../../playground/slack/index.ts'
import type { Ground } from './ground.ts'
import { Missed, type Watch } from './watch.ts'
import { imageOf } from './workload.ts'

const holds = (message: Message, ...texts: readonly string[]): boolean => {
  const words = JSON.stringify([message.text, message.blocks])
  return texts.every((text) => words.includes(text))
}

/** A bad release, `/rollback`, approval by another person, rollback, verification, post-mortem. Milliseconds from command to restored. */
export async function tell(ground: Ground, watch: Watch): Promise<number> {
  const { slack, people, service, channel } = ground
  const asks = slack.as(people.asks)
  const approves = slack.as(people.approves)
  const before = await ground.workloads()
  await watch.for('the bot is connected', () => slack.sockets > 0)
  const bad = await ground.shipBad()
  watch.say(`${bad} is shipped to ${before.map(({ region }) => region).join(' and ')}`)

  const startedMs = watch.elapsedMs
  const typed = await asks.command(channel, `/rollback ${service}`)
  if (!typed.acked) throw new Missed(`/rollback was not acknowledged: ${typed.error}`)
  watch.say(`/rollback ${service} acknowledged in ${Math.round(typed.ackMs)} ms`)
  const candidates = await watch.for('the card with what runs and what it could go back to', () =>
    slack.ephemeral(people.asks).find((message) => holds(message, bad, 'rollback.choose')),
  )
  await asks.press(channel, candidates.ts, 'rollback.choose')
  const dialog = await watch.for('the dialog that asks why', () => slack.views(people.asks).at(-1))
  const submitted = await asks.submit(dialog.id, { reason: '5xx on the pay button since the release' })
  if (!submitted.acked) throw new Missed(`the dialog was not taken: ${submitted.error}`)

  const room = await watch.for('an incident channel of its own', () =>
    slack.channels().find(({ name }) => name.startsWith('inc-')),
  )
  const card = await watch.for('the live card, waiting for approval', () =>
    slack.messages(room.id).find((message) => holds(message, 'rollback.approve')),
  )
  await watch.for('the card is pinned', () => room.pins.length > 0)
  await watch.for('one line in the team’s channel', () =>
    slack.messages(channel).find((message) => holds(message, 'R-1')),
  )
  await asks.press(room.id, card.ts, 'rollback.approve')
  await watch.for('whoever asked may not approve', () =>
    slack.ephemeral(people.asks).find((message) => message.channel === room.id && message.byApp),
  )
  await approves.press(room.id, card.ts, 'rollback.approve')
  watch.say('another person approves')
  await watch.for(
    'every workload went back, says the API server',
    async () => {
      const now = await ground.workloads()
      return now.every(({ image, region }) => image === imageOf(before, region))
    },
    240_000,
  )
  await watch.for(
    'every pod runs it, says the API server',
    async () => (await ground.workloads()).every(({ settled }) => settled),
    240_000,
  )
  await watch.for('the card says restored', () => {
    const now = slack.message(room.id, card.ts)
    return now && holds(now, '✅', 'rollback.undo')
  })
  const tookMs = watch.elapsedMs - startedMs

  await watch.for('the timeline in the thread, every line with its evidence', () => {
    const told = slack.thread(room.id, card.ts).filter((message) => message.ts !== card.ts)
    return told.some((message) => holds(message, '↗', '/incidents/INC-1'))
  })
  await watch.for('the post-mortem draft', () => slack.canvases().find(({ title }) => title.includes('INC-1')))
  await watch.for('its owner is asked', () =>
    slack
      .messages(room.id)
      .find(
        (message) => holds(message, people.asks, 'INC-1') && !message.threadTs && message.ts > card.ts && message.byApp,
      ),
  )
  const closed = await asks.command(room.id, '/incident close INC-1 rolled back')
  if (!closed.acked) throw new Missed(`/incident close was not acknowledged: ${closed.error}`)
  await watch.for('the post-mortem is refreshed when the incident closes', () =>
    slack.canvases().some((canvas) => JSON.stringify(canvas).includes('rolled back')),
  )
  return tookMs
}
