type Outcome = 'restored' | 'failed'

interface Said {
  readonly key: 'outcome.restored' | 'outcome.failed' | 'card.title'
}

// What counts as a use: a literal, and a template by what its type allows.
export const said = (outcome: Outcome, word: string): readonly Said[] => [
  { key: 'card.title' },
  { key: `outcome.${outcome}` },
  ...(word === `unknown.${word}` ? [] : []),
]

export const wording = { key: 'made.up', values: {} }
export const row = { key: 'outbox.row', chat: 'slack' }
