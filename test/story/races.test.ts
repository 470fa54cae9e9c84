import { afterAll, expect, it } from 'vitest'
import { buttonsOf, stories, textOf, untilAsync } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

it.concurrent('Done at most once: the same click delivered twice, and clicked again, is one approval and one write a region', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  on.slack.disturb({ duplicateActions: 1 })
  await Promise.all([on.approve(id, 'tom'), on.approve(id, 'tom')])
  expect(await on.ended(id)).toBe('restored')
  expect(await on.eventsOf('rollback.approved')).toHaveLength(1)
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
})

it.concurrent('two people approve at once: one counts, the other is told and sees the same card', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await Promise.all([on.approve(id, 'tom'), on.approve(id, 'ana')])
  expect(await on.ended(id)).toBe('restored')
  const [approved, ...more] = await on.eventsOf('rollback.approved')
  expect(more).toEqual([])
  const other = approved?.data.person === 'tom' ? 'ana' : 'tom'
  const seen = await on.told(other, id)
  expect(textOf(seen.blocks)).toMatch(approved?.data.person === 'tom' ? /Tom|U0TOM/ : /Ana|U0ANA/)
  expect(on.writes('eu-1')).toBe(1)
})

it.concurrent('one approves while another rejects: exactly one of them counts', async () => {
  const on = await open(bad)
  const id = await on.propose('mei')
  await on.press('ana', await on.cardSays(id, id), 'rollback.reject')
  await on.dialog('ana')
  await Promise.all([on.submit('ana', { reason: 'wait for the fix' }), on.approve(id, 'tom')])
  const outcome = await on.ended(id)
  await on.handled(6)
  const approved = (await on.eventsOf('rollback.approved')).length
  const rejected = (await on.eventsOf('rollback.rejected')).length
  expect([approved, rejected]).toEqual(outcome === 'rejected' ? [0, 1] : [1, 0])
  expect(on.writes('eu-1')).toBe(outcome === 'rejected' ? 0 : 1)
  expect(on.locks()).toEqual([undefined, undefined])
})

it.concurrent('One rollback per target: of two proposals at once one wins, the other is told by whom and sees the same card', async () => {
  const on = await open(bad)
  for (const who of ['mei', 'tom'] as const) {
    await on.type(who, '/rollback checkout-svc')
    await on.press(who, await on.told(who, 'v1.7.3'), 'rollback.choose')
    await on.dialog(who)
  }
  await Promise.all([on.submit('mei', { reason: 'mine' }), on.submit('tom', { reason: 'yours' })])
  await on.handled(6)
  const [won, ...more] = await on.eventsOf('rollback.proposed')
  expect(more).toEqual([])
  await on.outcome('refused:locked')
  const loser = won?.data.requester === 'mei' ? 'tom' : 'mei'
  const told = await on.told(loser, 'R-1')
  expect(textOf(told.blocks)).toContain(won?.data.reason)
  if (loser === 'tom') {
    // The card she sees is live: its buttons count.
    expect(buttonsOf(told.blocks).map(({ action_id }) => action_id)).toContain('rollback.approve')
    await on.press('tom', told, 'rollback.approve')
  } else await on.approve('R-1', 'ana')
  expect(await on.ended('R-1')).toBe('restored')
})

it.concurrent('stopping a running rollback: the running region goes to its end, nothing further starts, and it can be undone', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const id = await on.propose('mei')
  await on.approve(id, 'tom')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  // Nothing can be seen to settle while we press.
  await on.clusters['eu-1'].pause()
  await until('the card can stop it', () =>
    buttonsOf(on.card(id)?.blocks).some(({ action_id }) => action_id === 'rollback.abort'),
  )
  await on.press('mei', await on.cardSays(id, id), 'rollback.abort')
  await untilAsync('it is noted', async () => (await on.eventsOf('rollback.abort-asked'))[0])
  await on.clusters['eu-1'].resume()
  expect(await on.ended(id)).toBe('aborted')
  expect([on.image('eu-1'), on.image('us-1')]).toEqual(['shop.test/checkout-svc:slow-1', 'shop.test/checkout-svc:v2'])
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 0])
  expect(await on.eventsOf('rollback.abort-asked')).toHaveLength(1)
  expect(on.locks()).toEqual([undefined, undefined])
  const done = await on.cardSays(id, '⏹')
  expect(textOf(done.blocks)).toContain('us-1 still v2')
  expect(buttonsOf(done.blocks).map(({ action_id }) => action_id)).toEqual(
    expect.arrayContaining(['rollback.again', 'rollback.undo']),
  )
})

it.concurrent('stopping what still waits says that it does not run; a second rollback joins the open incident', async () => {
  const on = await open(bad)
  const first = await on.propose('mei', { regions: 'eu-1' })
  const before = (await on.outcomes()).length
  const card = await on.cardSays(first, first)
  await on.press('mei', card, 'rollback.reject')
  await on.submit('mei', { reason: 'second thoughts' })
  expect(await on.ended(first)).toBe('rejected')
  expect((await on.handled(before + 2)).at(-1)).toBe('rejected')
  await until('its card says so', () => textOf(on.card(first)?.blocks).includes('second thoughts'))
  await on.press('mei', await on.cardSays(first, 'second thoughts'), 'rollback.again')
  const second = await on.proposeInDialog('mei', { reason: 'after all' })
  await on.approve(second, 'tom')
  expect(await on.ended(second)).toBe('restored')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 0])
  expect(await on.eventsOf('incident.opened')).toHaveLength(1)
  expect((await on.eventsOf('incident.rollback-joined')).map(({ data }) => data.rollback)).toEqual([first, second])
  expect(on.card(second)?.channel).toBe(on.card(first)?.channel)
})
