import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listObjects } from '../../../src/playground/kubernetes/api/list.ts'
import { at, type JsonObject } from '../../../src/playground/kubernetes/json.ts'
import { fromJson, type KubeObject } from '../../../src/playground/kubernetes/object.ts'
import { resources } from '../../../src/playground/kubernetes/resources.ts'
import { Store } from '../../../src/playground/kubernetes/store.ts'
import { type Cluster, cluster, merging } from './kit.ts'

const maps = '/api/v1/namespaces/shop/configmaps'
const map = (name: string, labels: Record<string, string> = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', labels },
  data: { value: '1' },
})

let k: Cluster
beforeAll(async () => {
  k = await cluster()
  for (let i = 0; i < 25; i++)
    k.create(
      map(`m-${String(i).padStart(2, '0')}`, {
        parity: i % 2 === 0 ? 'even' : 'odd',
        ...(i < 5 ? { early: 'yes' } : {}),
      }),
    )
})
afterAll(() => k.close())

const names = (body: JsonObject): string[] =>
  (at(body, 'items') as { metadata: { name: string } }[]).map((each) => each.metadata.name)
const next = (body: JsonObject): string => encodeURIComponent(String(at(body, 'metadata', 'continue') ?? ''))

describe('selectors', () => {
  it.each([
    ['labelSelector=parity%3Deven', 13],
    ['labelSelector=parity!%3Deven', 12],
    ['labelSelector=early', 5],
    ['labelSelector=!early', 20],
    ['labelSelector=parity%20in%20(even,none),early', 3],
    ['labelSelector=parity%20notin%20(even),early%3Dyes', 2],
    ['fieldSelector=metadata.name%3Dm-07', 1],
    ['fieldSelector=metadata.name!%3Dm-07', 24],
  ])('%s finds %i', async (query, count) => {
    expect(names((await k.call('GET', `${maps}?${query}`)).body)).toHaveLength(count)
  })

  it.each(['labelSelector=a%20of%20b', 'fieldSelector=data.value%3D1', 'fieldSelector=nonsense'])(
    'refuses %s',
    async (query) => {
      expect((await k.call('GET', `${maps}?${query}`)).code).toBe(400)
    },
  )

  it('writes a list as the real one does: items without kind and version', async () => {
    const { body } = await k.call('GET', maps)
    expect(body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: expect.any(String) },
    })
    expect((body.items as JsonObject[])[0]).not.toHaveProperty('kind')
  })
})

describe('pages', () => {
  it('hands out everything once, in order, at one version, whatever happens meanwhile', async () => {
    const first = await k.call('GET', `${maps}?limit=10`)
    expect(names(first.body)).toHaveLength(10)
    expect(at(first.body, 'metadata', 'remainingItemCount')).toBe(15)
    k.create(map('m-10-a'))
    await k.call('DELETE', `${maps}/m-11`)
    await k.call('PATCH', `${maps}/m-12`, { data: { value: 'changed' } }, merging)
    const second = await k.call('GET', `${maps}?limit=10&continue=${next(first.body)}`)
    const third = await k.call('GET', `${maps}?limit=10&continue=${next(second.body)}`)
    const all = [first, second, third].flatMap((page) => names(page.body))
    expect(all).toHaveLength(25)
    expect(all).toContain('m-11')
    expect(all).not.toContain('m-10-a')
    expect(JSON.stringify(second.body)).not.toContain('changed')
    expect(at(third.body, 'metadata', 'continue')).toBeUndefined()
    const versions = [first, second, third].map((page) => at(page.body, 'metadata', 'resourceVersion'))
    expect(new Set(versions).size).toBe(1)
  })

  it('pages through what a selector selects, without a count of the rest', async () => {
    const first = await k.call('GET', `${maps}?limit=2&labelSelector=early`)
    expect(at(first.body, 'metadata', 'remainingItemCount')).toBeUndefined()
    const second = await k.call('GET', `${maps}?limit=5&labelSelector=early&continue=${next(first.body)}`)
    expect([...names(first.body), ...names(second.body)]).toEqual(['m-00', 'm-01', 'm-02', 'm-03', 'm-04'])
  })

  it('answers 410 for an expired page, with a token to go on inconsistently', async () => {
    const first = await k.call('GET', `${maps}?limit=20`)
    k.expireWatches()
    const expired = await k.call('GET', `${maps}?limit=20&continue=${next(first.body)}`)
    expect(expired.body).toMatchObject({ code: 410, reason: 'Expired' })
    const rest = await k.call('GET', `${maps}?limit=20&continue=${next(expired.body)}`)
    expect(rest.code).toBe(200)
    expect(names(rest.body)).toHaveLength(5)
  })

  it('refuses a token that is none', async () => {
    expect((await k.call('GET', `${maps}?continue=bogus`)).code).toBe(400)
  })

  it('answers 410 for a version that is gone and 504 for one to come', async () => {
    expect((await k.call('GET', `${maps}?resourceVersion=1&resourceVersionMatch=Exact`)).code).toBe(410)
    expect((await k.call('GET', `${maps}?resourceVersion=999999999`)).body).toMatchObject({
      code: 504,
      reason: 'Timeout',
    })
  })
})

it('puts 10,000 objects in order once, however many pages are read of them', () => {
  let read = 0
  class Counted extends Store {
    override *each(...of: Parameters<Store['each']>): ReturnType<Store['each']> {
      for (const object of super.each(...of)) {
        read += 1
        yield object
      }
    }
  }
  const store = new Counted(10_000)
  for (let i = 0; i < 10_000; i++)
    store.write(resources.configmaps, 'ADDED', fromJson<KubeObject>({ ...map(`big-${i}`), metadata: meta(i) }))
  const seen = new Set<string>()
  let token = ''
  do {
    const page = listObjects(store, resources.configmaps, 'big', new URLSearchParams({ limit: '500', continue: token }))
    for (const name of names(page)) seen.add(name)
    token = String(at(page, 'metadata', 'continue') ?? '')
  } while (token !== '')
  expect(seen.size).toBe(10_000)
  expect(read).toBe(10_000)
})

const meta = (i: number): JsonObject => ({ name: `big-${i}`, namespace: 'big', uid: `u-${i}` })
