import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Config, Service } from '../../src/config/config.ts'
import { redacted } from '../../src/config/effective.ts'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { adapters } from './adapters.ts'
import { loadFile, loadText, readSecret, secrets } from './load.ts'

const exampleFile = new URL('../../deploy/example.yaml', import.meta.url).pathname
const example = readFileSync(exampleFile, 'utf8')

async function good(text = example): Promise<Config> {
  const loaded = await loadText(text)
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  return loaded.config
}

function service(config: Config, name = 'checkout-svc'): Service {
  const found = config.service(name)
  if (!found) throw new Error(`no service ${name}`)
  return found
}

describe('the example configuration', () => {
  it('loads whole, with everything resolved', async () => {
    const loaded = await loadFile(exampleFile)
    expect(loaded.ok ? [] : loaded.problems).toEqual([])
    const config = await good()
    const checkout = service(config)
    expect(checkout.defaultEnvironment.name).toBe('production')
    expect(checkout.defaultEnvironment.order).toBe('sequence')
    expect(checkout.defaultEnvironment.regions.map((region) => [region.name, region.stepDeadlineMs])).toEqual([
      ['eu-1', 90_000],
      ['us-1', 90_000],
    ])
    expect(checkout.defaultEnvironment.regions[0]?.targets).toEqual([
      {
        id: 'checkout-svc/production/eu-1/app',
        ref: { service: 'checkout-svc', environment: 'production', region: 'eu-1', target: 'app' },
        connection: 'eu',
        unit: { kind: 'Deployment', namespace: 'shop', name: 'checkout-svc' },
      },
    ])
    const checks = checkout.environments.flatMap(({ regions }) => regions.flatMap((region) => region.checks))
    expect(checks.map(({ adapter, config }) => [adapter.id, config])).toEqual([
      ['http', { url: 'https://eu-1.shop.example/healthz', timeout: 5000 }],
      ['tcp', 'checkout-db.eu-1.example:5432'],
      ['metric', expect.objectContaining({ monitor: 'main', name: '5xx', above: '5%', for: 30_000 })],
      ['http', { url: 'https://us-1.shop.example/healthz', timeout: 3000 }],
    ])
    expect(config.connections.get('eu')?.targets.map((target) => target.id)).toEqual([
      'checkout-svc/production/eu-1/app',
      'checkout-svc/staging/eu-staging/app',
    ])
    expect(config.ledger.checkpoints?.witness).toEqual({ chat: 'slack', channel: 'C0AUDIT000' })
    expect(config.ledger.keys?.reveal()).toBe('hush-templates')
    expect(config.service('checkout')).toBeNull()
  })

  it('keeps the words of policies: who stands behind them is asked at each decision', async () => {
    const config = await good(
      example
        .replace(/standard: \{.*\}/, 'standard: { propose: [mei, payment], approve: [mei, owners] }')
        .replace('tier: critical', 'tier: standard'),
    )
    expect(config.ruleFor(service(config), 'production')).toEqual({
      tier: 'standard',
      environment: 'production',
      propose: ['mei', 'payment'],
      approve: ['mei', 'owners'],
      approvals: 1,
      fourEyes: true,
      expiresAfterMs: 600_000,
      incident: 'thread',
      also: {},
      emergency: false,
      breakGlass: [],
      human: true,
    })
    const critical = await good()
    expect(critical.ruleFor(service(critical), 'production')).toMatchObject({
      propose: ['anyone'],
      incident: 'channel',
    })
  })

  it('knows people by their accounts, the whole account', async () => {
    const config = await good()
    const account = { chat: 'slack', tenant: 'T0ASTERN00', user: 'U0MEI00000' }
    expect(config.personOf(account)).toBe('mei')
    expect(config.personOf({ ...account, tenant: 'T0OTHER000' })).toBeNull()
    const directory = config.directory()
    expect(directory.account('mei', 'slack')).toEqual(account)
    expect(directory.account('mei', 'dingtalk')).toBeNull()
    expect([directory.name('ana'), directory.name('nobody')]).toEqual(['Ana', 'nobody'])
    expect(directory.timeZone('tom')).toBe('America/New_York')
  })

  it("speaks a person's language, else the channel's, else the default", async () => {
    const config = await good(example.replace('team: payment\n', 'team: payment\n    language: zh-CN\n'))
    const account = { chat: 'slack', tenant: 'T0ASTERN00' }
    expect(config.directory().language({ ...account, user: 'U0MEI00000' })).toBe('zh-CN')
    expect(config.directory().language({ ...account, user: 'U0ANA00000' })).toBe('en')
    expect(config.languageOf('slack', 'C0PAYMENT0')).toBe('zh-CN')
    expect(config.languageOf('slack', 'C0OTHER000')).toBe('en')
    const both = await good(example.replace('team: payment\n', 'team: payment\n    languages: { slack: zh-CN }\n'))
    expect(both.languageOf('slack', 'C0PAYMENT0')).toBe('zh-CN')
    expect(both.service('checkout-svc')?.language).toBe('en')
  })

  it('takes anchors and merge keys', async () => {
    const text = example
      .replace('eu: { adapter', 'eu: &cluster { adapter')
      .replace(/us: \{.*\}/, 'us: { <<: *cluster, context: us }')
    expect((await good(text)).connections.get('us')?.config).toMatchObject({ context: 'us' })
  })

  it('needs nothing that has a default', async () => {
    const config = await good('language: zh-CN\n')
    expect(config.web).toEqual({ url: 'http://127.0.0.1:7400', host: '127.0.0.1', port: 7400 })
    expect(config.ledger).toEqual({ file: '.astern/ledger.db', keys: null, checkpoints: null })
    expect([config.services.size, config.chats.length]).toEqual([0, 0])
  })
})

describe('the digest', () => {
  it('is of what is in force: comments, order and secret values leave it, a changed value does not', async () => {
    const { digest } = await good()
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect((await good(`# more\n${example}`)).digest).toBe(digest)
    expect((await good(example.replace('timeZone: Europe/Lisbon', 'timeZone: Europe/Berlin'))).digest).not.toBe(digest)
    const other = await loadConfig('astern.yaml', {
      adapters,
      readFile: () => Promise.resolve(example),
      readSecret: () => 'another',
    })
    expect(other.ok && other.digest).toBe(digest)
  })
})

describe('the redacted configuration', () => {
  it('is a configuration again, the same one', async () => {
    const config = await good()
    expect((await good(redacted(config))).digest).toBe(config.digest)
  })

  it('shows sources and defaults, and no secret', async () => {
    const config = await good(example.replace('https://eu-1.shop', 'https://user:hush@eu-1.shop'))
    const shown = redacted(config)
    expect(shown).toContain('env: SLACK_BOT_TOKEN')
    expect(shown).toContain('https://<secret>@eu-1.shop.example/healthz')
    expect(parse(shown).policies.standard).toMatchObject({ approvals: 1, fourEyes: false, expiresAfter: '10m' })
    for (const value of Object.values(secrets)) if (value) expect(shown).not.toContain(value)
    expect(shown).not.toContain('hush')
    expect(inspect(config.chats, { depth: 9 }) + JSON.stringify(config.chats)).not.toContain('hush')
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['ENOENT', 'there is no such file'],
    ['EACCES', 'the file could not be read EACCES'],
  ])('%s is a problem like others', async (code, message) => {
    const readFile = () => Promise.reject(Object.assign(new Error('secret path'), { code }))
    const loaded = await loadConfig('astern.yaml', { adapters, readSecret, readFile })
    expect(loaded).toEqual({ ok: false, problems: [{ file: 'astern.yaml', line: 1, column: 1, path: '', message }] })
  })
})

describe('whether Astern may go back by itself', () => {
  it('is told with the line that says so, and may be otherwise in an environment', async () => {
    const low = 'low: { approvals: 0, human: false, automatic: {}, environments: { staging: { automatic: never } } }'
    const text = example.replace('low: { approvals: 0, human: false }', low)
    const config = await good(text)
    const some = { ...service(config), tier: 'low' }
    expect(config.ruleFor(some, 'production').automatic).toEqual({ afterMs: 60_000, line: 'policies.low.automatic' })
    expect(config.ruleFor(some, 'staging').automatic).toBeUndefined()
    expect(config.ruleFor(service(config), 'production').automatic).toBeUndefined()
    const other = await good(text.replace('staging: { automatic: never }', 'staging: { automatic: { after: 2m } }'))
    expect(other.ruleFor(some, 'staging').automatic).toEqual({
      afterMs: 120_000,
      line: 'policies.low.environments.staging.automatic',
    })
    expect(other.digest).not.toBe(config.digest)
    expect(config.directory().name('astern')).toBe('Astern')
  })
})

describe('the JSON Schema', () => {
  const schema = jsonSchema(adapters)
  const check = (text: string) => z.fromJSONSchema(schema).safeParse(parse(text)).success

  it('takes the example, and refuses what an editor should mark', () => {
    expect(check(example)).toBe(true)
    expect(check(example.replace('context: eu', 'contxt: eu'))).toBe(false)
    expect(check(example.replace('namespace: shop', 'namspace: shop'))).toBe(false)
    expect(check(example.replace('- tcp:', '- tpc:'))).toBe(false)
    expect(check(example.replace('tier: critical', 'tier: critcal'))).toBe(false)
    expect(check(example.replace('{ env: SLACK_BOT_TOKEN }', 'xoxb-1'))).toBe(false)
  })
})
