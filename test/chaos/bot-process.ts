import type { Bot } from '../../src/main/bot.ts'
import { compose, type Order, openOf } from './composed.ts'
import { Points } from './points.ts'

/** What the parent says. Run as a process of its own. */
export type Question = { readonly order: Order } | 'quiet?' | 'points?' | 'stop'
export type Answer =
  | { readonly ready: true }
  /** What is still to be said or carried out. */
  | { readonly open: number }
  | { readonly points: readonly string[] }

const tell = (answer: Answer) => process.send?.(answer)

let bot: Bot | null = null
let points = new Points(null)
process.on('message', async (question: Question) => {
  if (question === 'points?') tell({ points: points.passed })
  else if (question === 'stop') {
    await bot?.close()
    process.disconnect?.()
  } else if (question === 'quiet?') {
    if (bot) tell({ open: await openOf(bot) })
  } else {
    points = new Points(question.order.killAt)
    bot = await compose(question.order, points)
    tell({ ready: true })
  }
})
