import type { Outcome } from '../../src/playground/slack/index.ts'
import { buttonsOf, type Name, team, textOf, userOf } from '../kit/story.ts'
import type { Actors } from './actors.ts'
import type { Scene } from './scene.ts'

/** How long a person waits for what she asked for before she asks again. */
const patienceMs = 20_000
const tries = 12
/** How often she looks whether there is something to press yet: what a platform refused for good is tried again after 20 s. */
const looks = 70

/** What people do, from `/rollback` to the approval. As real ones they try again when Slack says that it did not work. */
export class People implements Actors {
  readonly #scene: Scene
  /** Resolves when the bot listens: nobody clicks on a bot that Slack shows as gone. */
  readonly #listening: () => Promise<void>
  /** What was acknowledged and came to nothing, without a word. */
  readonly lost: string[] = []

  constructor(scene: Scene, listening: () => Promise<void>) {
    this.#scene = scene
    this.#listening = listening
  }

  async rollBack(line = '/rollback checkout-svc'): Promise<void> {
    const { slack, keyed } = this.#scene
    const mei = slack.as(userOf('mei'))
    const dialog = () => slack.views(userOf('mei')).at(-1)
    const card = () => keyed('/card:R-1')[0]
    const canChoose = () => this.#last('mei', 'rollback.choose')
    await this.#insist(
      'mei types /rollback',
      'mei',
      () => mei.command(team, line),
      () => canChoose() !== undefined,
    )
    // A dialog can only be opened while the click is fresh: after a crash she is told so, and clicks again.
    await this.#insist(
      'mei chooses',
      'mei',
      async () => {
        const message = canChoose()
        return message ? mei.press(message.channel, message.ts, 'rollback.choose') : null
      },
      () => dialog() !== undefined,
    )
    await this.#insist(
      'mei asks for approval',
      'mei',
      async () => {
        const view = dialog()
        if (view) return mei.submit(view.id, { reason: '5xx on pay' })
        // She was refused, for example because Slack could not say who she is: she begins again.
        const message = canChoose()
        if (message) await mei.press(message.channel, message.ts, 'rollback.choose')
        await wait(() => dialog() !== undefined || card() !== undefined, 2_000)
        return null
      },
      () => card() !== undefined,
    )
    const approvable = () => buttonsOf(card()?.blocks).some(({ action_id }) => action_id === 'rollback.approve')
    await this.#insist(
      'tom approves',
      'tom',
      async () => {
        const message = card()
        return message && approvable()
          ? slack.as(userOf('tom')).press(message.channel, message.ts, 'rollback.approve')
          : null
      },
      () => card() !== undefined && !approvable(),
    )
  }

  /** The newest message of hers with a button. */
  #last(who: Name, action: string) {
    return this.#scene.slack
      .ephemeral(userOf(who))
      .findLast(({ blocks }) => buttonsOf(blocks).some(({ action_id }) => action_id === action))
  }

  async #insist(what: string, who: Name, act: () => Promise<Outcome | null>, done: () => boolean): Promise<void> {
    for (let attempt = 1, looked = 0; attempt <= tries && looked <= looks; attempt++) {
      await this.#listening()
      if (done()) return
      const toldBefore = this.#told(who)
      const outcome = await act()
      const answered = () => done() || this.#told(who) !== toldBefore
      if (outcome?.acked === false) {
        // Slack says that it did not work; it may have reached the bot all the same.
        await wait(done, 300)
        continue
      }
      if (outcome === null) {
        // Nothing was pressed: there is nothing to wait for.
        looked += 1
        attempt -= 1
        await wait(answered, 500)
        if (done()) return
        continue
      }
      await wait(answered, patienceMs)
      // A refusal, or a word to try again, comes before the next try; give what was asked for a moment too.
      if (!done()) await wait(done, 400 * attempt)
      if (done()) return
      if (!answered()) this.lost.push(what)
    }
    throw new Error(`${what}: in vain; told last: ${this.#told(who).slice(-400)}`)
  }

  #told(who: Name): string {
    return this.#scene.slack
      .ephemeral(userOf(who))
      .map((message) => textOf([message.blocks, message.text]))
      .join('\n')
  }
}

export async function wait(done: () => boolean, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms
  while (!done()) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 8))
  }
  return true
}
