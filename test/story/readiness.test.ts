import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { type StageConfig, stageConfig } from '../kit/stage-config.ts'
import { type Story, stories, textOf, untilAsync } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const run = promisify(execFile)

/** At the command line, without any of the secrets. */
async function cli(on: Story, config: StageConfig, ledger: string, ...words: string[]) {
  const file = join(dirname(on.ledgerFile), 'astern.yaml')
  writeFileSync(file, stageConfig(on.slack.url, config))
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const args = [main, 'report', 'readiness', ...words, '--config', file, '--ledger', ledger]
  return (await run(process.execPath, args, { env: { PATH: process.env.PATH ?? '' } })).stdout
}

const flat = (value: unknown): string => textOf(value).replace(/\s+/gu, ' ')

it('tells what each service lacks, worst first, in chat and at the command line, in both languages', async () => {
  const config: StageConfig = {
    service: 'migrations: reversible',
    sections:
      'schedules: { payment: { timeZone: Europe/London, layers: { main: { people: [tom], start: 2026-01-05T09:00, every: week } } } }',
    onCall: 'payment',
  }
  const on = await open(config)
  await untilAsync('releases are in the record', async () => {
    const seen = await on.eventsOf('release.seen')
    return seen.length >= 4 ? seen : undefined
  })

  await on.type('ana', '/readiness')
  const overview = textOf((await on.told('ana', 'Readiness for a rollback')).blocks)
  expect(overview).toMatch(
    /✕ checkout-svc \(critical\): 4 things missing, .*✕ payment-svc \(critical\): 3 things missing/,
  )
  expect(overview).toContain('/readiness SERVICE')

  await on.type('ana', '/readiness checkout-svc')
  const one = flat((await on.told('ana', 'Readiness of checkout-svc')).blocks)
  for (const words of [
    '✕ Isolated environments: there is only production → give it an environment of its own',
    '✕ Digests pinned: tags such as shop.test/checkout-svc:v1.7',
    '✕ Paging works: no pager is configured: nobody is woken → configure pagers',
    '✕ Drilled: never → write a scenario for it under drills',
    '⚠ Versions to go back to: only 1 in eu-1',
    '✓ Migrations reversible: they can be undone',
    '✓ On call staffed: by schedule payment',
    '✓ Containers: all 2 targets run images',
  ])
    expect(one).toContain(words)
  expect(one.indexOf('✕')).toBeLessThan(one.indexOf('⚠'))
  expect(one.indexOf('⚠')).toBeLessThan(one.indexOf('✓'))

  await on.type('mei', '/readiness checkout-svc')
  expect(textOf((await on.told('mei', 'checkout-svc 的回滚就绪情况')).blocks)).toContain('✕ 回滚演练：从未演练')
  await on.type('ana', '/readiness chekout-svc')
  await on.told('ana', 'checkout-svc')
  await on.type('eve', '/readiness')
  await on.outcome('refused:unknown-person')

  const markdown = await cli(on, config, on.ledgerFile)
  expect(markdown).toContain('# Readiness for a rollback')
  expect(markdown).toContain('✕ Drilled: never → write a scenario')
  expect(await cli(on, config, on.ledgerFile, '--lang', 'zh-CN')).toContain('# 回滚就绪报告')
  const report = JSON.parse(await cli(on, config, on.ledgerFile, '--json')) as {
    services: {
      service: string
      ready: boolean
      findings: { question: string; answer: string; why: string; next: string | null }[]
    }[]
  }
  const checkout = report.services.find(({ service }) => service === 'checkout-svc')
  expect(checkout?.ready).toBe(false)
  expect(checkout?.findings.find(({ question }) => question === 'candidates')).toEqual({
    question: 'candidates',
    answer: 'doubtful',
    why: 'only 1 in eu-1',
    next: expect.stringContaining('revisionHistoryLimit'),
  })
  // Before anything ran there is a report, too.
  expect(await cli(on, config, `${on.ledgerFile}.none`)).toContain('nothing was ever seen')
  await expect(cli(on, config, on.ledgerFile, '--lang', 'de')).rejects.toThrow('--lang takes')
}, 60_000)
