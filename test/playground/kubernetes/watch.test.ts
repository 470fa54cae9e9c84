import { afterAll, beforeAll, expect, it } from 'vitest'
import { at, type JsonObject } from '../../../src/playground/kubernetes/json.ts'
import { type Cluster, cluster, merging, until, watch } from './kit.ts'

const maps = '/api/v1/namespaces/shop/configmaps'
const map = (name: string, labels: Record<string, string> = {}, namespace = 'shop'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels },
})
const shown = (lines: readonly JsonObject[]): string[] =>
  lines.map((line) => `${line.type} ${at(line, 'object', 'metadata', 'name') ?? ''}`)

let k: Cluster
beforeAll(async () => {
  k = await cluster()
})
afterAll(() => k.close())

const versionNow = async (): Promise<string> =>
  String(at((await k.call('GET', maps)).body, 'metadata', 'resourceVersion'))

it('tells changes after a version, in order, of that namespace only', async () => {
  k.create(map('before'))
  const version = await versionNow()
  const seen = await watch(k, `${maps}?watch=1&resourceVersion=${version}`)
  k.create(map('a'))
  k.create(map('elsewhere', {}, 'default'))
  await k.call('PATCH', `${maps}/a`, { data: { x: '1' } }, merging)
  await k.call('DELETE', `${maps}/a`)
  await until(() => seen.lines.length >= 3)
  expect(shown(seen.lines)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
  const versions = seen.lines.map((line) => Number(at(line, 'object', 'metadata', 'resourceVersion')))
  expect(versions).toEqual([...versions].sort((a, b) => a - b))
  expect(versions[0]).toBeGreaterThan(Number(version))
  expect(at(seen.lines[0], 'object', 'kind')).toBe('ConfigMap')
  seen.stop()
  const replay = await watch(k, `${maps}?watch=true&resourceVersion=${version}`)
  await until(() => replay.lines.length >= 3)
  expect(shown(replay.lines)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
  replay.stop()
})

it('begins with what is there when no version is named', async () => {
  const seen = await watch(k, `${maps}?watch=1&resourceVersion=0`)
  await until(() => seen.lines.length >= 1)
  expect(shown(seen.lines)).toContain('ADDED before')
  seen.stop()
})

it('streams an initial list when asked to', async () => {
  const seen = await watch(
    k,
    `${maps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
  )
  const mark = await until(() => seen.lines.find((line) => line.type === 'BOOKMARK'))
  expect(at(mark, 'object', 'metadata', 'annotations', 'k8s.io/initial-events-end')).toBe('true')
  expect(shown(seen.lines)).toContain('ADDED before')
  seen.stop()
})

it('shows entering and leaving a selection as ADDED and DELETED', async () => {
  const seen = await watch(k, `${maps}?watch=1&resourceVersion=${await versionNow()}&labelSelector=on%3Dyes`)
  k.create(map('moving'))
  await k.call('PATCH', `${maps}/moving`, { metadata: { labels: { on: 'yes' } } }, merging)
  await k.call('PATCH', `${maps}/moving`, { data: { x: '1' } }, merging)
  await k.call('PATCH', `${maps}/moving`, { metadata: { labels: { on: 'no' } } }, merging)
  await k.call('DELETE', `${maps}/moving`)
  await until(() => seen.lines.length >= 3)
  expect(shown(seen.lines)).toEqual(['ADDED moving', 'MODIFIED moving', 'DELETED moving'])
  expect(at(seen.lines[2], 'object', 'metadata', 'labels', 'on')).toBe('yes')
  seen.stop()
})

it('ends by timeoutSeconds with a bookmark at the newest version', async () => {
  const seen = await watch(
    k,
    `${maps}?watch=1&resourceVersion=${await versionNow()}&timeoutSeconds=1&allowWatchBookmarks=true`,
  )
  k.create(map('other-namespace', {}, 'default'))
  expect(await seen.ended).toBe('end')
  expect(seen.lines.at(-1)).toMatchObject({
    type: 'BOOKMARK',
    object: { kind: 'ConfigMap', metadata: { resourceVersion: await versionNow() } },
  })
})

it('sends bookmarks while nothing happens', async () => {
  const quick = await cluster({ bookmarkMs: 20 })
  const seen = await watch(quick, `${maps}?watch=1&resourceVersion=0&allowWatchBookmarks=true`)
  const plain = await watch(quick, `${maps}?watch=1&resourceVersion=0`)
  await until(() => seen.lines.filter((line) => line.type === 'BOOKMARK').length >= 2)
  expect(plain.lines).toEqual([])
  await quick.close()
  expect(await seen.ended).not.toBe('end')
})

it('says 410 in the stream when versions expire, and to those who come too late', async () => {
  const version = await versionNow()
  const seen = await watch(k, `${maps}?watch=1&resourceVersion=${version}`)
  k.expireWatches()
  expect(await seen.ended).toBe('end')
  expect(seen.lines).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }])
  const late = await watch(k, `${maps}?watch=1&resourceVersion=${version}`)
  expect(await late.ended).toBe('end')
  expect(late.lines).toMatchObject([{ type: 'ERROR', object: { code: 410 } }])
  const fresh = await watch(k, `${maps}?watch=1&resourceVersion=${await versionNow()}`)
  k.create(map('after-expiry'))
  await until(() => fresh.lines.length === 1)
  fresh.stop()
})

it('keeps only its window of changes', async () => {
  const small = await cluster({ windowSize: 5 })
  const version = String(at((await small.call('GET', maps)).body, 'metadata', 'resourceVersion'))
  for (let i = 0; i < 30; i++) small.create(map(`m-${i}`))
  const late = await watch(small, `${maps}?watch=1&resourceVersion=${version}`)
  expect(await late.ended).toBe('end')
  expect(late.lines).toMatchObject([{ type: 'ERROR', object: { code: 410 } }])
  await small.close()
})

it('cuts watches on demand and forgets closed ones', async () => {
  const seen = await watch(k, `${maps}?watch=1&resourceVersion=${await versionNow()}`)
  await until(() => k.openWatches === 1)
  k.dropWatches()
  expect(await seen.ended).not.toBe('end')
  const other = await watch(k, `${maps}?watch=1&resourceVersion=${await versionNow()}`)
  await until(() => k.openWatches === 1)
  other.stop()
  await until(() => k.openWatches === 0)
})
