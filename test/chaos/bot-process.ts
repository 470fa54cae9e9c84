import { readdirSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { EventType } from '../../src/core/event.ts'
import type { Bot } from '../../src/main/bot.ts'
import { Desk, deskEvents } from '../../src/projection/desk.ts'
import { compose, countOf, handledAll, type Order, openOf } from './composed.ts'
import { Points } from './points.ts'

/** What the parent says. Run as a process of its own. */
export type Question =
  | { readonly order: Order }
  | { readonly count: EventType }
  | 'quiet?'
  | 'points?'
  | 'health?'
  | 'handled?'
  | 'stop'
export type Answer =
  /** It runs, and listens here. */
  | { readonly url: string }
  /** So many events of a type; null before it runs. */
  | { readonly of: EventType; readonly counted: number | null }
  /** What is still to be said or carried out. */
  | { readonly open: number }
  | { readonly points: readonly string[] }
  | { readonly handled: true }
  /** Memory in use after a collection, open descriptors, and whether what is folded is what a fold from zero gives. */
  | { readonly heapMb: number; readonly descriptors: number; readonly sameFromZero: boolean }

const tell = (answer: Answer) => process.send?.(answer)

async function health({ world }: Bot): Promise<Answer> {
  const fresh = new Desk()
  for (;;) {
    const events = await world.ledger.read(fresh.position, 1_000, deskEvents)
    for (const event of events) fresh.apply(event)
    if (events.length < 1_000) break
  }
  await world.caughtUp((await world.ledger.head()).position)
  const sameFromZero = isDeepStrictEqual(fresh.packed(), world.desk.packed())
  globalThis.gc?.()
  const heapMb = process.memoryUsage().heapUsed / 1024 / 1024
  return { heapMb, descriptors: readdirSync('/proc/self/fd').length, sameFromZero }
}

let stops = false
// Whoever plays is gone: a bot that goes on by itself would answer the next workspace that gets the same port.
process.on('disconnect', () => {
  if (!stops) process.exit(1)
})

let bot: Bot | null = null
let points = new Points(null)
process.on('message', async (question: Question) => {
  if (question === 'points?') tell({ points: points.passed })
  else if (question === 'stop') {
    stops = true
    await bot?.close()
    process.disconnect?.()
  } else if (question === 'handled?') {
    if (bot) await handledAll(bot)
    tell({ handled: true })
  } else if (question === 'health?') {
    if (bot) tell(await health(bot))
  } else if (question === 'quiet?') {
    // Not begun yet is not at rest.
    tell({ open: bot ? await openOf(bot) : 1 })
  } else if ('count' in question) {
    const { count: of } = question
    tell({ of, counted: bot ? await countOf(bot, of) : null })
  } else {
    points = new Points(question.order.killAt, question.order.long !== true)
    bot = await compose(question.order, points)
    tell({ url: bot.url })
  }
})
