import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../../src/adapters/system/clock.ts'
import { Fault } from '../../../../src/core/fault.ts'
import {
  type Bot,
  clientSecret,
  mei,
  openBot,
  setup,
  startDingTalk,
  team,
  type Workspace,
} from '../../../kit/dingtalk/workspace.ts'
import { eventually } from '../../../kit/eventually.ts'
import { fastClock } from '../../../kit/fast-clock.ts'

const open = 'POST /v1.0/gateway/connections/open'
/** Waits that are meant in seconds take tenths of them. */
const quick = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 20, signal) }

let workspace: Workspace
let bot: Bot
const unhandled: unknown[] = []
const note = (error: unknown) => unhandled.push(error)

beforeEach(async () => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
  workspace = await startDingTalk(setup({ disconnectGraceMs: 300 }))
  bot = await openBot(workspace)
})

afterEach(async () => {
  await bot.stop()
  await workspace.close()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

let said = 0
/** Whether a message reached the bot. */
async function isHeard(by: Bot = bot): Promise<boolean> {
  said += 1
  const word = `svc-${said}`
  workspace.as(mei.user).say(team, `@Astern 回滚 ${word}`)
  const has = () => by.received.some(({ deed }) => deed.kind === 'command' && deed.text === word)
  for (let tries = 0; tries < 50 && !has(); tries += 1) await systemClock.sleep(10)
  return has()
}

describe('a stream that ends', () => {
  test('at the disconnect frame the next line is up before the old one is closed; nothing is missed', async () => {
    await bot.listen()
    workspace.endConnections('disconnect')
    await eventually(() => workspace.connections).toBe(2)
    for (let i = 0; i < 5; i += 1) expect(await isHeard()).toBe(true)
    await eventually(() => workspace.connections).toBe(1)
    expect(await isHeard()).toBe(true)
    expect(workspace.calls(open)).toHaveLength(2)
  })

  test('cut: it comes back by itself, once', async () => {
    await bot.listen()
    workspace.endConnections('cut')
    await eventually(() => workspace.calls(open).length).toBe(2)
    await eventually(() => workspace.connections).toBe(1)
    expect(await isHeard()).toBe(true)
  })

  test('DingTalk gone for long: tries grow apart and never double; back, it is connected once', async () => {
    const hasty = await openBot(workspace, { clock: quick })
    await hasty.listen()
    await workspace.down()
    const tries = () => hasty.log.lines.filter((line) => line.includes('does not connect')).length
    await eventually(tries).toBeGreaterThan(3)
    const before = tries()
    await systemClock.sleep(400)
    // Eight seconds on its clock: doubling every second there would be hundreds.
    expect(tries() - before).toBeLessThan(10)
    await workspace.up()
    await eventually(() => workspace.connections).toBe(1)
    expect(await isHeard(hasty)).toBe(true)
    await hasty.stop()
  })

  test('a line on which nothing comes any more is given up', async () => {
    const hasty = await openBot(workspace, { clock: fastClock(60, Date.now()) })
    await hasty.listen()
    workspace.endConnections('mute')
    await eventually(() => workspace.calls(open).length, { timeout: 15_000 }).toBe(2)
    expect(await isHeard(hasty)).toBe(true)
    await hasty.stop()
  }, 20_000)

  test('a secret that is refused meanwhile is said in the log, and the process lives', async () => {
    await bot.listen()
    const heal = workspace.inject(({ api }) =>
      api === open ? { code: 'invalidClientIdOrSecret', status: 401 } : undefined,
    )
    workspace.endConnections('cut')
    await eventually(() => bot.log.lines.some((line) => line.includes('does not connect'))).toBe(true)
    heal()
    expect(bot.log.lines.join('\n')).not.toContain(clientSecret)
  })

  test('stopped while it waits to come back, it does not come back', async () => {
    const hasty = await openBot(workspace, { clock: quick })
    await hasty.listen()
    await workspace.down()
    await eventually(() => hasty.log.lines.some((line) => line.includes('does not connect'))).toBe(true)
    await hasty.stop()
    await workspace.up()
    const opened = workspace.calls(open).length
    await systemClock.sleep(300)
    expect(workspace.calls(open)).toHaveLength(opened)
    expect(workspace.connections).toBe(0)
  })
})

describe('what comes over the stream', () => {
  test('JSON that is none, frames without headers and unknown topics stop nothing', async () => {
    await bot.listen()
    for (const raw of [
      '{',
      '[]',
      'null',
      '{"type":"CALLBACK"}',
      '{"type":"CALLBACK","headers":{"topic":"/x","messageId":"1"}}',
    ])
      workspace.sendRaw(raw)
    workspace.ping()
    await systemClock.sleep(20)
    workspace.ping()
    expect(await isHeard()).toBe(true)
    expect(workspace.connections).toBe(1)
  })

  test('a receiver that throws or hangs wedges nothing: pings are answered and the next message is heard', async () => {
    await bot.listen()
    let how: 'throws' | 'hangs' | 'works' = 'throws'
    bot.receive = async (delivery) => {
      if (how === 'throws') throw new Error('disk full')
      if (how === 'hangs') await new Promise(() => undefined)
      bot.received.push(delivery)
    }
    expect(await isHeard()).toBe(false)
    how = 'hangs'
    expect(await isHeard()).toBe(false)
    how = 'works'
    for (let pings = 0; pings < 3; pings += 1) {
      workspace.ping()
      await systemClock.sleep(20)
    }
    expect(workspace.connections).toBe(1)
    expect(await isHeard()).toBe(true)
    // What hangs is not waited for at the end of this test.
    bot.receive = async () => undefined
  }, 20_000)

  test('who left the organisation is told once it is durable', async () => {
    await bot.listen()
    workspace.changePerson('tom02', { hasLeft: true })
    await eventually(() => bot.received.map(({ account, deed }) => [account.user, deed.kind])).toEqual([
      ['tom02', 'account-lost'],
    ])
  })

  test('an event that was not taken comes again, with the same id', async () => {
    await bot.listen()
    const ids: string[] = []
    bot.receive = async ({ id }) => {
      ids.push(id)
      if (ids.length === 1) throw new Error('disk full')
    }
    workspace.changePerson('tom02', { hasLeft: true })
    await eventually(() => ids.length).toBe(2)
    expect(new Set(ids).size).toBe(1)
  })
})

describe('starting', () => {
  test('waits for a DingTalk that is not there yet', async () => {
    await workspace.down()
    const listening = bot.listen()
    await eventually(() => bot.log.lines.some((line) => line.includes('does not connect'))).toBe(true)
    await workspace.up()
    await listening
    expect(await isHeard()).toBe(true)
  })

  test('with a secret that DingTalk refuses it fails, and says what to do', async () => {
    workspace.inject(({ api }) => (api === open ? { code: 'invalidClientIdOrSecret', status: 401 } : undefined))
    const fault = await bot.listen().catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    expect((fault as Fault).hint.key).toBe('dingtalk.token')
  })
})
