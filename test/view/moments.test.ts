import { expect, it } from 'vitest'
import { momentsNote } from '../../src/view/moments.ts'

it('a message of the timeline without a moment is none: no chat takes an empty text', () => {
  // For example the start of a check, whose end was then told elsewhere, or a note that was taken back before it was told.
  expect(momentsNote({ moments: [], rollbacks: new Map(), evidence: () => '' }, 'en')).toBeNull()
})
