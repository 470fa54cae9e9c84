import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { stories } from './asked.ts'

/**
 * `npm run chaos`: everything, on the local servers. `--live`: deaths on a real control plane, all points or `--sample N` of them.
 * `--slack`, `--dingtalk`, `--drill`, `--alert`, `--alone`: only the deaths in these stories.
 * `--minutes N`: goes on inventing for so long. `--seed S` repeats what a seed found. What else is given goes to vitest.
 */
const flags = Object.fromEntries(stories.map((name) => [name, { type: 'boolean' } as const]))
const { values, positionals } = parseArgs({
  options: {
    ...flags,
    live: { type: 'boolean' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    sample: { type: 'string' },
    report: { type: 'string' },
  },
  allowPositionals: true,
})

const only = stories.filter((name) => name in values)
const env = {
  ...process.env,
  CHAOS_FULL: '1',
  ...(values.live && { CHAOS_LIVE: '1' }),
  ...(values.minutes && { CHAOS_MINUTES: values.minutes }),
  CHAOS_ONLY: only.join(','),
  CHAOS_SEED: values.seed ?? String(Date.now() % 1_000_000),
  ...(values.sample && { CHAOS_SAMPLE: values.sample }),
}
process.stdout.write(`seed ${env.CHAOS_SEED}\n`)
const files = values.live || only.length > 0 ? ['test/chaos/killed.chaos.ts'] : positionals
const report = values.report ? ['--reporter=json', `--outputFile.json=${values.report}`] : []
// It takes its time: each case is told as it ends.
const args = ['run', '--config', 'vitest.chaos.config.ts', '--reporter=verbose', ...report, ...files]
const vitest = spawn(`${import.meta.dirname}/../../node_modules/.bin/vitest`, args, { env, stdio: 'inherit' })
const [code] = await once(vitest, 'exit')
process.exitCode = code ?? 1
