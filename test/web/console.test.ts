import { describe, expect, it } from 'vitest'
import { consoleLink } from '../../src/core/console-link.ts'
import type { AsternEvent, Recorded } from '../../src/core/event.ts'
import { startedWeb } from './started-web.ts'

const key = 'console key of 32 characters ....'
const mei = { kind: 'person', person: 'mei', account: { chat: 'slack', tenant: 'T1', user: 'U1' } } as const
const title = '<img src=x onerror=alert(1)> & "quotes" \u202egnp.exe'

const told: readonly (readonly [string, AsternEvent])[] = [
  ['config', { type: 'config.loaded', v: 1, data: { digest: 'c0ffee' } }],
  [
    'incident/INC-7',
    {
      type: 'incident.opened',
      v: 1,
      data: { id: 'INC-7', service: 'checkout-svc', title, opener: 'mei', home: 'channel', cause: 'hand' },
    },
  ],
  ['incident/INC-8', { type: 'incident.closed', v: 1, data: { person: 'tom', note: 'another incident' } }],
  ['incident/INC-7', { type: 'incident.rollback-joined', v: 1, data: { rollback: 'R-42' } }],
  ['rollback/R-42', { type: 'rollback.rejected', v: 1, data: { person: 'tom', reason: 'wrong </pre> suspect' } }],
  ['incident/INC-7', { type: 'incident.closed', v: 1, data: { person: 'mei', note: 'over' } }],
]

const events = told.map(
  ([stream, event], at): Recorded => ({
    position: at + 1,
    stream,
    version: told.slice(0, at + 1).filter((other) => other[0] === stream).length,
    at: `2026-03-02T09:00:0${at}.123456Z`,
    actor: at === 0 ? { kind: 'operator' } : mei,
    config: 'c0ffee',
    event,
    hash: String(at + 1).repeat(64),
  }),
)

const ledger = {
  stream: async (stream: string) => events.filter((recorded) => recorded.stream === stream),
  read: async (after: number, limit: number) => events.filter((recorded) => recorded.position > after).slice(0, limit),
}

const started = () => startedWeb({ console: { ledger, key } })

describe('console pages', () => {
  it("shows an incident's own events and its rollbacks', in the ledger's order, each with its place", async () => {
    const { url } = await started()
    const response = await fetch(url + consoleLink('/incidents/INC-7#e5', key))
    const text = await response.text()
    expect(response.status).toBe(200)
    expect([...text.matchAll(/<article id="e(\d+)">/g)].map((match) => match[1])).toEqual(['2', '4', '5', '6'])
    expect(text).toContain('<code>rollback.rejected</code>')
    expect(text).toContain('2026-03-02 09:00:04.123Z')
    expect(text).toContain('mei (slack T1 U1)')
    expect(text).toContain('<code>rollback/R-42</code> 1')
    expect(text).toContain('5'.repeat(64))
    expect(text).toContain('&#34;person&#34;: &#34;tom&#34;')
    expect(text).not.toContain('another incident')
  })

  it('shows one event, and links from an incident to each', async () => {
    const { url } = await started()
    const incident = await (await fetch(url + consoleLink('/incidents/INC-7', key))).text()
    const href = /<a href="(\/events\/5[^"]*)">#5</.exec(incident)?.[1] ?? ''
    const response = await fetch(url + href)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toContain('<article id="e5">')
    expect(text.match(/<article/g)?.length).toBe(1)
  })

  it('escapes whatever people wrote', async () => {
    const { url } = await started()
    const text = await (await fetch(url + consoleLink('/incidents/INC-7', key))).text()
    expect(text).not.toContain('<img')
    expect(text).toContain('&#60;img src=x onerror=alert(1)&#62; &#38; &#34;quotes&#34;')
    expect(text).not.toContain('wrong </pre>')
    expect(text).toContain('\\u202egnp.exe')
    expect(text).not.toMatch(/<script|<link|<form| on\w+="|style="/)
  })

  it('lets nothing but its own style in', async () => {
    const { url } = await started()
    const { headers } = await fetch(url + consoleLink('/incidents/INC-7', key))
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it.each([
    ['no key', '/incidents/INC-7'],
    ['an empty key', '/incidents/INC-7?k='],
    ['a wrong key', '/incidents/INC-7?k=AAAA'],
    ["another page's key", consoleLink('/incidents/INC-8', key).replace('INC-8', 'INC-7')],
    ['the key of another server', consoleLink('/incidents/INC-7', 'x'.repeat(32))],
    ['no key for an event', '/events/5'],
    ['no key for what does not exist', '/incidents/INC-99'],
  ])('opens nothing with %s, and says how to get a link', async (_what, path) => {
    const { url } = await started()
    const response = await fetch(url + path)
    const text = await response.text()
    expect(response.status).toBe(403)
    expect(text).toContain('Ask the bot')
    expect(text).not.toContain('checkout-svc')
  })

  it.each(['/incidents/INC-99', '/events/99', '/events/0', '/events/5x', '/events/05'])(
    'says that %s is not in the ledger',
    async (path) => {
      const { url } = await started()
      const response = await fetch(url + consoleLink(path, key))
      expect([response.status, (await response.text()).includes('The ledger holds nothing')]).toEqual([404, true])
    },
  )

  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB, zh;q=0.7', 'en'],
    ['de, en;q=0.2, zh;q=0.5', 'zh-CN'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['de', 'en'],
  ])('speaks the language of the browser: %s', async (accepted, language) => {
    const { url } = await started()
    const response = await fetch(url + consoleLink('/events/5', key), { headers: { 'accept-language': accepted } })
    const text = await response.text()
    expect(text).toContain(`<html lang="${language}">`)
    expect(text).toContain(language === 'en' ? 'Event 5' : '事件 5')
    expect(response.headers.get('vary')).toBe('accept-language')
  })

  it('answers 500 when the ledger cannot be read', async () => {
    const broken = { stream: () => Promise.reject(new Error('disk')), read: ledger.read }
    const web = await startedWeb({ console: { ledger: broken, key } })
    const response = await fetch(web.url + consoleLink('/incidents/INC-7', key))
    expect([response.status, web.errors]).toEqual([500, ['http route failed']])
  })
})
