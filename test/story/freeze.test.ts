import { afterAll, expect, it } from 'vitest'
import { buttonsOf, type Name, type Story, stories, team, textOf, untilAsync, userOf } from '../kit/story.ts'
import { until } from '../kit/until.ts'

const { open, close } = stories()
afterAll(close)

const bad = { versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] }
const gate = `
gate:
  tokens:
    ci: { token: { env: GATE_TOKEN } }
    payments: { token: { env: GATE_TOKEN_2 }, services: [payment-svc] }
`

/** Fills the dialog in and hands it in; what it comes to is told to her alone. */
async function ask(on: Story, who: Name, reason = '5xx on pay') {
  await on.press(who, await on.candidates(who), 'rollback.choose')
  await on.submit(who, { reason })
}

const asked = async (on: Story, path: string, token = 'stage-gate-token-0123456789', accept = 'application/json') => {
  const response = await fetch(`${on.bot.url}/gate/${path}`, { headers: { authorization: `Bearer ${token}`, accept } })
  const text = await response.text()
  return { status: response.status, text, ...(accept === 'application/json' ? JSON.parse(text) : {}) }
}

it.concurrent('a freeze: set by whoever may, told where it matters, in force after a restart, overridden with a reason', async () => {
  const on = await open({ ...bad, sections: gate })
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 200, allowed: true, rule: 'open' })

  await on.type('lin', '/freeze checkout-svc for 2h reason mine')
  await on.outcome('refused:may-not-freeze')
  await on.type('eve', '/freeze checkout-svc for 2h reason mine')
  await on.outcome('refused:unknown-person')
  await on.type('tom', '/freeze all for 2h reason mine')
  expect(textOf((await on.told('tom', 'may not freeze')).blocks)).toContain('Ana')
  await on.type('tom', '/freeze checkout-svc for 2h reason stocktaking')
  await on.told('tom', 'F-1')
  await until('the team hears of it', () =>
    on.slack.messages(team).find((message) => textOf(message.blocks).includes('Tom froze checkout-svc')),
  )
  await on.slack.as(userOf('ana')).openHome()
  await until('her page has it', () => textOf(on.slack.home(userOf('ana'))?.body).includes('stocktaking'))
  await on.type('ana', '/freeze eu-1 从现在持续3小时 原因 大促')
  await on.told('ana', 'F-2')
  await on.restart()

  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 423, rule: 'freeze', freeze: 'F-2', region: null })
  expect(await asked(on, 'checkout-svc?region=us-1')).toMatchObject({ status: 423, freeze: 'F-1' })
  expect(await asked(on, 'payment-svc?env=production&region=eu-1')).toMatchObject({ status: 423, freeze: 'F-2' })

  // Mei may ask, and answers for nothing here: told who can, and that an incident changes it.
  await ask(on, 'mei')
  const told = await on.told('mei', '未提交：封网中')
  expect(textOf(told.blocks)).toContain('stocktaking')
  expect(buttonsOf(told.blocks)).toEqual([])
  await on.outcome('refused:frozen')
  expect(await on.eventsOf('rollback.proposed')).toEqual([])
  expect(textOf((await on.candidates('tom')).blocks)).toContain('Frozen until')

  await ask(on, 'tom', 'orders fail')
  const refused = await on.told('tom', 'releases are frozen')
  expect(textOf(refused.blocks)).toContain('/incident open checkout-svc TITLE')
  await on.press('tom', refused, 'freeze.override')
  await until('the dialog asks why', () => textOf(on.slack.views(userOf('tom')).at(-1)).includes('Override'))
  await on.submit('tom', { reason: 'half of all orders are lost' })
  const id = await until('it is asked for', () => on.bot.world.desk.unfinished()[0])
  expect(await on.eventsOf('freeze.overridden')).toMatchObject([
    { data: { freezes: ['F-2', 'F-1'], rollback: id, person: 'tom', reason: 'half of all orders are lost' } },
  ])
  expect((await on.eventsOf('rollback.proposed'))[0]?.data.reason).toBe('orders fail')
  await on.cardSays(id, 'R-1')
  await until('the timeline tells it', () =>
    on.slack
      .channels()
      .flatMap((channel) => on.slack.messages(channel.id).concat([...channel.messages.values()]))
      .find((message) => textOf(message.blocks).includes('half of all orders are lost')),
  )
  expect(await asked(on, 'checkout-svc?region=us-1')).toMatchObject({ status: 423, rule: 'rollback', rollback: id })

  await on.type('tom', '/freeze list')
  await on.told('tom', '大促')
  await on.type('tom', '/freeze lift f-2')
  await on.outcome('refused:may-not-freeze')
  await on.type('ana', '/freeze lift F-2')
  await on.told('ana', 'F-2 is lifted')
  await until('the team hears that it is over', () =>
    on.slack.messages(team).find((message) => textOf(message.blocks).includes('Ana lifted F-2')),
  )
  await on.type('ana', '/freeze lift F-2')
  await on.outcome('refused:freeze-unknown')
  const metrics = await (await fetch(`${on.bot.url}/metrics`)).text()
  expect(metrics).toMatch(/astern_gate_answers_total\{service="checkout-svc",rule="freeze"\} \d/)
}, 60_000)

it.concurrent('a freeze never stops a rollback inside an open incident; CI is told no until the incident is closed', async () => {
  const on = await open({ ...bad, sections: gate })
  await on.type('ana', '/freeze all in production for 1h reason year end')
  await on.told('ana', 'F-1')
  await on.type('ana', '/incident open checkout-svc pay fails')
  await on.told('ana', 'INC-1')
  await on.type('ana', '/freeze lift F-1')
  await on.told('ana', 'lifted')
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 200 })
  await on.type('ana', '/freeze all in production for 1h reason year end')
  await on.told('ana', 'F-2')
  const id = await on.propose('mei')
  expect(await on.eventsOf('freeze.overridden')).toEqual([])
  await on.type('ana', '/freeze lift F-2')
  await on.outcome('lifted:F-2')
  expect(await asked(on, 'checkout-svc?region=eu-1')).toMatchObject({
    status: 423,
    rule: 'rollback',
    incident: 'INC-1',
    rollback: id,
  })
  await on.approve(id, 'tom')
  expect(await on.ended(id)).toBe('restored')
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 423, rule: 'rollback' })
  expect(await asked(on, 'payment-svc')).toMatchObject({ status: 200 })
  await on.type('ana', '/incident close INC-1 fixed in v1.8.1')
  await untilAsync('CI may go on', async () => ((await asked(on, 'checkout-svc')).status === 200 ? true : undefined))
}, 60_000)

it.concurrent('a rejected proposal holds nobody up; a rollback of one region only that region', async () => {
  const on = await open({ ...bad, sections: gate })
  await ask(on, 'mei')
  const id = await until('asked for', () => on.bot.world.desk.unfinished()[0])
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 423 })
  await on.press('mei', await on.cardSays(id, 'R-1'), 'rollback.reject')
  await on.submit('mei', { reason: 'wrong one' })
  expect(await on.ended(id)).toBe('rejected')
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 200 })
  const second = await on.propose('mei', { regions: 'us-1' })
  expect(await asked(on, 'checkout-svc?region=eu-1')).toMatchObject({ status: 200 })
  expect(await asked(on, 'checkout-svc?region=us-1')).toMatchObject({ status: 423, rollback: second })
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 423 })
}, 40_000)

it.concurrent('the gate answers whoever has a token, and says what it knows', async () => {
  const on = await open({ sections: gate })
  const bare = await fetch(`${on.bot.url}/gate/checkout-svc`)
  expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="release gate"'])
  expect(await asked(on, 'checkout-svc', 'stage-gate-token-012345678')).toMatchObject({ status: 401, allowed: false })
  expect(await asked(on, 'checkout-svc', 'stage-gate-token-9876543210')).toMatchObject({ status: 403 })
  expect(await asked(on, 'payment-svc', 'stage-gate-token-9876543210')).toMatchObject({ status: 200 })
  const unknown = await asked(on, 'checkout')
  expect(unknown).toMatchObject({ status: 404, rule: 'unknown-service' })
  expect(unknown.text).toContain('payment-svc')
  expect(await asked(on, 'checkout-svc?env=prod')).toMatchObject({ status: 404, rule: 'unknown-place' })
  expect(await asked(on, 'checkout-svc?env=production&region=mars')).toMatchObject({ status: 404 })
  const token = 'stage-gate-token-0123456789'
  expect((await asked(on, 'checkout-svc?region=eu-1', token, 'text/plain')).text).toBe(
    'GO checkout-svc production eu-1: nothing stands against a release\n',
  )
  await on.type('ana', '/freeze all for 1h reason two\nlines')
  await on.told('ana', 'F-1')
  const { status, text } = await asked(on, 'checkout-svc?lang=zh-CN', token, 'text/plain')
  expect([status, text]).toEqual([
    423,
    expect.stringMatching(/^NO checkout-svc production: 封网中，至 .* UTC（F-1：two lines）\n$/),
  ])
  await on.reconfigure({ sections: '' })
  expect(await asked(on, 'checkout-svc', token)).toMatchObject({ status: 401 })
}, 40_000)

it.concurrent('windows of the configuration stand, are listed, and are not lifted from chat', async () => {
  const freezes = `${gate}
freezes:
  may: [lin]
  windows:
    always: { every: day, from: "00:00", to: "00:00", timeZone: UTC, reason: no releases, services: [payment-svc] }
    gone: { from: 2020-01-01 00:00, to: 2020-01-02 00:00, timeZone: Asia/Shanghai, reason: long ago }
`
  const on = await open({ sections: freezes })
  await on.type('tom', '/freeze list')
  const listed = textOf((await on.told('tom', 'no releases')).blocks)
  expect(listed).toContain('by the configuration')
  expect(listed).not.toContain('long ago')
  expect(await asked(on, 'payment-svc')).toMatchObject({ status: 423, freeze: 'always' })
  expect(await asked(on, 'checkout-svc')).toMatchObject({ status: 200 })
  await on.type('lin', '/freeze lift always')
  await on.outcome('refused:freeze-configured')
  await on.type('lin', '/freeze us-1 for 10m reason lin may')
  await on.told('lin', 'F-1')
  await on.type('lin', '/freeze mars for 10m reason x')
  await on.outcome('refused:freeze-what')
  await on.type('lin', '/freeze checkout-svc to 18:00 CST reason x')
  await on.outcome('refused:freeze-zone')
  await on.type('lin', '/freeze checkout-svc')
  expect(textOf((await on.told('lin', 'your time zone')).blocks)).toContain('Asia/Shanghai')
  await on.slack.as(userOf('lin')).say(team, '<@U0ASTERN00> 封网 列表')
  await until('it is listed by its other name', () =>
    on.slack.ephemeral(userOf('lin')).some((one) => textOf(one.blocks).includes('no releases')),
  )
}, 40_000)
