import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card, Form } from '../../../../src/view/view.ts'
import { type Bot, mei, openBot, setup, startSlack, team, type Workspace } from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot

beforeEach(async () => {
  workspace = await startSlack(setup())
  bot = await openBot(workspace)
})

afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const card: Card = {
  kind: 'card',
  language: 'en',
  title: ['checkout-svc · production'],
  blocks: [{ kind: 'text', text: ['v1.8.0 runs'] }],
  buttons: [{ action: 'choose', value: 'v1.7.3', label: 'Roll back to v1.7.3', tone: 'primary' }],
  more: [{ action: 'why', value: 'v1.7.3', label: 'Why these' }],
  plain: 'checkout-svc runs v1.8.0',
}

const form: Form = {
  kind: 'form',
  language: 'en',
  form: 'reason',
  value: 'v1.7.3',
  title: 'Ask for approval',
  submit: 'Ask',
  cancel: 'Cancel',
  blocks: [{ kind: 'text', text: ['Two workloads change'] }],
  inputs: [{ kind: 'text', id: 'reason', label: 'Reason', lines: 'one', maxLength: 200 }],
}

test('a command becomes a card, its button a form, its submission a delivery with the reason', async () => {
  bot.receive = async (delivery) => {
    bot.received.push(delivery)
    const { deed } = delivery
    const view = deed.kind === 'command' ? card : deed.kind === 'press' ? form : null
    if (view) void bot.connection.chat.answer(delivery, view)
  }
  await bot.listen()
  const person = workspace.as(mei.user)
  const said = await person.command(team, '/rollback checkout-svc to v1.7.3')
  expect(said.acked).toBe(true)
  expect(bot.received[0]).toMatchObject({
    account: mei,
    place: { channel: team },
    deed: { kind: 'command', name: 'rollback', text: 'checkout-svc to v1.7.3', via: 'slash' },
  })
  const shown = await expect
    .poll(() => workspace.ephemeral(mei.user)[0])
    .toBeDefined()
    .then(() => workspace.ephemeral(mei.user)[0])
  expect(JSON.stringify(shown?.blocks)).toContain('v1.8.0 runs')
  await person.press(team, shown?.ts ?? '', 'choose')
  await expect.poll(() => workspace.views(mei.user).length).toBe(1)
  const [view] = workspace.views(mei.user)
  const done = await person.submit(view?.id ?? '', { reason: '5xx on pay' })
  expect(done.acked).toBe(true)
  expect(bot.received.map(({ deed }) => deed)).toMatchObject([
    { kind: 'command' },
    { kind: 'press', action: 'choose', value: 'v1.7.3' },
    { kind: 'submit', form: 'reason', value: 'v1.7.3', inputs: { reason: '5xx on pay' } },
  ])
  expect(bot.received[2]?.place).toEqual({ channel: team })
})
