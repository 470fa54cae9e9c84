import { describe, expect, it } from 'vitest'
import { webhook } from '../../../src/adapters/pager/webhook/index.ts'
import type { RouteHandler } from '../../../src/ports/adapter.ts'
import type { Heard } from '../../../src/ports/pager.ts'
import { Secret } from '../../../src/ports/secret.ts'
import { ManualClock } from '../../kit/manual-clock.ts'
import { sign } from '../../kit/pages/receiver.ts'
import { seededChance } from '../../kit/seeded-chance.ts'

const start = Temporal.Instant.from('2026-03-02T09:00:00Z').epochMilliseconds / 1000
const nothing = () => undefined
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log }

function open() {
  const clock = new ManualClock('2026-03-02T09:00:00Z')
  const secret = new Secret({ env: 'SECRET' })
  secret.resolve(() => 'shared')
  const heard: Heard[] = []
  let handler: RouteHandler | null = null
  const pager = webhook.open(
    { url: 'http://127.0.0.1:1', secret, timeout: 1000 },
    {
      clock,
      chance: seededChance(),
      log,
      fetch: () => Promise.reject(new TypeError('nobody is asked')),
      name: 'phone',
      contacts: () => new Map([['tom', { address: '+44 20' }]]),
      knows: (person) => person === 'tom' || person === 'ana',
      route: (_method, _path, given) => {
        handler = given
      },
    },
  )
  pager.listen(async (word) => void heard.push(word))
  const post = async (of: { at?: number; body?: string; secret?: string; signature?: string } = {}) => {
    const { at = start, body = '{"id":"a1","type":"acknowledged","key":"k","by":"tom"}' } = of
    const headers = {
      'astern-timestamp': String(at),
      'astern-signature': of.signature ?? sign(of.secret ?? 'shared', at, body),
    }
    if (!handler) throw new Error('nobody listens')
    return (await handler({ headers, body: Buffer.from(body), signal: new AbortController().signal })).status
  }
  return { clock, heard, post }
}

describe('an acknowledgement by webhook', () => {
  it('counts for five minutes to both sides', async () => {
    for (const [shift, status] of [
      [-301, 401],
      [-300, 202],
      [0, 202],
      [300, 202],
      [301, 401],
    ] as const)
      expect([shift, await open().post({ at: start + shift })]).toEqual([shift, status])
  })

  it('is taken once, and never again by the same request', async () => {
    const { clock, heard, post } = open()
    // As far ahead as a clock may be: the request stays fresh for ten minutes.
    const at = start + 300
    expect(await post({ at })).toBe(202)
    expect(await post({ at })).toBe(409)
    await clock.advance(599_000)
    expect(await post({ at })).toBe(409)
    await clock.advance(2_000)
    expect(await post({ at })).toBe(401)
    expect(heard).toHaveLength(1)
  })

  it('is none without the right signature over exactly these bytes', async () => {
    const { heard, post } = open()
    const body = '{"id":"a1","type":"acknowledged","key":"k","by":"tom"}'
    expect(await post({ secret: 'guessed' })).toBe(401)
    expect(await post({ signature: '' })).toBe(401)
    expect(await post({ signature: sign('shared', start, body).toUpperCase() })).toBe(401)
    expect(await post({ body: body.replace('tom', 'ana'), signature: sign('shared', start, body) })).toBe(401)
    expect(await post({ at: start + 1, signature: sign('shared', start, body) })).toBe(401)
    expect(heard).toEqual([])
  })

  it('knows people by their names and by their addresses', async () => {
    const { heard, post } = open()
    for (const by of ['ana', '+44 20', 'somebody'])
      expect(await post({ body: JSON.stringify({ id: by, type: 'acknowledged', key: 'k', by }) })).toBe(202)
    expect(heard.map(({ by }) => by.person)).toEqual(['ana', 'tom', null])
  })

  it('is refused where it is no answer', async () => {
    const { heard, post } = open()
    for (const body of ['', '{', '[]', '{"id":"a"}', '{"id":"a","type":"page","key":"k","by":"tom"}'])
      expect([body, await post({ body })]).toEqual([body, 400])
    expect(heard).toEqual([])
  })
})
