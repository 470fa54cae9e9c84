import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { adapters } from '../../src/adapters/index.ts'
import { redacted } from '../../src/config/effective.ts'
import { jsonSchema } from '../../src/config/json-schema.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { readSecret, secrets } from './load.ts'

const example = readFileSync(new URL('../../deploy/example.yaml', import.meta.url), 'utf8')
const load = (text: string) =>
  loadConfig('astern.yaml', { adapters, readSecret, readFile: () => Promise.resolve(text) })
const told = async (text: string) => {
  const loaded = await load(text)
  return loaded.ok ? [] : loaded.problems.map(problemText)
}

describe('the example configuration, with the adapters that there are', () => {
  it('is valid, and again when redacted', async () => {
    expect(await told(example)).toEqual([])
    const loaded = await load(example)
    const shown = loaded.ok ? redacted(loaded.config) : ''
    expect(await load(shown)).toMatchObject({ ok: true, digest: loaded.ok && loaded.digest })
    for (const value of Object.values(secrets)) if (value) expect(shown).not.toContain(value)
  })

  it('fits the JSON Schema that editors get', () => {
    const schema = z.fromJSONSchema(jsonSchema(adapters))
    expect(schema.safeParse(parse(example)).error?.issues ?? []).toEqual([])
    expect(schema.safeParse(parse(example.replace('mode: socket', 'mode: sockets'))).success).toBe(false)
    expect(schema.safeParse(parse(example.replace('kind: Deployment', 'kind: Job'))).success).toBe(false)
  })

  it.each([
    [
      'botToken:',
      'botTokn:',
      ['chat.slack.botToken: is missing', 'chat.slack.botTokn: is not a known key (did you mean botToken?)'],
    ],
    ['mode: socket', 'mode: sockets', ['chat.slack.mode: mode is socket (with appToken) or http (with signingSecret)']],
    ['context: eu }', 'contxt: eu }', ['connections.eu.contxt: is not a known key (did you mean context?)']],
    ['timeout: 3s', 'timeout: 3', ['.checks[0].http.timeout: expected a string, got a number']],
    [
      'tcp: checkout-db.eu-1.example:5432',
      'tcp: checkout-db',
      ['.checks[1].tcp: expected host:port, for example db.example:5432'],
    ],
    [
      'https://us-1.shop',
      'us-1.shop',
      ['.checks[0].http.url: expected an address like https://shop.example/healthz, without user or password'],
    ],
    ['username: astern', 'user: astern', ['is not a known key (did you mean username?)']],
  ])('with %s as %s it is told so', async (right, wrong, expected) => {
    const all = (await told(example.replace(right, wrong))).join('\n')
    for (const line of expected) expect(all).toContain(line)
  })
})
