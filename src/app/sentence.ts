import type { Command } from './command.ts'

/** What somebody wants, as one sentence of theirs says it. */
export interface Understood {
  readonly command: Command
  /** What belongs to the command, without its name. */
  readonly text: string
}

/**
 * Finds the command that is meant: by its name, by its Chinese word (also without a space after it: `回滚checkout-svc`), and in a
 * sentence that people would say (`把 checkout-svc 回滚到 v1.7.3`, `please roll back checkout-svc to v1.7.3`). Null when there is none.
 */
export function understood(said: { name: string; text: string }, commands: readonly Command[]): Understood | null {
  const name = said.name.normalize('NFKC').toLowerCase()
  const exact = commands.find((command) => command.name === name || wordsOf(command).includes(name))
  if (exact) return { command: exact, text: said.text }
  const sentence = `${said.name} ${said.text}`.replace(/\broll(?:ing)?[ -]back\b/i, 'rollback').trim()
  const english = /^(?:please |pls |can you |could you )+([a-z]+)\s*(.*)$/is.exec(`${sentence} `)
  const asked = english && commands.find((command) => command.name === english[1]?.toLowerCase())
  if (english && asked) return { command: asked, text: (english[2] ?? '').trim() }
  const first = /^([a-z]+)\s+(.*)$/is.exec(sentence)
  const named = first && commands.find((command) => command.name === first[1]?.toLowerCase())
  if (first && named) return { command: named, text: first[2] ?? '' }
  return inChinese(sentence, commands)
}

const wordsOf = ({ aliases }: Command): readonly string[] => aliases ?? []

/** The command whose word comes first; what stands before and after it belongs to it. */
function inChinese(sentence: string, commands: readonly Command[]): Understood | null {
  const found = commands
    .flatMap((command) => wordsOf(command).map((word) => ({ command, word, at: sentence.indexOf(word) })))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0]
  if (!found) return null
  const { command, word, at } = found
  const before = sentence.slice(0, at).replace(/^(?:\s|请|麻烦|帮我|帮忙|给我|我要|我想|把|将|对)+/u, '')
  const after = sentence.slice(at + word.length).replace(/^(?:[\s：:，,吧]|一下)+/u, '')
  return { command, text: `${before.trim()} ${after.trim()}`.trim() }
}
