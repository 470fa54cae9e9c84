import { afterEach, describe, expect, it } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { systemPlatform } from '../../src/adapters/system/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { problemText } from '../../src/config/problem.ts'
import { doctor } from '../../src/main/doctor.ts'
import type { Given } from '../../src/main/given.ts'
import { type PlaygroundPagerDuty, startPagerDuty } from '../../src/playground/pagerduty/index.ts'

const key = 'a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4'
const env: Readonly<Record<string, string>> = {
  TOM: key,
  WRONG: 'f'.repeat(32),
  HOOK: 'hush-hook',
  TOKEN: 'hush-token',
}
const platform = systemPlatform({ log: { level: 'error', format: 'json', write: () => undefined } })

let server: PlaygroundPagerDuty | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** What `astern doctor` prints, and its exit code. */
async function examined(
  people: string,
  pagers: string,
): Promise<{ readonly lines: readonly string[]; readonly code: number }> {
  const text = `
people:
  tom: { accounts: [{ chat: slack, tenant: T0, user: U1 }]${people} }
  ana: { accounts: [{ chat: slack, tenant: T0, user: U2 }] }
teams:
  payment: { members: [tom, ana] }
services:
  checkout-svc: { tier: low, team: payment, environments: { production: { regions: { eu-1: { targets: { app: { connection: eu, namespace: shop, name: checkout-svc } } } } } } }
connections:
  eu: { adapter: kubernetes, kubeconfig: { env: KUBECONFIG } }
${pagers}`
  const kubeconfig =
    'apiVersion: v1\nkind: Config\nclusters: [{ name: a, cluster: { server: "http://127.0.0.1:1" } }]\nusers: [{ name: a, user: { token: t } }]\ncontexts: [{ name: a, context: { cluster: a, user: a } }]\ncurrent-context: a\n'
  const loaded = await loadConfig('astern.yaml', {
    adapters,
    readFile: async () => text,
    readSecret: (source) => ('env' in source ? ({ ...env, KUBECONFIG: kubeconfig }[source.env] ?? null) : null),
  })
  if (!loaded.ok) throw new Error(loaded.problems.map(problemText).join('\n'))
  const lines: string[] = []
  const given = { platform, print: (line: string) => void lines.push(line) } as Pick<
    Given,
    'platform' | 'print'
  > as Given
  const code = await doctor(given, loaded.config)
  return { lines, code }
}

describe('the doctor', () => {
  it('says plainly that nobody will be woken where there is only chat', async () => {
    const { lines } = await examined('', '')
    expect(lines).toContain(
      '! paging: No pager is configured: nobody will be woken. Chat messages wake nobody; name one under pagers.',
    )
  }, 20_000)

  it('tries every key without waking anybody, and names whom no pager reaches', async () => {
    server = await startPagerDuty({
      users: [{ id: 'PTOM001', name: 'Tom' }],
      services: [{ name: 'Tom', routingKey: key, user: 'PTOM001' }],
      apiToken: 'hush-token',
    })
    const pagers = `pagers:\n  pd: { adapter: pagerduty, url: "${server.url}", apiUrl: "${server.url}", apiToken: { env: TOKEN }, webhookSecrets: [{ env: HOOK }] }\n`
    const right = await examined(', pager: { pd: { user: PTOM001, routingKey: { env: TOM } } }', pagers)
    expect(right.lines).toContain(`✓ pager pd: ${server.url} takes events (person tom). Nobody was woken.`)
    expect(right.lines).toContain('✓ pager pd: tom is the user PTOM001')
    expect(right.lines.find((line) => line.startsWith('✗ paging'))).toContain('No pager reaches ana')
    const wrong = await examined(', pager: { pd: { user: PNOBODY1, routingKey: { env: WRONG } } }', pagers)
    expect(wrong.lines.filter((line) => line.startsWith('✗ pager pd'))).toHaveLength(2)
    expect(wrong.code).toBe(1)
    expect(server.pages()).toEqual([])
    for (const secret of Object.values(env)) expect([...right.lines, ...wrong.lines].join('\n')).not.toContain(secret)
  }, 30_000)
})
