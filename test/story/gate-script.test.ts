import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { stories } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const folder = new URL('../../deploy/ci/', import.meta.url)
const run = promisify(execFile)

/** The line that a pipeline runs, in the root of the checkout, as its runner would. */
async function piped(line: string, env: Record<string, string>) {
  const options = { cwd: new URL('../../', import.meta.url), env: { PATH: process.env.PATH ?? '', ...env } }
  try {
    const { stdout } = await run('sh', ['-ec', line], options)
    return { code: 0, stdout }
  } catch (cause) {
    const { code, stdout } = cause as { code: number; stdout: string }
    return { code, stdout }
  }
}

const text = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const lines: Readonly<Record<string, () => string>> = {
  'GitHub Actions': () => {
    const { jobs } = parse(text('github-actions.yaml')) as { jobs: { gate: { steps: { run?: string }[] } } }
    return jobs.gate.steps.find((step) => step.run)?.run ?? ''
  },
  'GitLab CI': () => (parse(text('gitlab-ci.yml')) as { gate: { script: string[] } }).gate.script[0] ?? '',
  Jenkins: () => /sh '(.+)'/.exec(text('Jenkinsfile'))?.[1] ?? '',
}

it('what CI runs goes on where Astern says go, and stops with the reason where it says no', async () => {
  const on = await open({ sections: 'gate: { tokens: { ci: { token: { env: GATE_TOKEN } } } }' })
  const env = { ASTERN_URL: on.bot.url, ASTERN_TOKEN: 'stage-gate-token-0123456789' }
  for (const line of Object.values(lines))
    expect(await piped(line(), env)).toEqual({
      code: 0,
      stdout: 'GO checkout-svc production: nothing stands against a release\n',
    })
  await on.type('ana', '/freeze us-1 for 1h reason year-end closing')
  await on.told('ana', 'F-1')
  for (const line of Object.values(lines)) {
    const { code, stdout } = await piped(line(), env)
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/^NO checkout-svc production: frozen until .* by F-1: year-end closing\n$/),
    ])
  }
  const script = 'sh deploy/ci/gate.sh'
  expect((await piped(`${script} checkout-svc production eu-1`, env)).code).toBe(0)
  expect((await piped(`${script} checkout-svc '' us-1`, env)).code).toBe(1)
  expect((await piped(`${script} checkout-svc production`, { ...env, GATE_UNKNOWN: 'open' })).code).toBe(1)
  const wrong = { ...env, ASTERN_TOKEN: 'something-else-entirely', GATE_UNKNOWN: 'open' }
  expect((await piped(`${script} checkout-svc`, wrong)).code).toBe(2)
  const unknown = await piped(`${script} checkout`, { ...env, GATE_UNKNOWN: 'open' })
  expect([unknown.code, unknown.stdout]).toEqual([2, expect.stringContaining('payment-svc')])
}, 40_000)

describe('while nobody can tell', () => {
  it.each<[string | undefined, number]>([
    [undefined, 3],
    ['closed', 3],
    ['open', 0],
  ])('GATE_UNKNOWN=%s ends with %i', async (choice, code) => {
    const server = createServer((_, response) => response.writeHead(501).end('no\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const env = { ASTERN_URL: `http://127.0.0.1:${port}`, ASTERN_TOKEN: 'x', ...(choice && { GATE_UNKNOWN: choice }) }
    const ended = await piped('sh deploy/ci/gate.sh checkout-svc', env)
    server.close()
    expect([ended.code, ended.stdout]).toEqual([code, expect.stringContaining('nobody can tell')])
  })
})
