import { afterEach, expect, it } from 'vitest'
import { stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterEach(close)

it('a post-mortem is owed until somebody says that it is done, once', async () => {
  const on = await open()
  await on.ship('bad-1.8.0')
  const id = await on.propose('mei')
  await on.approve(id)
  expect(await on.ended(id)).toBe('restored')
  const asked = await until('the owner is asked', () => on.keyed('/owner:INC-1')[0])
  await on.press('mei', asked, 'postmortem.done')
  await on.told('mei', '复盘已完成')
  expect((await on.eventsOf('follow-up.done')).map(({ data }) => data.person)).toEqual(['mei'])
  await on.press('tom', asked, 'postmortem.done')
  expect(textOf((await on.told('tom', 'No post-mortem')).blocks)).toContain('INC-1')
  expect(await on.eventsOf('follow-up.done')).toHaveLength(1)
})
