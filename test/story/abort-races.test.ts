import { afterEach, expect, it } from 'vitest'
import type { Message } from '../../src/playground/slack/index.ts'
import { buttonsOf, type Story, stories, textOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterEach(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }

/** Mei asked and now thinks better of it: she has the dialog open in which she takes it back. Everybody's card stays as it was for a while. */
async function readyToWithdraw(on: Story) {
  const id = await on.propose('mei')
  const card = await on.cardSays(id, id)
  await on.press('mei', card, 'rollback.reject')
  await on.dialog('mei')
  const heal = on.slack.inject(({ method }) => (method === 'chat.update' ? { delayMs: 1_500 } : undefined))
  return { id, card, heal, withdraw: () => on.submit('mei', { reason: 'it recovers by itself' }) }
}

const has = (message: Message, action: string): boolean =>
  buttonsOf(message.blocks).some(({ action_id }) => action_id === action)

/** What must hold whoever was faster, and that the slower one is told so. */
async function settled(on: Story, id: string): Promise<'rejected' | 'restored'> {
  const outcome = await on.ended(id)
  await on.handled((await on.eventsOf('delivery.received')).length)
  const approved = (await on.eventsOf('rollback.approved')).length
  const rejected = (await on.eventsOf('rollback.rejected')).length
  const writes = [on.writes('eu-1'), on.writes('us-1')]
  if (outcome === 'rejected') {
    expect({ approved, rejected, writes }).toEqual({ approved: 0, rejected: 1, writes: [0, 0] })
    await on.told('tom', 'Mei was faster')
  } else {
    expect({ outcome, approved, rejected, writes }).toEqual({
      outcome: 'restored',
      approved: 1,
      rejected: 0,
      writes: [1, 1],
    })
    await on.told('mei', 'Tom 已先一步处理')
  }
  expect((await on.outcomes()).filter((one) => one === 'refused:not-waiting')).toHaveLength(1)
  expect(on.locks()).toEqual([undefined, undefined])
  await on.cardSays(id, outcome === 'rejected' ? 'it recovers by itself' : '✅', 20_000)
  return outcome as 'rejected' | 'restored'
}

it('one aborts while one approves: the abort is first, nothing is written, and the approver is told', async () => {
  const on = await open(bad)
  const { id, card, heal, withdraw } = await readyToWithdraw(on)
  await withdraw()
  // Tom still looks at the card as it was.
  await on.press('tom', card, 'rollback.approve')
  heal()
  expect(await settled(on, id)).toBe('rejected')
})

it('one aborts while one approves: the approval is first, and who takes it back is told who was faster', async () => {
  const on = await open(bad)
  const { id, card, heal, withdraw } = await readyToWithdraw(on)
  await on.press('tom', card, 'rollback.approve')
  await withdraw()
  heal()
  expect(await settled(on, id)).toBe('restored')
})

it('one aborts while one approves, at the very same moment: both are taken before either is run, and one of them counts', async () => {
  const on = await open(bad)
  const { id, card, heal, withdraw } = await readyToWithdraw(on)
  // Slack takes its time to say who they are, so that both are there before either is decided.
  const answers = on.slack.inject(({ method }) => (method === 'users.info' ? { delayMs: 300 } : undefined))
  await Promise.all([withdraw(), on.press('tom', card, 'rollback.approve')])
  heal()
  await settled(on, id)
  answers()
  const [first, second] = (await on.events()).filter(({ event }) => event.type === 'delivery.received').slice(-2)
  expect(second?.position).toBe((first?.position ?? 0) + 1)
})

it('too late to take it back, she stops it from the answer itself, twice, while another one still approves', async () => {
  const on = await open({ versions: ['slow-1', 'v2'] })
  const { id, card, heal, withdraw } = await readyToWithdraw(on)
  await on.press('tom', card, 'rollback.approve')
  await until('eu-1 is written', () => on.writes('eu-1') === 1)
  // Nothing can be seen to settle while they press.
  await on.clusters['eu-1'].pause()
  await withdraw()
  const running = await on.told('mei', 'Tom 已先一步处理')
  expect(has(running, 'rollback.abort')).toBe(true)
  await Promise.all([
    on.press('mei', running, 'rollback.abort'),
    on.press('mei', running, 'rollback.abort'),
    on.press('ana', card, 'rollback.approve'),
  ])
  heal()
  await on.handled((await on.eventsOf('delivery.received')).length)
  await on.clusters['eu-1'].resume()
  expect(await on.ended(id)).toBe('aborted')
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 0])
  expect(await on.eventsOf('rollback.approved')).toHaveLength(1)
  expect(await on.eventsOf('rollback.abort-asked')).toHaveLength(1)
  expect((await on.outcomes()).filter((one) => one.startsWith('refused:')).sort()).toEqual([
    'refused:already-aborting',
    'refused:not-waiting',
    'refused:not-waiting',
  ])
  await on.told('ana', 'Tom was faster')
  expect(on.locks()).toEqual([undefined, undefined])
  expect(textOf((await on.cardSays(id, '⏹')).blocks)).toContain('us-1 still v2')
})
