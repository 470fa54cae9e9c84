import { story } from '../kit/story.ts'
import { until } from '../kit/until.ts'
import type { Measure } from './row.ts'

/** Counts on the wire what one whole rollback in two regions says, from `/rollback` to the last word. */
export const chatCalls: Measure = async (say) => {
  const on = await story()
  try {
    const { slack } = on
    await on.ship('bad-1.8.0')
    const before = slack.calls().length
    const id = await on.propose('mei')
    await on.approve(id)
    const outcome = await on.ended(id, 60_000)
    await on.cardSays(id, '✅', 30_000)
    await until('the team is told the end', () => on.keyed(`/line:${id}`)[0], 30_000)
    await until('nothing waits to be said', () => on.bot.world.store.outbox.due(10).length === 0, 60_000)
    const calls = slack.calls().slice(before)
    const counts = Object.entries(Object.groupBy(calls, ({ method }) => method))
    const said = calls.filter(({ method }) => method.startsWith('chat.') || method === 'response_url')
    for (const [method, made] of counts) say(`${method}: ${made?.length}`)
    const told = await on.eventsOf('step.settled')
    say(`ended ${outcome}, ${told.length} steps settled`)
    return [
      {
        name: 'chat.* and response_url calls of one whole rollback',
        value: `${said.length} calls`,
        beside: `${calls.length - said.length} others`,
        ratio: null,
        goal: '≤ 15',
        met: said.length <= 15,
      },
    ]
  } finally {
    await on.close()
  }
}
