import { expect, it } from 'vitest'
import { call, general, mei, workspace } from '../kit.ts'

it('pins, reacts and bookmarks once', async () => {
  const slack = await workspace()
  const { ts = '' } = await slack.as(mei).say(general, 'card')
  const at = { channel: general, timestamp: ts }
  expect(await call(slack, 'pins.add', at)).toMatchObject({ ok: true })
  expect(await call(slack, 'pins.add', at)).toMatchObject({ error: 'already_pinned' })
  expect((await call(slack, 'pins.list', { channel: general })).items).toMatchObject([
    { message: { text: 'card', pinned_to: [general] } },
  ])
  expect(await call(slack, 'pins.remove', at)).toMatchObject({ ok: true })
  expect(await call(slack, 'pins.remove', at)).toMatchObject({ error: 'no_pin' })
  expect(await call(slack, 'pins.add', { channel: general, timestamp: '1.2' })).toMatchObject({
    error: 'message_not_found',
  })

  expect(await call(slack, 'reactions.add', { ...at, name: 'eyes' })).toMatchObject({ ok: true })
  expect(await call(slack, 'reactions.add', { ...at, name: 'eyes' })).toMatchObject({ error: 'already_reacted' })
  expect(await call(slack, 'reactions.get', at)).toMatchObject({ message: { reactions: [{ name: 'eyes', count: 1 }] } })
  expect(await call(slack, 'reactions.remove', { ...at, name: 'no' })).toMatchObject({ error: 'no_reaction' })

  const link = { channel_id: general, title: 'Card', type: 'link', link: 'https://example.com' }
  const added = await call(slack, 'bookmarks.add', link)
  expect(added.bookmark).toMatchObject({ id: expect.stringMatching(/^Bk/), title: 'Card' })
  expect(await call(slack, 'bookmarks.add', { ...link, type: 'note' })).toMatchObject({
    error: 'invalid_bookmark_type',
  })
  expect(await call(slack, 'bookmarks.add', { ...link, link: 'nowhere' })).toMatchObject({ error: 'invalid_link' })
  const bookmark_id = (added.bookmark as { id: string }).id
  await call(slack, 'bookmarks.edit', { channel_id: general, bookmark_id, title: 'New' })
  expect((await call(slack, 'bookmarks.list', { channel_id: general })).bookmarks).toMatchObject([{ title: 'New' }])
  await call(slack, 'bookmarks.remove', { channel_id: general, bookmark_id })
  expect(slack.channel(general).bookmarks).toEqual([])
})
