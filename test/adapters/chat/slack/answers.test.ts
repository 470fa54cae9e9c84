import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import type { Delivery } from '../../../../src/core/delivery/delivery.ts'
import type { SlackSetup } from '../../../../src/playground/slack/index.ts'
import type { Card, Note } from '../../../../src/view/view.ts'
import { eventually } from '../../../kit/eventually.ts'
import { type Bot, mei, openBot, setup, startSlack, team, tom, type Workspace } from '../../../kit/slack/workspace.ts'
import { live, reason } from './cards.ts'

let workspace: Workspace
let bot: Bot
/** How far the adapter's monotonic clock is ahead of the real one. */
let aheadMs: number
const never = new AbortController().signal

const open = async (change: Partial<SlackSetup> = {}) => {
  aheadMs = 0
  workspace = await startSlack(setup(change))
  bot = await openBot(workspace, {
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + aheadMs },
  })
  await bot.listen()
}
beforeEach(() => open())
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})

const note = (plain: string): Note => ({ kind: 'note', language: 'en', lines: [[plain]], buttons: [] })
const last = (): Delivery => {
  const delivery = bot.received.at(-1)
  if (!delivery) throw new TypeError('nothing arrived')
  return delivery
}
const say = (delivery: Delivery, view: Parameters<Bot['connection']['chat']['answer']>[1]) =>
  bot.connection.chat.answer(delivery, view)
const command = async (channel = team) => {
  await workspace.as(mei.user).command(channel, '/rollback checkout-svc')
  return last()
}
const texts = () => workspace.ephemeral(mei.user).map((message) => message.text)

describe('forms', () => {
  test('three seconds after the click it is late, by our clock and without asking', async () => {
    const delivery = await command()
    aheadMs = 2950
    expect(await say(delivery, reason)).toBe('late')
    expect(workspace.calls('views.open')).toEqual([])
  })

  test.each(['expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id'])('Slack says %s: late', async (error) => {
    const delivery = await command()
    workspace.inject(({ method }) => (method === 'views.open' ? { error } : undefined))
    expect(await say(delivery, reason)).toBe('late')
  })

  test('a trigger opens one form only', async () => {
    const delivery = await command()
    expect(await say(delivery, reason)).toBe('answered')
    expect(await say(delivery, reason)).toBe('late')
    expect(workspace.views(mei.user)).toHaveLength(1)
  })

  test('the answer to a submission goes to where the form was asked for, its thread included', async () => {
    const root = await bot.connection.chat.send({ kind: 'channel', channel: team }, live, 'k', never)
    const under = await bot.connection.chat.send(
      { kind: 'channel', channel: team, thread: root.message },
      live,
      'k2',
      never,
    )
    await workspace.as(mei.user).press(team, under.message, 'reject')
    await say(last(), reason)
    const [view] = workspace.views(mei.user)
    await workspace.as(mei.user).submit(view?.id ?? '', { reason: 'x' })
    expect(last()).toMatchObject({ deed: { kind: 'submit' }, place: { channel: team, thread: root.message } })
    await say(last(), note('asked'))
    expect(workspace.ephemeral(mei.user).at(-1)).toMatchObject({ text: 'asked', threadTs: root.message })
  })
})

describe('ways to a person', () => {
  test('five answers by the response address, further ones otherwise, each seen once', async () => {
    const delivery = await command()
    for (let i = 0; i < 7; i += 1) expect(await say(delivery, note(`line ${i}`))).toBe('answered')
    expect(texts()).toEqual(Array.from({ length: 7 }, (_, index) => `line ${index}`))
    expect(workspace.calls('chat.postEphemeral')).toHaveLength(2)
  })

  test('half an hour later: in the channel, for her eyes only', async () => {
    const delivery = await command()
    aheadMs = 31 * 60_000
    await say(delivery, note('later'))
    expect(texts()).toEqual(['later'])
    expect(workspace.calls('response_url')).toEqual([])
  })

  test('Slack says that the address is over: the next way is taken', async () => {
    const delivery = await command()
    workspace.inject(({ method }) =>
      method === 'response_url' ? { status: 404, body: '{"ok":false,"error":"expired_url"}' } : undefined,
    )
    await say(delivery, note('still'))
    expect(texts()).toEqual(['still'])
  })

  test('where the bot is no member, its own conversation with her is left', async () => {
    const delivery = await command('C0NOBOT001')
    aheadMs = 31 * 60_000
    await say(delivery, note('by direct message'))
    const direct = workspace.channels().find((channel) => channel.isIm)
    expect(direct && workspace.messages(direct.id).map((message) => message.text)).toEqual(['by direct message'])
    expect(texts()).toEqual([])
  })

  test('unclear whether it was shown: a fault that says so, not shown a second time', async () => {
    const delivery = await command()
    workspace.inject(({ method }) => (method === 'response_url' ? { reset: 'after' } : undefined))
    await expect(say(delivery, note('once'))).rejects.toMatchObject({ code: 'slack.unreachable', retry: 'check' })
    expect(texts()).toEqual(['once'])
  })

  test.each([
    ['429', { rateLimitedForS: 7 }, 'yes', 7000],
    ['503 with JSON', { status: 503, body: '{"ok":false,"error":"internal"}' }, 'check', undefined],
    ["a proxy's page under 200", { body: '<html>sign in</html>', contentType: 'text/html' }, 'check', undefined],
  ] as const)('%s: not shown, and told as what it is', async (_, fault, retry, retryAfterMs) => {
    const delivery = await command()
    workspace.inject(({ method }) => (method === 'response_url' ? fault : undefined))
    await expect(say(delivery, note('once'))).rejects.toMatchObject({ retry, retryAfterMs })
    expect(texts()).toEqual([])
  })

  test('a mention has no response address: she is answered in the thread', async () => {
    const person = workspace.as(mei.user)
    const root = await person.say(team, 'it burns')
    await person.say(team, `<@${workspace.world.botUser}> versions checkout-svc`, root.ts)
    await eventually(() => bot.received.length).toBe(1)
    await say(last(), note('here'))
    expect(workspace.ephemeral(mei.user)[0]).toMatchObject({ text: 'here', threadTs: root.ts })
  })

  test('a refusal does not take the place of the private card; the next card does', async () => {
    const delivery = await command()
    await say(delivery, live)
    const [shown] = workspace.ephemeral(mei.user)
    await workspace.as(mei.user).press(team, shown?.ts ?? '', 'reject')
    await say(last(), note('not yours'))
    expect(texts()).toEqual([expect.stringContaining('R-42'), 'not yours'])
    await say(last(), { ...live, title: ['next card'] })
    expect(texts()).toEqual(['next card', 'not yours'])
  })
})

describe('a workspace without plan blocks', () => {
  test('the tasks are drawn as lines, and plan blocks are not tried again', async () => {
    workspace.inject(({ method, args }) =>
      /chat\.|response_url/.test(method) && JSON.stringify(args).includes('task_card')
        ? method === 'response_url'
          ? { status: 400, body: '{"ok":false,"error":"invalid_blocks"}' }
          : { error: 'invalid_blocks' }
        : undefined,
    )
    const room = { kind: 'channel', channel: team } as const
    const ref = await bot.connection.chat.send(room, live, 'k', never)
    expect(JSON.stringify(workspace.message(team, ref.message)?.blocks)).toContain('● eu-1 set back')
    expect(workspace.calls('chat.postMessage')).toHaveLength(2)
    await bot.connection.chat.update(ref, live, never)
    expect(workspace.calls('chat.update')).toHaveLength(1)
    await say(await command(), live)
    expect(workspace.calls('response_url')).toHaveLength(1)
  })

  test('blocks refused for another reason: a fault, and plan blocks stay', async () => {
    const heal = workspace.inject(({ method }) =>
      method === 'chat.postMessage' ? { error: 'invalid_blocks' } : undefined,
    )
    const room = { kind: 'channel', channel: team } as const
    await expect(bot.connection.chat.send(room, live, 'k', never)).rejects.toMatchObject({
      code: 'slack.invalid-blocks',
      retry: 'no',
    })
    heal()
    const ref = await bot.connection.chat.send(room, live, 'k', never)
    expect(JSON.stringify(workspace.message(team, ref.message)?.blocks)).toContain('task_card')
  })

  test('too long for Slack: drawn shorter', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index} ${'x'.repeat(60)}`)
    const card: Card = { ...live, blocks: Array.from({ length: 6 }, () => ({ kind: 'raw', lines })) }
    workspace.inject(({ method, args }) =>
      method === 'chat.postMessage' && JSON.stringify(args.blocks).length > 9000
        ? { error: 'msg_blocks_too_long' }
        : undefined,
    )
    const ref = await bot.connection.chat.send({ kind: 'channel', channel: team }, card, 'k', never)
    expect(JSON.stringify(workspace.message(team, ref.message)?.blocks)).toContain('line 20')
  })
})

test('a command that Slack delivers twice has one id, and both copies are acknowledged', async () => {
  workspace.disturb({ duplicateActions: 1 })
  await command()
  await eventually(() => bot.received.length).toBe(2)
  expect(bot.received[0]?.id).toBe(bot.received[1]?.id)
})

test('a message is written as it is: no previews, no names made to links, text and blocks', async () => {
  await bot.connection.chat.send({ kind: 'direct', account: tom }, live, 'k', never)
  expect(workspace.calls('chat.postMessage')[0]?.args).toMatchObject({
    unfurl_links: 'false',
    unfurl_media: 'false',
    parse: 'none',
    link_names: 'false',
    metadata: '{"event_type":"astern_view","event_payload":{"key":"k"}}',
    text: expect.stringContaining('R-42'),
    blocks: expect.stringContaining('rich_text'),
  })
})
