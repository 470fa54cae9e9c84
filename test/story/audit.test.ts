import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { stories, textOf } from '../kit/story.ts'

const { open, close } = stories()
afterAll(close)

const run = promisify(execFile)
/** The command line, as an operator beside the running bot. */
async function cli(ledger: string, ...words: string[]) {
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const options = { env: { PATH: process.env.PATH ?? '' }, maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await run(process.execPath, [main, 'audit', 'export', '--ledger', ledger, ...words], options)
  return stdout
}

interface Line {
  readonly kind: string
  readonly type: string
  readonly person: string | null
  readonly rollback: string | null
  readonly rule: string | null
  readonly plan: string | null
  readonly preview: string | null
  readonly reason: string | null
  readonly service: string | null
}

/** RFC 4180, read back. */
const rows = (csv: string): string[][] =>
  csv
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, field = '']) =>
        field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
      ),
    )

it('an audit tells who did, approved, was refused and overrode what, by which rule, and what she saw', async () => {
  const on = await open({ incident: 'thread', versions: ['v1.7.2', 'v1.7.3', 'bad-1.8.0'] })
  await on.type('tom', '/freeze checkout-svc for 1h reason =HYPERLINK("http://evil.example","x"),1')
  await on.told('tom', 'F-1')
  await on.type('ana', '/incident open checkout-svc pay | button <b>fails</b>')
  await on.told('ana', 'INC-1')
  const id = await on.propose('tom', { reason: 'nobody "can" pay\n-1' })
  await on.approve(id, 'tom')
  await on.outcome('refused:self-approval')
  await on.approve(id, 'mei')
  await on.outcome('refused:not-an-approver')
  await on.approve(id, 'ana')
  expect(await on.ended(id)).toBe('restored')
  await on.type('lin', '/freeze lift F-1')
  await on.outcome('refused:may-not-freeze')

  // While the bot runs.
  const lines = (await cli(on.ledgerFile, '--format', 'jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const of = (type: string) => lines.filter((line) => line.type === type)
  const [proposed] = await on.eventsOf('rollback.proposed')
  const saw = { plan: proposed?.data.hash, preview: proposed?.data.preview, rollback: id, service: 'checkout-svc' }
  expect(of('rollback.proposed')).toMatchObject([
    { person: 'tom', rule: 'propose', reason: 'nobody "can" pay\n-1', ...saw },
  ])
  expect(of('rollback.approved')).toMatchObject([{ person: 'ana', rule: 'approve', ...saw }])
  expect(of('refused')).toMatchObject([
    { person: 'tom', rule: 'four-eyes', ...saw },
    { person: 'mei', rule: 'approve', ...saw },
    { person: 'lin', rule: 'freeze' },
  ])
  expect(of('rollback.ended')).toMatchObject([{ ...saw }])
  expect(lines.at(-1)).toMatchObject({ kind: 'verification', whole: true, head: { position: expect.any(Number) } })
  const positions = (await on.events()).map(({ position }) => position)
  for (const line of lines)
    if (line.kind === 'entry') expect(positions).toContain((line as unknown as { position: number }).position)

  const csv = await cli(on.ledgerFile, '--format', 'csv', '--service', 'checkout-svc')
  const [header = [], ...data] = rows(csv)
  expect(header).toContain('soc2')
  expect(data.every((fields) => fields.length === header.length)).toBe(true)
  const column = (name: string) => data.map((fields) => fields[header.indexOf(name)] ?? '')
  expect(column('reason')).toContain(`'=HYPERLINK("http://evil.example","x"),1`)
  expect(column('reason')).toContain('nobody "can" pay\n-1')
  expect(data.flat().filter((field) => /^[=+\-@]/.test(field))).toEqual([])
  expect(column('type').at(-1)).toBe('verification')
  expect(column('type')).not.toContain('config.loaded')

  const md = await cli(on.ledgerFile, '--format', 'md', '--from', '2020-01-01', '--to', '2099-12-31')
  expect(md).toMatch(/\| Refused \| 3 \|/)
  expect(md).toMatch(/\| Approvals \| 1 \|/)
  for (const heading of ['## CC6', '## CC7', '## CC8', '## Verification', '| A.8.32 |', '| A.5.25 |'])
    expect(md).toContain(heading)
  expect(md).not.toContain('<b>')
  expect(md).toContain('pay \\| button')
  expect(await cli(on.ledgerFile, '--format', 'jsonl', '--to', '2020-01-01')).toMatch(/^\{"kind":"verification".*\}\n$/)

  await on.type('ana', '/audit checkout-svc since 1h')
  const told = textOf((await on.told('ana', 'Audit of checkout-svc')).blocks)
  expect(told).toContain('four-eyes')
  expect(told).toContain('astern audit export')
  // In her own time zone.
  expect(told).toContain('froze checkout-svc')
  expect(told).not.toMatch(/\dT\d\d:/)
  await on.type('mei', '/audit checkout-svc')
  await on.outcome('refused:may-not-audit')
  await on.type('mei', '/audit Mei 从 今天')
  expect(textOf((await on.told('mei', 'mei 审计')).blocks)).toContain('被拒绝')
  // What people decided is not pushed out by the steps that follow from it.
  await on.type('ana', '/audit inc-1')
  const whole = textOf((await on.told('ana', 'Audit of INC-1')).blocks)
  for (const deed of ['asked to set checkout-svc back', 'approved', 'self-approval', 'ended: restored'])
    expect(whole).toContain(deed)
  expect(whole).not.toContain('settled in')
  await on.type('ana', '/audit chekout-svc')
  await on.told('ana', 'checkout-svc')
  await on.outcome('refused:audit-what')
}, 60_000)
