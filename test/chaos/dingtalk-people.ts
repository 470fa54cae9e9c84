import type { Outcome } from '../../src/playground/dingtalk/index.ts'
import { team as group } from '../kit/dingtalk/workspace.ts'
import type { DingTalkScene } from './dingtalk-scene.ts'
import { wait } from './people.ts'

/** How long a person waits for what she asked for before she asks again. DingTalk never says that a message was lost. */
const patienceMs = 20_000
const messagePatienceMs = 8_000
const tries = 12

type Who = 'mei01' | 'tom01'

/** The same story in DingTalk: from `@Astern 回滚 …` to the approval. */
export class DingTalkPeople {
  readonly #on: DingTalkScene
  readonly #listening: () => Promise<void>
  readonly lost: string[] = []

  constructor(on: DingTalkScene, listening: () => Promise<void>) {
    this.#on = on
    this.#listening = listening
  }

  async rollBack(): Promise<void> {
    const { workspace, cardWith, live } = this.#on
    const mei = workspace.as('mei01')
    const chosen = () => cardWith('mei01', 'rollback.choose')
    const form = () => cardWith('mei01', 'form')
    await this.#insist(
      'mei asks in the group',
      'mei01',
      async () => mei.say(group, '@Astern 把 checkout-svc 回滚到 v1.7.3'),
      () => chosen() !== undefined,
      messagePatienceMs,
    )
    await this.#insist(
      'mei chooses',
      'mei01',
      async () => press(mei, chosen(), 'rollback.choose'),
      () => form() !== undefined,
    )
    await this.#insist(
      'mei asks for approval',
      'mei01',
      async () => {
        const id = form()
        // She was refused, for example because DingTalk could not say who she is: she begins again.
        if (id === undefined) return press(mei, chosen(), 'rollback.choose')
        return mei.press(id, 'form', { reason: '发布后 5xx' })
      },
      () => live() !== undefined,
    )
    const approvable = () => cardWith('tom01', 'rollback.approve')
    await this.#insist(
      'tom approves',
      'tom01',
      async () => press(workspace.as('tom01'), approvable(), 'rollback.approve'),
      () => live() !== undefined && approvable() === undefined,
    )
  }

  async #insist(
    what: string,
    who: Who,
    act: () => Promise<Outcome | null>,
    done: () => boolean,
    patience = patienceMs,
  ): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt++) {
      await this.#listening()
      if (done()) return
      const before = this.#on.ownWords(who)
      const outcome = await act()
      const answered = () => done() || this.#on.ownWords(who) !== before
      if (outcome?.ok === false) {
        // DingTalk says that it did not work; it may have reached the bot all the same.
        await wait(done, 300)
        continue
      }
      await wait(answered, outcome === null ? 500 : patience)
      if (!done()) await wait(done, 1_500)
      if (done()) return
      // A message that nobody took is lost, and DingTalk says so to nobody.
      if (outcome && !answered() && outcome.isTaken === undefined) this.lost.push(what)
    }
    throw new Error(`${what}: in vain; ${who} sees last: ${this.#on.ownWords(who).slice(-400)}`)
  }
}

const press = async (
  somebody: ReturnType<DingTalkScene['workspace']['as']>,
  card: string | undefined,
  button: string,
): Promise<Outcome | null> => (card === undefined ? null : somebody.press(card, button))
