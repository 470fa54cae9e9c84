import type { Delivery } from '../core/delivery/delivery.ts'
import type { Language } from '../text/language.ts'
import type { TextKey } from '../text/say.ts'
import type { AnyRefusal } from '../view/refusal.ts'
import type { View } from '../view/view.ts'
import type { Who } from './who.ts'
import type { World } from './world.ts'

/** What a command is given. */
export interface Input {
  readonly world: World
  readonly delivery: Delivery
  /** The asker's language. */
  readonly language: Language
  /** Asks the chat, now, who this is. */
  who(): Promise<Who>
  readonly signal: AbortSignal
}

export interface Worded extends Input {
  /** What was typed after the command's name. */
  readonly text: string
}

export interface Bound extends Input {
  /** What the button or dialog was bound to. */
  readonly value: string
  readonly inputs: Readonly<Record<string, string>>
}

/** What the person gets, and a short machine word for the record: `shown`, `proposed`, `refused:locked`. */
export interface Reply {
  readonly view: View | null
  readonly outcome: string
  /** Shown to everybody where it was asked, instead of to who asked. */
  readonly toAll?: true
}

/** One chat command with the buttons and dialogs that belong to it. */
export interface Command {
  readonly name: string
  /** Other words for it, where it is said and not typed as a slash command. */
  readonly aliases?: readonly string[]
  readonly usage: string
  readonly summary: TextKey
  run(input: Worded): Promise<Reply>
  readonly presses?: Readonly<Record<string, (input: Bound) => Promise<Reply>>>
  readonly forms?: Readonly<Record<string, (input: Bound) => Promise<Reply>>>
}

export const defineCommand = (command: Command): Command => command

export const isRefused = (value: object): value is AnyRefusal => 'refused' in value
