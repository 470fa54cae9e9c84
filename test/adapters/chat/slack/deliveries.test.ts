import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Home, ofCommand, ofUserChange, spoken } from '../../../../src/adapters/chat/slack/deliveries.ts'
import { eventually } from '../../../kit/eventually.ts'
import {
  type Bot,
  bot as botUser,
  mei,
  openBot,
  setup,
  shared,
  startSlack,
  team,
  tenant,
  tom,
  type Workspace,
} from '../../../kit/slack/workspace.ts'

let workspace: Workspace
let bot: Bot

beforeEach(async () => {
  workspace = await startSlack(setup())
  bot = await openBot(workspace, { commands: { rollback: '/astern-help', help: '/incident' } })
  await bot.listen()
})
afterEach(async () => {
  await bot.stop()
  await workspace.close()
})
const arrived = async (count = 1) => {
  await eventually(() => bot.received.length).toBe(count)
  return bot.received[count - 1]
}

test('commands go by the names the configuration gives them', async () => {
  await workspace.as(mei.user).command(team, '/astern-help checkout-svc')
  expect(bot.received[0]?.deed).toMatchObject({ name: 'rollback' })
  await workspace.as(mei.user).command(team, '/incident')
  expect(bot.received[1]?.deed).toMatchObject({ name: 'help', text: '' })
})

describe('mentions', () => {
  test.each([
    [`<@${botUser}> Rollback checkout-svc`, 'rollback', 'checkout-svc'],
    [`please <@${botUser}|astern>  /rollback  checkout-svc to v1`, 'please', '/rollback  checkout-svc to v1'],
    [`<@${botUser}>`, 'help', ''],
    [`<@${botUser}> /versions a &lt;b&gt; &amp; <https://x.example|x.example>`, 'versions', 'a <b> & x.example'],
  ])('%s', async (text, name, words) => {
    await workspace.as(mei.user).say(team, text)
    expect(await arrived()).toMatchObject({ deed: { kind: 'command', name, text: words, via: 'mention' } })
  })

  test('in a channel shared with another organisation it says so', async () => {
    await workspace.as(mei.user).say(shared, `<@${botUser}> rollback checkout-svc`)
    expect((await arrived())?.place).toEqual({ channel: shared, shared: true })
  })
})

test('App Home opened', async () => {
  await workspace.as(mei.user).openHome()
  expect(await arrived()).toMatchObject({ account: mei, place: null, deed: { kind: 'home' } })
})

describe('accounts that are lost', () => {
  test.each([
    ['deactivated', { deleted: true }],
    ['made a guest', { isRestricted: true }],
    ['made a single-channel guest', { isUltraRestricted: true }],
  ])('%s', async (_, change) => {
    workspace.changeUser(tom.user, change)
    expect(await arrived()).toMatchObject({ account: tom, deed: { kind: 'account-lost' } })
  })

  test('is told once, and again after she was a member in between', async () => {
    workspace.changeUser(tom.user, { isRestricted: true })
    await arrived()
    workspace.changeUser(tom.user, { realName: 'Thomas' })
    workspace.changeUser(tom.user, { isRestricted: false })
    await eventually(() => workspace.eventLog().filter((event) => event.receipts[0]?.acked).length).toBe(3)
    workspace.changeUser(tom.user, { deleted: true })
    await arrived(2)
    expect(bot.received.map(({ deed }) => deed.kind)).toEqual(['account-lost', 'account-lost'])
  })

  test('another change of a full member is none', async () => {
    workspace.changeUser(tom.user, { realName: 'Thomas' })
    workspace.changeUser(mei.user, { deleted: true })
    expect(await arrived()).toMatchObject({ account: mei })
    expect(bot.received).toHaveLength(1)
  })
})

describe('who it was', () => {
  const home: Home = { tenant, botUser, commandOf: (slash) => slash.slice(1), linkOf: () => '' }
  const command = { command: '/rollback', text: 'x', user_id: 'U1', channel_id: 'C1', trigger_id: 't' }

  test('another workspace’s people keep their own tenant', () => {
    expect(ofCommand(home, { ...command, team_id: 'T0OTHER001' }).delivery.account.tenant).toBe('T0OTHER001')
  })

  test('on Enterprise Grid the organisation is the tenant where the configuration says so', () => {
    const grid = { ...home, tenant: 'E0ORG00001' }
    const body = { ...command, team_id: 'T0ONE00001', enterprise_id: 'E0ORG00001' }
    expect(ofCommand(grid, body).delivery.account.tenant).toBe('E0ORG00001')
    expect(ofCommand(grid, { ...body, enterprise_id: 'E0ELSE0001' }).delivery.account.tenant).toBe('T0ONE00001')
  })

  test('a bot that is deactivated is nobody’s account', () => {
    const event = { user: { id: 'U9', team_id: tenant, deleted: true, is_bot: true } }
    expect(ofUserChange(home, { event_id: 'E', event })).toBeNull()
  })
})

test('what was typed comes without Slack’s markup', () => {
  expect(spoken('a <@U1|mei> <#C1|general> <https://x.example/y> <mailto:a@b.c|a@b.c> &lt;ok&gt;\u00a0')).toBe(
    'a <@U1> <#C1> https://x.example/y a@b.c <ok>',
  )
})

test('a payload that cannot be read is said in the log and does not come again', async () => {
  const outcome = await workspace.as(mei.user).command(team, '/rollback')
  expect(outcome.acked).toBe(true)
  workspace.world.publish({ type: 'app_mention', text: 7, channel: team, user: mei.user }, workspace.channel(team))
  await eventually(() => bot.log.lines.some((line) => line.includes('could not be read'))).toBe(true)
  await eventually(() => workspace.eventLog().at(-1)?.receipts[0]?.acked).toBe(true)
})
