import { afterEach, expect, it } from 'vitest'
import { stories, textOf } from '../kit/story.ts'

const { open, close } = stories()
afterEach(close)

it('silence is a message too: the clock of a waiting card runs on while nobody acts', async () => {
  const on = await open({ speed: 20 })
  await on.ship('bad-1.8.0')
  const id = await on.propose('mei')
  const first = await on.cardSays(id, '+0:')
  await on.cardSays(id, '+1:')
  const later = await on.cardSays(id, '+2:')
  expect(later.ts).toBe(first.ts)
  expect(textOf(later.blocks)).toContain('Waiting for')
  expect(on.keyed(`/card:${id}`)).toHaveLength(1)
})
