import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { type StageConfig, stageConfig } from '../kit/stage-config.ts'
import { type Story, stories, textOf } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const run = promisify(execFile)

/** At the command line, without any of the secrets. */
async function cli(on: Story, config: StageConfig, ...words: string[]) {
  const file = join(dirname(on.ledgerFile), 'astern.yaml')
  writeFileSync(file, stageConfig(on.slack.url, config))
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const args = [main, 'runbook', ...words, '--config', file, '--ledger', on.ledgerFile]
  return (await run(process.execPath, args, { env: { PATH: process.env.PATH ?? '' } })).stdout
}

it('a runbook says who may, how to reach them, what is checked and what stands in the way, in chat and at the command line', async () => {
  const config: StageConfig = { check: '{ http: http://REGION.shop.test/healthz }' }
  const on = await open(config)
  await on.type('ana', '/freeze checkout-svc for 2h reason year-end | closing')
  await on.told('ana', 'F-1')
  await on.type('ana', '/incident open checkout-svc pay fails')
  await on.told('ana', 'INC-1')
  await on.type('mei', '/runbook checkout-svc')
  const told = textOf((await on.told('mei', 'checkout-svc 回滚手册')).blocks)
  for (const word of [
    '故障：INC-1',
    '封网中',
    'GET http://eu-1.shop.test/healthz',
    '须通过',
    'Deployment shop checkout-svc',
    'slack U0TOM00000',
  ])
    expect(told).toContain(word)
  await on.type('eve', '/runbook checkout-svc')
  await on.outcome('refused:unknown-person')
  await on.type('ana', '/runbook chekout-svc')
  await on.told('ana', 'checkout-svc')

  const english = await cli(on, config, 'checkout-svc', '--lang', 'en')
  expect(english).toContain('# Runbook: rolling back checkout-svc\n')
  expect(english).toMatch(/- 1 person must approve within 10 min, of: .*\. Now: Tom, Ana, Kai\n/)
  expect(english).toContain('- Open incident: INC-1\n')
  expect(english).toMatch(/- ❄ Frozen until \d{4}-\d\d-\d\d \d\d:\d\d UTC by F-1: year-end \\\| closing\n/)
  expect(english).toContain('- us-1: must pass within 1 min: GET http://us-1.shop.test/healthz\n')
  expect(english).toContain('- Regions follow each other: eu-1 and us-1\n')
  expect(english).toMatch(
    /- Mei: slack U0MEI00000|- Tom: slack U0TOM00000, slack U0TOM00002|- Tom: slack U0TOM00000 and slack U0TOM00002/,
  )
  expect(await cli(on, config, 'checkout-svc', '--lang', 'zh-CN')).toContain('# checkout-svc 回滚手册\n')
  await expect(cli(on, config, 'checkout')).rejects.toThrow('did you mean checkout-svc?')
}, 40_000)
