import { Fault } from '../../../core/fault.ts'
import type { Directory } from '../../../ports/chat.ts'
import type { Language } from '../../../text/language.ts'
import type { Card, Note } from '../../../view/view.ts'
import { slackError } from './faults.ts'
import type { Shown } from './pictures.ts'
import { Ink, type Names, namesOf, roomyChars, tightChars } from './render/ink.ts'
import { drawMessage, type Message } from './render/message.ts'

const noPictures = { pictures: new Map(), pause: () => Promise.resolve() }

/** A file just uploaded cannot be shown before Slack has looked at it; these are the pauses until it is tried again. */
const pausesMs = [500, 1500, 3000]

const badBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments'])

/** Draws views with the names of the moment, and remembers what this workspace cannot show. */
export class Painter {
  readonly #directory: () => Directory
  readonly #tenant: string
  readonly #slash: Names['slash']
  #plans = true

  constructor(directory: () => Directory, tenant: string, slash: Names['slash']) {
    this.#directory = directory
    this.#tenant = tenant
    this.#slash = slash
  }

  names(): Names {
    return namesOf(this.#directory(), this.#tenant, this.#slash)
  }

  ink(language: Language): Ink {
    return new Ink({ names: this.names(), language, plans: this.#plans })
  }

  /**
   * Draws a message and hands it to `deliver`. Where Slack refuses the drawing it is drawn plainer: without pictures, without
   * `plan` blocks, which not every workspace has, or shorter. Rejects with what `deliver` threw last.
   */
  async message<Sent>(
    view: Card | Note,
    deliver: (message: Message) => Promise<Sent>,
    given: { readonly pictures: Shown; readonly pause: (ms: number) => Promise<void> } = noPictures,
  ): Promise<Sent> {
    let { pictures } = given
    const pauses = [...pausesMs]
    let plans = this.#plans && view.kind === 'card' && view.blocks.some((block) => block.kind === 'tasks')
    const withoutPlans = !plans
    let chars = roomyChars
    for (;;) {
      const ink = new Ink({ names: this.names(), language: view.language, plans, chars, pictures })
      try {
        const sent = await deliver(drawMessage(view, ink))
        if (!plans && !withoutPlans) this.#plans = false
        return sent
      } catch (error) {
        const code = error instanceof Fault ? slackError(error) : ''
        if (pictures.size > 0 && badBlocks.has(code)) {
          const ms = pauses.shift()
          if (ms === undefined) pictures = new Map()
          else await given.pause(ms)
        } else if (plans && badBlocks.has(code)) plans = false
        else if (code === 'msg_blocks_too_long' && chars === roomyChars) chars = tightChars
        else throw error
      }
    }
  }
}
