import { languages } from '../../text/language.ts'
import { sayPlain, type TextKey, type Values } from '../../text/say.ts'
import type { AlertTexts } from './alert-texts.ts'
import type { Ground } from './ground.ts'
import { Missed, type Watch } from './watch.ts'
import { areBack } from './workload.ts'

/** What one person sees and presses in one chat. */
export interface Hand {
  readonly connected: () => boolean
  /** What the cards of incidents say to her, one text each. */
  readonly incidents: () => readonly string[]
  /** Presses what goes back, on the incident's card. */
  readonly goBack: () => Promise<void>
  /** Whether she is asked why. */
  readonly asked: () => boolean
  readonly give: (reason: string) => Promise<void>
  /** What the rollback's live card says to her; empty before it is there. */
  readonly rollback: () => string
  /** Whether she is offered to let it run without anybody else, and that. */
  readonly mayAct: () => boolean
  readonly actAtOnce: () => Promise<void>
  readonly postMortem: () => boolean
}

/** The name of the suspect stands within so many characters after its sign, markup included. */
const suspectWithin = 200

/** A bad release that nobody looks at: alert, card with the suspect, one person's decision, rollback, verified by what fired. Milliseconds. */
export async function tellAlert(
  ground: Ground,
  hand: Hand,
  watch: Watch,
  text: AlertTexts,
): Promise<{ readonly fromFaultMs: number; readonly fromCardMs: number }> {
  const before = await ground.workloads()
  await watch.for(text.connected, hand.connected)
  const bad = await ground.shipBad()
  const shippedMs = watch.elapsedMs
  watch.say(text.shipped(bad))
  const card = (...parts: readonly string[]) =>
    hand.incidents().find((said) => parts.every((part) => said.includes(part)))
  const says = (key: TextKey, values: Values = {}) =>
    languages.some((language) => card(sayPlain(language, key, values)) !== undefined)

  await watch.for(text.alerted, () => card('HighErrorRate'), 90_000)
  const cardMs = watch.elapsedMs
  const said = await watch.for(text.suspect(bad), () => card('🔎', bad))
  const at = said.indexOf('🔎')
  if (!said.slice(at, at + suspectWithin).includes(bad)) throw new Missed(`the suspect is not ${bad}: ${said}`)
  // The release went from region to region, and so does the fire.
  const [{ region: first = '', version = '' } = {}] = before
  await watch.for(
    text.offered,
    () => says('card.roll-back-both', { version }) && !says('card.roll-back-one', { region: first, version }),
  )
  await hand.goBack()
  await watch.for(text.dialog, hand.asked)
  await hand.give(text.reason)
  await watch.for(text.waiting, () => hand.rollback().includes('HighErrorRate') && hand.mayAct())
  await hand.actAtOnce()
  watch.say(text.decided)
  await watch.for(text.back, async () => areBack(before, await ground.workloads()), 240_000)
  await watch.for(text.verified, () => hand.rollback().includes('✅'), 240_000)
  const endMs = watch.elapsedMs
  if (!/HighErrorRate[^✅]*→/u.test(hand.rollback()))
    throw new Missed(`without the numbers of what fired: ${hand.rollback()}`)
  await watch.for(text.ended, () => says('alert.none-fires'), 90_000)
  await watch.for(text.quiet, () => says('suspect.restored', { rollback: 'R-1' }))
  const cards = hand.incidents()
  if (cards.length !== 1) throw new Missed(`${cards.length} cards of incidents instead of one: ${cards.join('\n')}`)
  await watch.for(text.postMortem, hand.postMortem)
  return { fromFaultMs: endMs - shippedMs, fromCardMs: endMs - cardMs }
}
