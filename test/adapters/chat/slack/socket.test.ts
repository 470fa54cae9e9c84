import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import { Fault } from '../../../../src/core/fault.ts'
import { eventually } from '../../../kit/eventually.ts'
import { type Bot, mei, openBot, setup, startSlack, team, type Workspace } from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot
const unhandled: unknown[] = []
const note = (error: unknown) => unhandled.push(error)

beforeEach(async () => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
  workspace = await startSlack(setup())
  bot = await openBot(workspace)
})

afterEach(async () => {
  await bot.stop()
  await workspace.close()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

const command = async () => (await workspace.as(mei.user).command(team, '/rollback checkout-svc')).acked

describe('a socket that ends', () => {
  test.each(['warning', 'refresh_requested'] as const)(
    '%s: the next line is up before the old one is left, and no command is missed',
    async (reason) => {
      // The old line lingers for a few seconds; a clock that runs ten times as fast shortens that.
      const quick = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 10, signal) }
      const hasty = await openBot(workspace, { clock: quick })
      await hasty.listen()
      workspace.cutSockets(reason)
      // Commands go to either of the two lines, and all are answered.
      const answers: boolean[] = []
      for (let i = 0; i < 20; i += 1) answers.push(await command())
      expect(workspace.sockets).toBe(2)
      expect(answers.every(Boolean)).toBe(true)
      await eventually(() => workspace.sockets).toBe(1)
      expect(await command()).toBe(true)
      await hasty.stop()
    },
  )

  for (const reason of ['cut', 'too_many_websockets', 'link_disabled'] as const)
    test(`${reason}: it comes back by itself`, async () => {
      await bot.listen()
      const lines = () => bot.log.lines.filter((line) => line.includes('Socket Mode connected')).length
      workspace.cutSockets(reason)
      await eventually(lines).toBe(2)
      await eventually(() => workspace.sockets).toBe(1)
      expect(await command()).toBe(true)
    })

  test('Slack gone and back: it comes back by itself', async () => {
    await bot.listen()
    await workspace.down()
    await eventually(() => bot.log.lines.filter((line) => line.includes('does not connect')).length).toBeGreaterThan(1)
    await workspace.up()
    await eventually(() => workspace.sockets).toBe(1)
    expect(await command()).toBe(true)
  })

  test('the token refused while reconnecting: said in the log, and the process lives', async () => {
    await bot.listen()
    const heal = workspace.inject(({ method }) =>
      method === 'apps.connections.open' ? { error: 'invalid_auth' } : undefined,
    )
    workspace.cutSockets('cut')
    await eventually(() => bot.log.lines.some((line) => line.includes('slack.invalid-auth'))).toBe(true)
    heal()
  })
})

describe('starting', () => {
  test('waits for a Slack that is not there yet', async () => {
    await workspace.down()
    const listening = bot.listen()
    await eventually(() => bot.log.lines.some((line) => line.includes('cannot be reached yet'))).toBe(true)
    await workspace.up()
    await listening
    expect(workspace.sockets).toBe(1)
  })

  test.each([
    ['auth.test', 'invalid_auth'],
    ['apps.connections.open', 'not_allowed_token_type'],
  ])('%s refused with %s: a fault with a hint, no endless tries', async (method, error) => {
    workspace.inject((call) => (call.method === method ? { error } : undefined))
    const thrown = await bot.listen().catch((fault: unknown) => fault)
    expect(thrown).toBeInstanceOf(Fault)
    expect(thrown).toMatchObject({ retry: 'no', hint: { key: 'slack.token', values: { error } } })
    expect(workspace.calls(method)).toHaveLength(1)
  })

  test('a token of another workspace is refused', async () => {
    const other = await openBot(workspace, { tenant: 'T0ELSEWHERE' })
    await expect(other.listen()).rejects.toMatchObject({ code: 'slack.wrong-tenant', retry: 'no' })
    await other.stop()
  })
})

describe('envelopes', () => {
  test('app_rate_limited has no event: acknowledged, and life goes on', async () => {
    await bot.listen()
    expect((await workspace.appRateLimited()).acked).toBe(true)
    expect(await command()).toBe(true)
  })

  test('an event that could not be taken is delivered again until it is', async () => {
    let full = true
    bot.receive = async (delivery) => {
      if (full) throw new Error('disk full')
      bot.received.push(delivery)
    }
    await bot.listen()
    await workspace.as(mei.user).say(team, `<@${workspace.world.botUser}> rollback checkout-svc`)
    await eventually(() => workspace.eventLog().at(-1)?.receipts.length).toBe(1)
    expect(workspace.eventLog().at(-1)?.receipts[0]?.acked).toBe(false)
    full = false
    await eventually(() => bot.received.length).toBe(1)
  })

  test('a message the bot itself wrote is no command', async () => {
    await bot.listen()
    await bot.connection.chat.send(
      { kind: 'channel', channel: team },
      { kind: 'note', language: 'en', lines: [[`<@${workspace.world.botUser}> rollback`]], buttons: [] },
      'own',
      new AbortController().signal,
    )
    expect(await command()).toBe(true)
    expect(bot.received.map(({ deed }) => deed.kind)).toEqual(['command'])
    expect(bot.received).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('what is being taken is still acknowledged, then the socket is closed', async () => {
    let release = () => {}
    const durable = new Promise<void>((resolve) => {
      release = resolve
    })
    let taking = () => {}
    const began = new Promise<void>((resolve) => {
      taking = resolve
    })
    bot.receive = () => {
      taking()
      return durable
    }
    await bot.listen()
    const said = command()
    await began
    const stopped = bot.stop()
    release()
    expect(await said).toBe(true)
    await stopped
    await eventually(() => workspace.sockets).toBe(0)
  })
})
