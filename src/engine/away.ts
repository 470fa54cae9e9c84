import { commit, write } from '../app/commit.ts'
import type { World } from '../app/world.ts'
import { astern } from '../core/actor.ts'
import type { Away } from '../ports/chat.ts'

/** Records that a chat was not heard for a while; the same gap is recorded once, however often it is told. */
export const recordAway =
  (world: World, chat: string) =>
  async ({ from, until }: Away): Promise<void> => {
    await commit<never>(world, { actor: astern, dedupe: `away:${chat}:${from}` }, async () => [
      write('chats', 'any', { type: 'chat.was-away', v: 1, data: { chat, from, until } }),
    ])
  }
