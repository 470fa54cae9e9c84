import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { verifyLedger } from '../../src/adapters/ledger/sqlite/verify.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { run } from '../../src/main/commands.ts'
import type { Given } from '../../src/main/given.ts'
import { type StageConfig, stageConfig, stageEnv } from '../kit/stage-config.ts'
import { type Story, stories, team, textOf, untilAsync } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const versions = ['v1.7.2', 'v1.7.3', 'bad-1.8.0']
const breakGlass: StageConfig = { policy: ', breakGlass: [tom]' }

/** What somebody types at the host, with what the command prints. */
async function atHost(on: Story, config: StageConfig, more: Partial<Given>) {
  const file = join(dirname(on.ledgerFile), 'astern.yaml')
  writeFileSync(file, stageConfig(on.slack.url, config))
  const { SLACK_BOT_TOKEN: _, SLACK_APP_TOKEN: __, ...env } = stageEnv(on.clusters)
  const printed: string[] = []
  const given: Given = {
    words: ['rollback', 'checkout-svc'],
    config: file,
    ledger: on.ledgerFile,
    witnesses: [],
    keys: [],
    seed: null,
    speed: null,
    kubeconfig: null,
    context: null,
    chat: null,
    alert: false,
    drill: false,
    from: null,
    to: 'v1.7.3',
    format: null,
    service: null,
    language: null,
    at: null,
    json: false,
    in: 'production',
    as: 'tom',
    reason: 'Slack is down',
    user: 'root',
    host: null,
    port: null,
    platform: systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } }),
    readSecret: (source) => ('env' in source ? (env[source.env] ?? null) : null),
    print: (line) => printed.push(line),
    write: (text) => printed.push(text),
    onReload: () => undefined,
    stopped: new Promise(() => undefined),
    ...more,
  }
  return { code: await run(given), printed: printed.join('\n') }
}

it.concurrent('when chat is down: a rollback on the host while the bot runs is carried out by the bot, and told in chat', async () => {
  const on = await open({ versions, ...breakGlass })
  const { code, printed } = await atHost(on, breakGlass, {})
  expect(printed).toContain('the bot that is running carries it out')
  expect([code, on.image('eu-1'), on.image('us-1')]).toEqual([
    0,
    'shop.test/checkout-svc:v1.7.3',
    'shop.test/checkout-svc:v1.7.3',
  ])
  expect(printed).toMatch(/Tom|tom broke the glass/)
  const broken = (await on.events()).find(({ event }) => event.type === 'rollback.glass-broken')
  expect(broken?.actor).toEqual({ kind: 'operator', person: 'tom', user: 'root' })
  expect(broken?.event.data).toMatchObject({ person: 'tom', via: 'host', reason: 'Slack is down' })
  const reviews = (await on.eventsOf('follow-up.opened')).filter(({ data }) => data.what === 'review')
  expect(reviews).toMatchObject([{ data: { of: 'tom' } }])
  expect([on.writes('eu-1'), on.writes('us-1')]).toEqual([1, 1])
  expect(textOf((await on.said(team, 'on the host')).blocks)).toContain('Slack is down')
})

it.concurrent('when nothing runs: the command drives it to the end; chat is told when the bot is back, and the record is one', async () => {
  const on = await open({ versions, ...breakGlass })
  let outcome: Awaited<ReturnType<typeof atHost>> | null = null
  await on.restart(async () => {
    outcome = await atHost(on, breakGlass, { in: 'production/eu-1' })
  })
  const { code, printed } = outcome ?? { code: -1, printed: '' }
  expect(printed).toContain('it runs here')
  expect(printed).toContain('settled on v1.7.3')
  expect([code, on.image('eu-1'), on.image('us-1')]).toEqual([
    0,
    'shop.test/checkout-svc:v1.7.3',
    'shop.test/checkout-svc:bad-1.8.0',
  ])
  const said = await on.said(team, 'on the host')
  expect(textOf(said.blocks)).toContain('without approval')
  await on.cardSays('R-1', 'restored')
  expect((await verifyLedger(on.ledgerFile, { publicKeys: [], witnesses: [] })).findings).toEqual([])
})

it.concurrent('what waits for approval is run, not in the way; another goal is refused, as is who may not', async () => {
  const on = await open({ versions, ...breakGlass })
  const id = await on.propose('mei')
  const other = await atHost(on, breakGlass, { to: 'v1.7.2' })
  expect([other.code, other.printed]).toEqual([2, expect.stringContaining(id)])
  const kai = await atHost(on, breakGlass, { as: 'kai' })
  expect([kai.code, kai.printed]).toEqual([2, expect.stringMatching(/may not break the glass.*tom/)])
  await expect(atHost(on, breakGlass, { as: 'tim' })).rejects.toThrow(/did you mean tom/)
  await expect(atHost(on, breakGlass, { reason: ' ' })).rejects.toThrow(/why/)
  expect((await atHost(on, breakGlass, { to: 'v9' })).code).toBe(2)
  expect(await on.eventsOf('rollback.glass-broken')).toEqual([])
  const { code } = await atHost(on, breakGlass, {})
  expect(code).toBe(0)
  expect((await on.eventsOf('rollback.proposed')).length).toBe(1)
  await untilAsync('mei hears of it', async () =>
    (await on.eventsOf('rollback.glass-broken'))[0]?.data.concerned.includes('mei'),
  )
  expect(await on.ended(id)).toBe('restored')
})
