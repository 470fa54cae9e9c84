import type { Message, Outcome } from '../../src/playground/slack/index.ts'
import { buttonsOf, type Name, team, textOf, userOf } from '../kit/story.ts'
import type { Scene } from './scene.ts'

/** How long a person waits for what she asked for before she asks again. */
const patienceMs = 20_000
const tries = 12
/** How often she looks whether there is something to press yet: what a platform refused for good is tried again after 20 s. */
const looks = 70

/** What people do in Slack. As real ones they try again when Slack says that it did not work. */
export class People {
  readonly #scene: Scene
  /** Resolves when the bot listens: nobody clicks on a bot that Slack shows as gone. */
  readonly #listening: () => Promise<void>
  /** What was acknowledged and came to nothing, without a word. */
  readonly lost: string[] = []

  constructor(scene: Scene, listening: () => Promise<void>) {
    this.#scene = scene
    this.#listening = listening
  }

  /** From `/rollback` to the approval. */
  async rollBack(line = '/rollback checkout-svc'): Promise<void> {
    const mei = this.#scene.slack.as(userOf('mei'))
    const candidates = () => this.#last('mei', 'rollback.choose')
    await this.#insist(
      'mei types /rollback',
      'mei',
      () => mei.command(team, line),
      () => candidates() !== undefined,
    )
    await this.#choose('mei', candidates)
    await this.#approve('tom')
  }

  /** The same among those whom the incident called, where its card offers what to go back to, from when it does. */
  async goBack(incident: string): Promise<void> {
    const card = () =>
      this.#scene
        .keyed(`/incident:${incident}`)
        .find(({ blocks }) => buttonsOf(blocks).some(({ action_id }) => action_id === 'rollback.choose'))
    if (!(await wait(() => card() !== undefined, patienceMs * 3))) throw new Error(`${incident} offers nothing`)
    await this.#choose('tom', card)
    await this.#approve('ana')
  }

  /** Presses what a message offers, and asks for approval in the dialog. */
  async #choose(who: Name, offered: () => Message | undefined): Promise<void> {
    const { slack, keyed } = this.#scene
    const person = slack.as(userOf(who))
    const dialog = () => slack.views(userOf(who)).at(-1)
    const isThere = () => keyed('/card:R-1').length > 0
    // A dialog can only be opened while the click is fresh: after a crash she is told so, and clicks again.
    await this.#insist(
      `${who} chooses`,
      who,
      async () => {
        const message = offered()
        return message ? person.press(message.channel, message.ts, 'rollback.choose') : null
      },
      () => dialog() !== undefined,
    )
    await this.#insist(
      `${who} asks for approval`,
      who,
      async () => {
        const view = dialog()
        if (view) return person.submit(view.id, { reason: '5xx on pay' })
        // She was refused, for example because Slack could not say who she is: she begins again.
        const message = offered()
        if (message) await person.press(message.channel, message.ts, 'rollback.choose')
        await wait(() => dialog() !== undefined || isThere(), 2_000)
        return null
      },
      isThere,
    )
  }

  async #approve(who: Name): Promise<void> {
    const { slack, keyed } = this.#scene
    const card = () => keyed('/card:R-1')[0]
    const approvable = () => buttonsOf(card()?.blocks).some(({ action_id }) => action_id === 'rollback.approve')
    await this.#insist(
      `${who} approves`,
      who,
      async () => {
        const message = card()
        return message && approvable()
          ? slack.as(userOf(who)).press(message.channel, message.ts, 'rollback.approve')
          : null
      },
      () => card() !== undefined && !approvable(),
    )
  }

  /** The newest message of hers with a button. */
  #last(who: Name, action: string): Message | undefined {
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
