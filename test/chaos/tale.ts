import type { EventType } from '../../src/core/event.ts'
import { wait } from './people.ts'
import type { Scene, SceneOptions } from './scene.ts'

/** What a story needs of the bot, wherever that runs. */
export interface Heard {
  /** Resolves when a bot is there to take what people do. */
  listening(): Promise<void>
  /** Where its HTTP server is, or was last; null before the first one listens. */
  readonly url: string | null
  /** How often this has happened, by its ledger; null while no bot runs. */
  count(type: EventType): Promise<number | null>
}

/** A story that is played with deaths or lies in it, and must come to the same end. */
export interface Tale {
  readonly scene: SceneOptions
  begin(on: Scene, bot: Heard): Telling
  /** Whether the last thing that it comes to is there to be seen. */
  isOver(on: Scene): boolean
  /** Everything that is not as it must be when the bot has come to rest; empty: all is well. */
  verdict(on: Scene, lost: readonly string[]): Promise<readonly string[]>
}

export interface Telling {
  /** Everything that people and systems do. Rejects with what was in vain. */
  tell(): Promise<void>
  /** What was acknowledged and came to nothing, without a word. */
  readonly lost: readonly string[]
}

/** Resolves when nothing is to be done or said, twice in a row, so that nothing was just about to begin; false when that took too long. */
export async function rested(open: () => Promise<number | null>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  for (let calm = 0; calm < 2; ) {
    calm = (await open()) === 0 ? calm + 1 : 0
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return true
}

/** Waits until a bot's ledger holds so many of these. */
export async function happened(bot: Heard, type: EventType, times: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  while (((await bot.count(type)) ?? 0) < times) {
    if (performance.now() > deadline) throw new Error(`${type} did not happen ${times} times`)
    await wait(() => false, 30)
  }
}
