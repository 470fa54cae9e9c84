import { Fault } from '../../../core/fault.ts'
import type { Directory } from '../../../ports/chat.ts'
import type { Language } from '../../../text/language.ts'
import type { Card, Note } from '../../../view/view.ts'
import { slackError } from './faults.ts'
import { Ink, type Names, namesOf, roomyChars, tightChars } from './render/ink.ts'
import { drawMessage, type Message } from './render/message.ts'

const badBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments'])

/** Draws views with the names of the moment, and remembers what this workspace cannot show. */
export class Painter {
  readonly #directory: () => Directory
  readonly #tenant: string
  #plans = true

  constructor(directory: () => Directory, tenant: string) {
    this.#directory = directory
    this.#tenant = tenant
  }

  names(): Names {
    return namesOf(this.#directory(), this.#tenant)
  }

  ink(language: Language): Ink {
    return new Ink({ names: this.names(), language, plans: this.#plans })
  }

  /**
   * Draws a message and hands it to `deliver`. Where Slack refuses the drawing it is drawn plainer: without `plan` blocks, which
   * not every workspace has, or shorter. Rejects with what `deliver` threw last.
   */
  async message<Sent>(view: Card | Note, deliver: (message: Message) => Promise<Sent>): Promise<Sent> {
    let plans = this.#plans && view.kind === 'card' && view.blocks.some((block) => block.kind === 'tasks')
    const withoutPlans = !plans
    let chars = roomyChars
    for (;;) {
      const ink = new Ink({ names: this.names(), language: view.language, plans, chars })
      try {
        const sent = await deliver(drawMessage(view, ink))
        if (!plans && !withoutPlans) this.#plans = false
        return sent
      } catch (error) {
        const code = error instanceof Fault ? slackError(error) : ''
        if (plans && badBlocks.has(code)) plans = false
        else if (code === 'msg_blocks_too_long' && chars === roomyChars) chars = tightChars
        else throw error
      }
    }
  }
}
